package markup

import (
	"bytes"
	"strings"

	"github.com/wiredesk/wiredesk/internal/charset"
)

// Root is the local name of a document's root element, as far as the head of the document shows it, in any charset and
// whatever stands before it; empty when there is none. It is for recognising a format, not for reading.
func Root(head []byte) string {
	if bytes.IndexByte(head, '<') < 0 { // in whatever charset
		return ""
	}
	text, _, _, err := charset.Decode(head, "")
	if err != nil {
		return ""
	}
	for {
		at := strings.IndexByte(text, '<')
		if at < 0 || !blank(strings.Trim(text[:at], "\x00\ufeff\uFFFD")) {
			return ""
		}
		text = text[at:]
		end := 0
		switch {
		case strings.HasPrefix(text, "<?"):
			end = after(text, "?>")
		case strings.HasPrefix(text, "<!--"):
			end = after(text, "-->")
		case strings.HasPrefix(text, "<!"):
			end = after(text, ">")
			if open := strings.IndexByte(text, '['); open >= 0 && open < end {
				end = after(text, "]>")
				if end < 0 {
					end = after(text, "] >")
				}
			}
		default:
			name, _ := nameAt(text[1:])
			return local(name)
		}
		if end < 0 {
			return ""
		}
		text = text[end:]
	}
}

func after(text, mark string) int {
	i := strings.Index(text, mark)
	if i < 0 {
		return -1
	}
	return i + len(mark)
}
