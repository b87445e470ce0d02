package text

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/charset"
)

// decode reads the bytes as text. Valid UTF-8 comes through byte for byte, because spans index it, but for a byte-order
// mark and NULs.
func decode(raw wiredesk.Raw) (string, []string, error) {
	if utf8.Valid(raw.Bytes) && bytes.IndexByte(raw.Bytes, 0) < 0 && !bytes.HasPrefix(raw.Bytes, []byte("\ufeff")) {
		return string(raw.Bytes), nil, nil
	}
	doc, _, repairs, err := charset.Decode(raw.Bytes, raw.Charset)
	if err != nil {
		return "", nil, wiredesk.Faultf(1, 1, "text: %s", err)
	}
	if bytes.HasPrefix(raw.Bytes, []byte("\ufeff")) {
		repairs = append(repairs, "left out a byte-order mark")
	}
	doc, more := charset.Clean(doc)
	return doc, append(repairs, more...), nil
}

// binary says that the bytes are no text in any encoding: too many control characters. UTF-16 and UTF-32 are text.
func binary(b []byte) bool {
	head := b[:min(len(b), 8192)]
	if wide(head) {
		return false
	}
	odd := 0
	for _, c := range head {
		if c < ' ' && bytes.IndexByte([]byte("\t\n\r\f\v\x07\x1b\x01\x02\x03\x04\x16\x1a"), c) < 0 || c == 0x7f {
			odd++
		}
	}
	return odd*20 > len(head)
}

// wide says that the bytes have the mark or the zero pattern of UTF-16 or UTF-32.
func wide(head []byte) bool {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff", "\x00\x00\xfe\xff"} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return true
		}
	}
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	most, least := max(zeros[0], zeros[1]), min(zeros[0], zeros[1])
	return most*8 >= len(head) && least*10 <= most
}

func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' || r == '\u200b'
}
