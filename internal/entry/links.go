package entry

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/markup"
)

// absolute makes the addresses of links and pictures in the text absolute, against the bases around it.
func (e *Entry) absolute(home string) {
	if e.Tree != nil {
		e.Tree.Walk(func(n *markup.Node) bool {
			for i, a := range n.Attrs {
				if addresses(n.Name, a.Name) {
					n.Attrs[i].Value = Resolve(n, home, a.Value)
				}
			}
			return true
		})
		return
	}
	e.Content = e.resolved(e.Content, home)
}

// addresses says whether an attribute holds an address that a text needs.
func addresses(element, attribute string) bool {
	return attribute == "href" && element == "a" || attribute == "src" && element == "img"
}

// resolved is HTML with the relative addresses in its tags a and img made absolute. Anything else stays as it is.
func (e *Entry) resolved(html, home string) string {
	var out strings.Builder
	done := 0
	for at := 0; ; {
		i := strings.IndexByte(html[at:], '<')
		if i < 0 {
			break
		}
		at += i + 1
		name := addressed(html[at:])
		if name == "" {
			continue
		}
		tag, _, ok := strings.Cut(html[at:], ">")
		if !ok {
			break
		}
		if from, to := relative(tag, name); from < to {
			out.WriteString(html[done : at+from])
			out.WriteString(markup.EscapeAttr(Resolve(e.Within, home, strings.ReplaceAll(tag[from:to], "&amp;", "&"))))
			done = at + to
		}
		at += len(tag)
	}
	if done == 0 {
		return html
	}
	out.WriteString(html[done:])
	return out.String()
}

// addressed is the attribute that holds the address of a tag that begins here; empty where it has none.
func addressed(tag string) string {
	if len(tag) < 4 {
		return ""
	}
	switch {
	case tag[0] == 'a' && tag[1] <= ' ':
		return "href"
	case tag[:3] == "img" && tag[3] <= ' ':
		return "src"
	}
	return ""
}

// relative is where a tag has a relative address, as it is written there; nowhere if it has none.
func relative(tag, name string) (from, to int) {
	from, to = written(tag, name)
	if value := tag[from:to]; strings.HasPrefix(value, "#") || strings.Contains(value, ":") {
		return 0, 0
	}
	return from, to
}

// images are the pictures in the text.
func (e *Entry) images() []Media {
	if e.Tree == nil {
		return images(e.Content)
	}
	var all []Media
	e.Tree.Walk(func(n *markup.Node) bool {
		if n.Name == "img" && n.Attr("src") != "" && n.Attr("width") != "1" && len(all) < maxMedia {
			all = append(all, Media{URL: n.Attr("src"), Medium: "image", Caption: n.Attr("alt"), Width: n.Attr("width"), Height: n.Attr("height")})
		}
		return true
	})
	return all
}

// images are the addresses of the pictures in a text of HTML.
func images(html string) []Media {
	var all []Media
	for at := 0; len(all) < maxMedia; {
		i := strings.Index(html[at:], "<img")
		if i < 0 {
			break
		}
		at += i + len("<img")
		tag, _, ok := strings.Cut(html[at:], ">")
		if !ok {
			break
		}
		at += len(tag)
		src := attribute(tag, "src")
		if src != "" && attribute(tag, "width") != "1" { // one pixel wide counts readers
			all = append(all, Media{URL: src, Medium: "image", Caption: attribute(tag, "alt"), Width: attribute(tag, "width"), Height: attribute(tag, "height")})
		}
	}
	return all
}

// attribute is the value of an attribute in the text of a tag.
func attribute(tag, name string) string {
	from, to := written(tag, name)
	return strings.ReplaceAll(tag[from:to], "&amp;", "&")
}

// written is where the value of an attribute stands in the text of a tag; nowhere if there is none.
func written(tag, name string) (from, to int) {
	for at := 0; ; {
		i := strings.Index(tag[at:], name+"=")
		if i < 0 {
			return 0, 0
		}
		at += i + len(name) + 1
		before := at - len(name) - 2
		if before >= 0 && !strings.ContainsRune(" \t\r\n\"'", rune(tag[before])) || at >= len(tag) {
			continue
		}
		end := " "
		if q := tag[at]; q == '"' || q == '\'' {
			end, at = string(q), at+1
		}
		value, _, _ := strings.Cut(tag[at:], end)
		from = at + len(value) - len(strings.TrimLeft(value, " \t\r\n"))
		return from, max(from, at+len(strings.TrimRight(value, " \t\r\n")))
	}
}
