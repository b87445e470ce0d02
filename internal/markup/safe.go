package markup

import (
	"fmt"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// policy is what HTML that we show may hold: running text, lists, tables, and links to absolute addresses. No images,
// styles, classes, forms, frames or scripts.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "b", "i", "u", "em", "strong", "q", "s", "sub", "sup", "small", "abbr", "cite", "code",
		"pre", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td",
		"th", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "section", "div", "del", "ins", "mark", "time")
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("td", "th")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(false)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(false)
	p.SkipElementsContent("head", "title", "template", "svg", "math", "select")
	return p
})

// Safe makes HTML from outside safe to show: what is not running text goes, the visible text stays. The result is
// checked by reading it again; where the check finds anything that is not allowed, or a changed word, the answer is
// the plain text, escaped, in paragraphs. Safe of Safe is the same. It fails only over the caps of [ParseHTML].
func Safe(text string) (string, error) {
	root, err := ParseHTML(text)
	if err != nil {
		return "", err
	}
	plain := root.PlainText()
	clean := strings.TrimSpace(policy().Sanitize(text))
	again, err := ParseHTML(clean)
	if err == nil && harmless(again) && SameText(again.PlainText(), plain) && policy().Sanitize(clean) == clean {
		return clean, nil
	}
	return strings.TrimSpace(policy().Sanitize(Paragraphs(plain))), nil
}

// harmless says whether a tree holds only what Safe may let through.
func harmless(root *Node) bool {
	ok := true
	root.Walk(func(n *Node) bool {
		switch n.Name {
		case "", "html", "head", "body":
			return ok
		}
		if htmlName(n.Name) != n.Name || n.Space != "" {
			ok = false
		}
		for _, a := range n.Attrs {
			if a.Name == "href" && n.Name == "a" && SafeLink(a.Value) {
				continue
			}
			if a.Name != "colspan" && a.Name != "rowspan" {
				ok = false
			}
		}
		return ok
	})
	return ok
}

// Paragraphs is plain text as HTML: an empty line parts paragraphs, other line ends become br.
func Paragraphs(plain string) string {
	var out strings.Builder
	for p := range strings.SplitSeq(strings.ReplaceAll(plain, "\r\n", "\n"), "\n\n") {
		if p = strings.Trim(p, "\n"); p != "" {
			fmt.Fprintf(&out, "<p>%s</p>\n", strings.ReplaceAll(Escape(p), "\n", "<br>"))
		}
	}
	return strings.TrimSuffix(out.String(), "\n")
}
