package newsmlg2

import (
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk/internal/markup"
)

// named is the name an element gives its concept: English before the document's first.
func named(n *markup.Node) string {
	first := ""
	for c := range n.All("name") {
		if line := c.Line(); line != "" {
			if strings.HasPrefix(c.Attr("lang"), "en") {
				return line
			}
			if first == "" {
				first = line
			}
		}
	}
	return first
}

// codeOf is the code an element carries, whichever attribute it stands in.
func codeOf(n *markup.Node) string {
	for _, attr := range []string{"qcode", "uri", "literal"} {
		if v := strings.TrimSpace(n.Attr(attr)); v != "" {
			return v
		}
	}
	return ""
}

// label is an element's name, or its code where it has none.
func label(n *markup.Node) string {
	if s := named(n); s != "" {
		return s
	}
	if s := n.Attr("literal"); s != "" {
		return s
	}
	return codeOf(n)
}

func percent(s string) *int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 || n > 100 {
		return nil
	}
	return &n
}

// seconds is a duration in seconds, which G2 gives as a number in its plainest form.
func seconds(s string) float64 {
	n, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || n < 0 || n > 1e9 {
		return 0
	}
	return n
}

func whole(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// asserts takes the names that the item gives its concepts in one place, for the places that only name the code.
func (it *item) asserts() {
	it.names = map[string]string{}
	for a := range it.node.All("assert") {
		if code, name := codeOf(a), named(a); code != "" && name != "" {
			it.names[code] = name
		}
	}
}

// catalogs takes the aliases that the document itself declares. A catalog that is only referred to is never fetched.
func (it *item) catalogs() {
	it.schemes = map[string]string{}
	for c := range it.node.All("catalog") {
		for s := range c.All("scheme") {
			if alias := s.Attr("alias"); alias != "" && len(it.schemes) < 1000 {
				it.schemes[alias] = s.Attr("uri")
			}
		}
	}
}
