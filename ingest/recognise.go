package ingest

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// fallback is the format of text that no other format claims.
const fallback = "text"

// Find is the line of the format table with the given name.
func Find(name string) (wiredesk.Format, bool) { return find(Formats(), name) }

// Recognise picks the format of a document, and says why in words for its sender: the format asked for, else the
// one whose sniffer is surest, else plain text. What is no text at all is refused with what it looks like. The error
// is a [wiredesk.Fault].
func Recognise(raw wiredesk.Raw) (wiredesk.Format, string, error) { return recognise(Formats(), raw) }

func find(formats []wiredesk.Format, name string) (wiredesk.Format, bool) {
	for _, f := range formats {
		if f.Name == name {
			return f, true
		}
	}
	return wiredesk.Format{}, false
}

func recognise(formats []wiredesk.Format, raw wiredesk.Raw) (wiredesk.Format, string, error) {
	if len(raw.Bytes) == 0 {
		return wiredesk.Format{}, "", wiredesk.Faultf(1, 1, "the document is empty")
	}
	head := headOf(raw.Bytes)
	if what := binary(head); what != "" {
		return wiredesk.Format{}, "", wiredesk.Faultf(1, 1, "this looks like %s, not like copy", what)
	}
	if raw.Format != "" && raw.Format != "auto" {
		f, ok := find(formats, raw.Format)
		if !ok {
			return f, "", wiredesk.Faultf(1, 1, "format %q is not known: use auto or one of %s", raw.Format, names(formats))
		}
		return f, "asked for", nil
	}
	best, why := surest(formats, head)
	if root := foreignXML(head); root != "" && (best.Name == "" || best.Name == fallback) {
		return wiredesk.Format{}, "", wiredesk.Faultf(1, 1, "XML with the root element <%s>, which no format here begins with", root)
	}
	if best.Name != "" {
		return best, why, nil
	}
	f, ok := find(formats, fallback)
	if !ok || !textLike(head) {
		return f, "", wiredesk.Faultf(1, 1, "this looks like binary data, not like copy")
	}
	return f, "no other format claims it, and it reads as text", nil
}

// foreignXML is the root element of a document that says it is XML, by its declaration or a DOCTYPE. A page of HTML is
// none.
func foreignXML(head []byte) string {
	start := bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	if !bytes.HasPrefix(start, []byte("<?xml ")) && !bytes.HasPrefix(start, []byte("<!DOCTYPE ")) {
		return ""
	}
	root := markup.Root(start)
	if strings.EqualFold(root, "html") {
		return ""
	}
	return root
}

// surest is the format with the highest score, the earlier one in the table when two are as sure.
func surest(formats []wiredesk.Format, head []byte) (best wiredesk.Format, why string) {
	top := 0
	for _, f := range formats {
		score, reason := sniff(f, head)
		if score > top {
			best, top, why = f, score, reason
		}
	}
	return best, why
}

// sniff asks one sniffer. One that panics is not sure.
func sniff(f wiredesk.Format, head []byte) (score int, reason string) {
	defer func() {
		if p := recover(); p != nil {
			score, reason = 0, fmt.Sprint(p)
		}
	}()
	return f.Sniff(head)
}

func names(formats []wiredesk.Format) string {
	all := make([]string, len(formats))
	for i, f := range formats {
		all[i] = f.Name
	}
	return strings.Join(all, ", ")
}
