// Package charset turns the bytes of copy into valid UTF-8 and says in an editor's words what it had to mend.
package charset

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Decode reads a document's bytes as text. What the bytes are decides before what any label says of them: a byte-order
// mark, then the NUL pattern of UTF-16 and UTF-32, then valid UTF-8; after these the label declared outside the
// document, the one in its own XML or HTML head, and last a guess by the letters it would make.
//
// The text is always valid UTF-8, without a byte-order mark; control characters are left in place for the formats that
// frame with them (see [Clean]). used names the charset that was read. The only errors are UTF-7, which is refused
// because it can hide markup, and a label that names no charset while the bytes give nothing to go by. Decode is pure
// and safe for concurrent use.
func Decode(b []byte, declared string) (text, used string, repairs []string, err error) {
	inside := Declared(b)
	for _, l := range []string{declared, inside} {
		if n := strings.ToLower(strings.TrimSpace(l)); n == "utf-7" || n == "unicode-1-1-utf-7" || n == "x-unicode-2-0-utf-7" {
			return "", "", nil, fmt.Errorf("charset: UTF-7 is refused, since it can hide markup: send the document as UTF-8")
		}
	}
	if text, used, repairs, ok := byMark(b); ok {
		return text, used, repairs, nil
	}
	labels := slices.DeleteFunc([]string{declared, inside}, func(s string) bool { return strings.TrimSpace(s) == "" })
	if utf8.Valid(b) && !shifts(b, labels) {
		return string(b), "utf-8", contradicted(b, labels), nil
	}
	text, used, repairs = byLabel(b, labels)
	return text, used, repairs, nil
}

// contradicted reports a label that the bytes, being UTF-8 beyond ASCII, prove wrong.
func contradicted(b []byte, labels []string) []string {
	for _, l := range labels {
		if _, name := lookup(l); name != "utf-8" && !ascii(b) {
			return []string{fmt.Sprintf("labelled %q, but the bytes are UTF-8: read as UTF-8", short(l))}
		}
	}
	return nil
}

// byLabel decodes what is not UTF-8: by the first label that leaves no character unread, else by what fits best.
func byLabel(b []byte, labels []string) (string, string, []string) {
	var repairs []string
	utf8Labelled := false
	for _, l := range labels {
		enc, name := lookup(l)
		switch {
		case name == "utf-8":
			utf8Labelled = true
		case enc == nil:
			repairs = append(repairs, fmt.Sprintf("unknown charset %q", short(l)))
		default:
			text := decode(enc, b)
			if better, by := likelier(b, text, name); by != "" {
				return better, by, append(repairs, fmt.Sprintf("labelled %q, but the letters are of %s: read as that", short(l), by))
			}
			if !strings.Contains(text, "\uFFFD") && plausible(text) {
				return text, name, repairs
			}
			repairs = append(repairs, fmt.Sprintf("labelled %q, but the bytes do not fit that charset", short(l)))
		}
	}
	if text, n := mixed(b); n > 0 {
		repairs = append(repairs, fmt.Sprintf("%d bytes are not UTF-8 like the rest: read as windows-1252", n))
		return text, "utf-8", repairs
	}
	enc, name := guess(b)
	why := "no charset was named"
	if utf8Labelled {
		why = "labelled UTF-8, but the bytes are not"
	} else if len(labels) > 0 {
		why = "the label does not fit"
	}
	repairs = append(repairs, fmt.Sprintf("%s: read as %s", why, name))
	return strings.ToValidUTF8(decode(enc, b), "\uFFFD"), name, repairs
}

func decode(enc encoding.Encoding, b []byte) string {
	if table, ok := enc.(*charmap.Charmap); ok {
		high := 0
		for _, c := range b {
			high += int(c >> 7)
		}
		return mapped(table, b, high)
	}
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return string(utf8.RuneError)
	}
	return string(out)
}

// mapped decodes a charset of one byte a character; high is how many bytes are beyond ASCII.
func mapped(table *charmap.Charmap, b []byte, high int) string {
	var letters [256]struct { // of no more than three bytes each
		utf8 [utf8.UTFMax]byte
		size int
	}
	for i := range letters {
		letters[i].size = utf8.EncodeRune(letters[i].utf8[:], table.DecodeByte(byte(i)))
	}
	out := make([]byte, len(b)+2*high+utf8.UTFMax)
	at := 0
	for _, c := range b {
		l := &letters[c]
		copy(out[at:at+utf8.UTFMax], l.utf8[:])
		at += l.size
	}
	return string(out[:at])
}

// plausible says whether decoded text is free of C1 controls, which text has no use for and wrong charsets make.
func plausible(text string) bool {
	for i := range len(text) - 1 {
		if text[i] == 0xc2 && text[i+1] < 0xa0 && text[i+1] != 0x85 {
			return false
		}
	}
	return true
}

// mixed reads text that is UTF-8 but for a few bytes, which it takes for windows-1252; n is their count, 0 where the
// document is not of that kind.
func mixed(b []byte) (text string, n int) {
	good := 0
	for rest := b; len(rest) > 0; {
		if rest[0] < utf8.RuneSelf {
			rest = rest[1:]
			continue
		}
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size == 1 {
			n++
		} else {
			good++
		}
		rest = rest[size:]
	}
	if good < 4*n {
		return "", 0
	}
	var out strings.Builder
	out.Grow(len(b) + 2*n)
	for rest := b; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size == 1 {
			r = western(rest[0])
		}
		out.WriteRune(r)
		rest = rest[size:]
	}
	return out.String(), n
}

// Declared is the charset that an XML declaration or an HTML meta element at the head of the bytes names; empty when
// none does.
func Declared(b []byte) string {
	head := b[:min(len(b), 2048)]
	if i := bytes.Index(head, []byte("<?xml")); i >= 0 {
		decl, _, ok := bytes.Cut(head[i:], []byte("?>"))
		if ok {
			return quotedAfter(decl, "encoding")
		}
	}
	low := bytes.ToLower(head)
	for {
		i := bytes.Index(low, []byte("<meta"))
		if i < 0 {
			return ""
		}
		tag, rest, _ := bytes.Cut(low[i+5:], []byte(">"))
		if label := quotedAfter(tag, "charset"); label != "" {
			return label
		}
		low = rest
	}
}

func quotedAfter(tag []byte, word string) string {
	_, after, ok := bytes.Cut(tag, []byte(word))
	if !ok {
		return ""
	}
	after = bytes.TrimLeft(after, " \t\r\n")
	if len(after) == 0 || after[0] != '=' {
		return ""
	}
	after = bytes.TrimLeft(after[1:], " \t\r\n\"'")
	if i := bytes.IndexAny(after, " \t\r\n\"';/>"); i >= 0 {
		after = after[:i]
	}
	return string(after)
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// short bounds what a stranger's label may add to a message.
func short(s string) string {
	return strings.ToValidUTF8(s[:min(len(s), 40)], "?")
}
