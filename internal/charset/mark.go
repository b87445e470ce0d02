package charset

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// byMark reads what a byte-order mark or the pattern of NULs gives away.
func byMark(b []byte) (text, used string, repairs []string, ok bool) {
	marks := []struct {
		mark string
		read func([]byte) string
		name string
	}{
		{"\xff\xfe\x00\x00", wide32(binary.LittleEndian), "utf-32le"},
		{"\x00\x00\xfe\xff", wide32(binary.BigEndian), "utf-32be"},
		{"\xff\xfe", wide16(binary.LittleEndian), "utf-16le"},
		{"\xfe\xff", wide16(binary.BigEndian), "utf-16be"},
	}
	for _, m := range marks {
		if bytes.HasPrefix(b, []byte(m.mark)) {
			return m.read(b[len(m.mark):]), m.name, nil, true
		}
	}
	if rest, found := bytes.CutPrefix(b, []byte("\xef\xbb\xbf")); found && utf8.Valid(rest) {
		return strings.TrimPrefix(string(rest), "\uFEFF"), "utf-8", nil, true
	}
	width, little := nulPattern(b)
	var order binary.ByteOrder = binary.BigEndian
	name := "be"
	if little {
		order, name = binary.LittleEndian, "le"
	}
	switch width {
	case 2:
		name = "utf-16" + name
		return wide16(order)(b), name, []string{"no byte-order mark: read as " + name + " by its NUL bytes"}, true
	case 4:
		name = "utf-32" + name
		return wide32(order)(b), name, []string{"no byte-order mark: read as " + name + " by its NUL bytes"}, true
	}
	return "", "", nil, false
}

// nulPattern looks for the NULs that ASCII letters leave in UTF-16 and UTF-32, in the first kilobyte.
func nulPattern(b []byte) (width int, little bool) {
	head := b[:min(len(b), 1024)&^3]
	if len(head) < 8 {
		return 0, false
	}
	var nul [4]int
	for i, c := range head {
		if c == 0 {
			nul[i&3]++
		}
	}
	n := len(head) / 4
	most := func(k int) bool { return nul[k]*10 >= n*4 }
	few := func(k int) bool { return nul[k]*10 <= n }
	switch {
	case few(0) && most(1) && most(2) && most(3):
		return 4, true
	case most(0) && most(1) && most(2) && few(3):
		return 4, false
	case few(0) && most(1) && few(2) && most(3):
		return 2, true
	case most(0) && few(1) && most(2) && few(3):
		return 2, false
	}
	return 0, false
}

func wide16(order binary.ByteOrder) func([]byte) string {
	return func(b []byte) string {
		units := make([]uint16, 0, len(b)/2)
		for ; len(b) >= 2; b = b[2:] {
			units = append(units, order.Uint16(b))
		}
		text := string(utf16.Decode(units))
		if len(b) > 0 {
			text += "\uFFFD"
		}
		return text
	}
}

func wide32(order binary.ByteOrder) func([]byte) string {
	return func(b []byte) string {
		var out strings.Builder
		for ; len(b) >= 4; b = b[4:] {
			r := order.Uint32(b)
			if r > utf8.MaxRune {
				r = utf8.RuneError
			}
			out.WriteRune(rune(r))
		}
		return out.String()
	}
}
