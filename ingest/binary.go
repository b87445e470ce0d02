package ingest

import (
	"bytes"
	"unicode/utf16"
)

// binaries are the beginnings of what newsrooms send by mistake instead of copy.
func binaries() []struct{ magic, name string } {
	return []struct{ magic, name string }{
		{"%PDF-", "a PDF document"},
		{"PK\x03\x04", "a zip archive or an Office document"},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"},
		{"{\\rtf", "an RTF document"},
		{"\x89PNG", "a PNG image"},
		{"\xff\xd8\xff", "a JPEG image"},
		{"GIF87a", "a GIF image"},
		{"GIF89a", "a GIF image"},
		{"II*\x00", "a TIFF image"},
		{"MM\x00*", "a TIFF image"},
		{"\x1f\x8b", "gzip data (send it with Content-Encoding: gzip)"},
		{"BZh", "bzip2 data"},
		{"\xfd7zXZ\x00", "xz data"},
		{"\x28\xb5\x2f\xfd", "zstd data"},
		{"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"},
		{"Rar!\x1a\x07", "a RAR archive"},
		{"\x7fELF", "a program"},
		{"MZ\x90\x00", "a program"},
		{"ID3", "an MP3 recording"},
		{"OggS", "an Ogg recording"},
		{"fLaC", "a FLAC recording"},
		{"SQLite format 3\x00", "an SQLite database"},
	}
}

// binary says what a document is when it is no copy at all; empty when it may be copy.
func binary(head []byte) string {
	for _, b := range binaries() {
		if bytes.HasPrefix(head, []byte(b.magic)) {
			return b.name
		}
	}
	switch {
	case len(head) > 12 && string(head[4:8]) == "ftyp":
		return "a video or a HEIF image"
	case len(head) > 12 && string(head[:4]) == "RIFF":
		return "a RIFF file: a WebP image, a WAVE recording or a video"
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return "a tar archive"
	}
	return ""
}

// textLike says whether bytes could be text in some encoding: few control characters, and NULs as UTF-16 has them
// or hardly any.
func textLike(head []byte) bool {
	controls, nuls := 0, 0
	for _, c := range head {
		switch {
		case c == 0:
			nuls++
		case c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f':
			controls++
		}
	}
	if controls*20 > len(head) {
		return false
	}
	return nuls*100 <= len(head) || wideText(head)
}

// wideText says whether the NULs of the bytes stand as in UTF-16: nearly all at even or nearly all at odd places.
func wideText(head []byte) bool {
	var at [2]int
	for i, c := range head {
		if c == 0 {
			at[i%2]++
		}
	}
	most, least := max(at[0], at[1]), min(at[0], at[1])
	return most*8 >= len(head) && least*10 <= most
}

const headSize = 16 << 10

// headOf is what sniffers see: the beginning of the document as UTF-8 where a byte-order mark says what it is in,
// and without that mark.
func headOf(doc []byte) []byte {
	head := doc[:min(len(doc), headSize)]
	if rest, ok := bytes.CutPrefix(head, []byte("\xef\xbb\xbf")); ok {
		return rest
	}
	if rest, ok := bytes.CutPrefix(head, []byte("\xff\xfe")); ok {
		return narrow(rest, 0, 1)
	}
	if rest, ok := bytes.CutPrefix(head, []byte("\xfe\xff")); ok {
		return narrow(rest, 1, 0)
	}
	return head
}

func narrow(wide []byte, low, high int) []byte {
	units := make([]uint16, 0, len(wide)/2)
	for i := 0; i+1 < len(wide); i += 2 {
		units = append(units, uint16(wide[i+low])|uint16(wide[i+high])<<8)
	}
	return []byte(string(utf16.Decode(units)))
}
