package entry

import (
	"bytes"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// Root is the local name of a document's root element and the text of its attributes, as far as its head shows them.
// NULs are passed over, so that UTF-16 and UTF-32 look like what they hold.
func Root(head []byte) (name, attrs string) {
	rest := bytes.TrimLeft(bytes.ReplaceAll(head, []byte{0}, nil), " \t\r\n\ufeff\xfe\xff")
	for {
		open := bytes.IndexByte(rest, '<')
		if open < 0 || open+1 >= len(rest) {
			return "", ""
		}
		rest = rest[open:]
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			rest = behind(rest, "-->")
		case bytes.HasPrefix(rest, []byte("<?")):
			rest = behind(rest, "?>")
		case rest[1] == '!':
			rest = declaration(rest)
		default:
			tag, _, _ := strings.Cut(string(rest[1:]), ">")
			name, attrs, _ = strings.Cut(strings.TrimRight(tag, "/"), " ")
			if i := strings.IndexAny(name, "\t\r\n"); i >= 0 {
				name, attrs = name[:i], name[i:]+attrs
			}
			return name[strings.LastIndexByte(name, ':')+1:], attrs
		}
		if rest == nil {
			return "", ""
		}
	}
}

func behind(s []byte, mark string) []byte {
	_, after, ok := bytes.Cut(s, []byte(mark))
	if !ok {
		return nil
	}
	return after
}

// declaration steps over a DOCTYPE with its internal subset.
func declaration(s []byte) []byte {
	if open := bytes.IndexByte(s, '['); open >= 0 && open < bytes.IndexByte(s, '>') {
		return behind(s, "]")
	}
	return behind(s, ">")
}

// Whole is the fault of an entry that the document does not close: one that breaks off, or that runs into the next.
func Whole(text string, n *markup.Node) *wiredesk.Fault {
	source := strings.TrimRight(text[n.From:n.To], " \t\r\n>")
	if source == "" || text[n.To-1] != '>' {
		return wiredesk.FaultAt([]byte(text), n.From, "the <%s> that begins here breaks off: was the feed sent whole?", n.Name)
	}
	tail := source[strings.LastIndexByte(source, '<')+1:]
	if tail = strings.TrimPrefix(tail, "/"); !strings.EqualFold(tail[strings.LastIndexByte(tail, ':')+1:], n.Name) && !strings.HasSuffix(source, "/") {
		return wiredesk.FaultAt([]byte(text), n.From, "the <%s> that begins here is not closed: was the feed sent whole?", n.Name)
	}
	if n.Child(n.Name) != nil {
		return wiredesk.FaultAt([]byte(text), n.From, "the <%s> that begins here is not closed before the next one begins", n.Name)
	}
	return nil
}

// mark is what a splitter leaves in front of a part whose id the document gives to other stories as well.
const mark = "<?wiredesk id-of-several?>"

// Reused says whether the splitter marked a part.
func Reused(part string) bool { return strings.HasPrefix(part, mark) }

// MarkReused marks the parts whose id stands in parts with other links as well, or with other text where there are no
// links. The elements of id and link are given by name.
func MarkReused(parts []wiredesk.Raw, id, link string) {
	if len(parts) < 2 {
		return
	}
	ids := make([]string, len(parts))
	links := map[string]string{}
	several := map[string]bool{}
	for i, p := range parts {
		ids[i] = element(p.Bytes, id)
		key := address(p.Bytes, link)
		if had, ok := links[ids[i]]; ok && had != key && ids[i] != "" {
			several[ids[i]] = true
		}
		links[ids[i]] = key
	}
	for i := range parts {
		if several[ids[i]] {
			parts[i].Bytes = append([]byte(mark), parts[i].Bytes...)
			if parts[i].Line == 1 {
				parts[i].Column = max(1, parts[i].Column-len(mark))
			}
		}
	}
}

// element is the text of the last element of a name: the entry stands behind the feed's own head.
func element(part []byte, name string) string {
	open := bytes.LastIndex(part, []byte("<"+name))
	if open < 0 {
		return ""
	}
	_, rest, ok := bytes.Cut(part[open:], []byte(">"))
	if !ok {
		return ""
	}
	text, _, _ := bytes.Cut(rest, []byte("</"))
	return strings.TrimSpace(strings.NewReplacer("<![CDATA[", "", "]]>", "").Replace(string(text)))
}

// address is the link of a part: an element's text, or an attribute of an empty one.
func address(part []byte, name string) string {
	if text := element(part, name); text != "" && !strings.HasPrefix(text, "<") {
		key, _ := Canonical(text)
		return key
	}
	open := bytes.LastIndex(part, []byte("<"+name))
	if open < 0 {
		return string(part[max(0, len(part)-256):])
	}
	tag, _, _ := bytes.Cut(part[open:], []byte(">"))
	_, href, _ := bytes.Cut(tag, []byte("href="))
	key, _ := Canonical(strings.Trim(string(bytes.TrimRight(href, "/ ")), `"'`))
	return key
}

// PeriodEnd is the end of a period in Dublin Core's form, "start=…; end=…".
func PeriodEnd(period string) string {
	for part := range strings.SplitSeq(period, ";") {
		if v, ok := strings.CutPrefix(strings.TrimSpace(part), "end="); ok {
			return v
		}
	}
	return ""
}

// Declares says whether a tag's attributes declare the namespace that is known by a prefix.
func Declares(attrs, prefix string) bool {
	for _, part := range strings.FieldsFunc(attrs, func(r rune) bool { return r == '"' || r == '\'' }) {
		if p, ok := known[strings.TrimRight(strings.ToLower(part), "/#")]; ok && p == prefix {
			return true
		}
	}
	return false
}

// Inside is what stands within an element that holds markup of the document itself: as safe HTML and as text.
func Inside(n *markup.Node) (html, plain string) {
	var all []*markup.Node
	for c := range n.Children() {
		all = append(all, c)
	}
	return markup.Render(all...)
}
