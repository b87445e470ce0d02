package charset

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// table is a charset of one byte a character, ASCII in its lower half. It reads only; wiredesk writes UTF-8.
type table [128]rune

var (
	macArabic = newMac(0x660, '¤')
	macFarsi  = newMac(0x6f0, '\uFDFC')
)

// newMac builds the Macintosh Arabic set; the Persian one differs in its digits and in one sign.
func newMac(zero, currency rune) *table {
	var t table
	copy(t[:], []rune("Ä\u00a0ÇÉÑÖÜáàâäں«çéèêëí…îïñó»ôö÷úùûü"))
	for i := range rune(0x20) {
		t[0x20+i] = 0x20 + i
	}
	t[0x24], t[0x25], t[0x2c] = currency, '٪', '،'
	for i := range rune(10) {
		t[0x30+i] = zero + i
	}
	t[0x3b], t[0x3f], t[0x40] = '؛', '؟', '\u274A'
	for i := range rune(26) {
		t[0x41+i] = 0x621 + i
	}
	copy(t[0x5b:], []rune(`[\]^_`))
	for i := range rune(19) {
		t[0x60+i] = 0x640 + i
	}
	copy(t[0x73:], []rune("پٹچەڤگڈڑ{|}ژے"))
	return &t
}

// NewDecoder reads the charset.
func (t *table) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: tableReader{t: t}}
}

// NewEncoder refuses all but ASCII: nothing is written in these charsets.
func (t *table) NewEncoder() *encoding.Encoder { return encoding.Nop.NewEncoder() }

type tableReader struct {
	transform.NopResetter
	t *table
}

// Transform implements [transform.Transformer].
func (r tableReader) Transform(dst, src []byte, _ bool) (nDst, nSrc int, err error) {
	for _, c := range src {
		ch := rune(c)
		if c >= 0x80 {
			ch = r.t[c-0x80]
		}
		s := string(ch)
		if nDst+len(s) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += copy(dst[nDst:], s)
		nSrc++
	}
	return nDst, nSrc, nil
}
