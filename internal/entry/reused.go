package entry

import (
	"bytes"
	"html"
	"strings"

	"github.com/wiredesk/wiredesk"
)

// mark is what a splitter leaves in front of a part whose id the document gives to other stories as well.
const mark = "<?wiredesk id-of-several?>"

// Reused says whether the splitter marked a part.
func Reused(part string) bool { return strings.HasPrefix(part, mark) }

// MarkReused marks the parts whose id is [Several]'s. The elements of entry, id and link are given by name.
func MarkReused(parts []wiredesk.Raw, entry, id, link string) {
	if len(parts) < 2 {
		return
	}
	ids, links := make([]string, len(parts)), make([]string, len(parts))
	for i, p := range parts {
		own := p.Bytes[max(0, bytes.LastIndex(p.Bytes, []byte("<"+entry))):] // behind the feed's own head
		ids[i], links[i] = element(own, id), address(own, link)
	}
	several := Several(ids, links)
	for i := range parts {
		if several[ids[i]] {
			parts[i].Bytes = append([]byte(mark), parts[i].Bytes...)
			if parts[i].Line == 1 {
				parts[i].Column = max(1, parts[i].Column-len(mark))
			}
		}
	}
}

// Compare marks the entries of one document whose id is [Several]'s.
func Compare(entries []*Entry) {
	if len(entries) < 2 {
		return
	}
	ids, links := make([]string, len(entries)), make([]string, len(entries))
	for i, e := range entries {
		ids[i], links[i] = e.ID, e.Link
	}
	several := Several(ids, links)
	for _, e := range entries {
		e.Reused = e.Reused || several[e.ID] && !e.Deleted
	}
}

// Several are the ids of a document that stand with more than one link, trackers aside, and so do not name one story.
// The same id with the same link, or with none, is the same story again.
func Several(ids, links []string) map[string]bool {
	seen := make(map[string]string, len(ids))
	var several map[string]bool
	for i, id := range ids {
		link, _ := Canonical(links[i])
		had, ok := seen[id]
		if ok && had != link && had != "" && link != "" && id != "" {
			if several == nil {
				several = map[string]bool{}
			}
			several[id] = true
		}
		if link != "" || !ok {
			seen[id] = link
		}
	}
	return several
}

// element is the text of the first element of a name.
func element(part []byte, name string) string {
	open := bytes.Index(part, []byte("<"+name))
	if open < 0 {
		return ""
	}
	_, rest, ok := bytes.Cut(part[open:], []byte(">"))
	if !ok {
		return ""
	}
	text, _, _ := bytes.Cut(rest, []byte("</"))
	bare := strings.NewReplacer("<![CDATA[", "", "]]>", "").Replace(string(text))
	return strings.Join(strings.Fields(html.UnescapeString(bare)), " ")
}

// address is the link of an entry: the text of the first such element, or the attribute of an empty one that is no other
// relation's.
func address(part []byte, name string) string {
	for at := 0; ; {
		open := bytes.Index(part[at:], []byte("<"+name))
		if open < 0 {
			return ""
		}
		at += open + 1
		tag, rest, ok := bytes.Cut(part[at:], []byte(">"))
		if !ok {
			return ""
		}
		_, href, has := bytes.Cut(tag, []byte("href="))
		if has && bytes.Contains(tag, []byte("rel=")) && !bytes.Contains(tag, []byte("alternate")) {
			continue
		}
		if !has {
			href, _, _ = bytes.Cut(rest, []byte("</"))
		} else if len(href) > 1 {
			href, _, _ = bytes.Cut(href[1:], href[:1])
		}
		return html.UnescapeString(strings.TrimSpace(strings.NewReplacer("<![CDATA[", "", "]]>", "").Replace(string(href))))
	}
}
