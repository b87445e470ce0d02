package charset

import (
	"bytes"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// lookup finds the charset a label names, by the names browsers know, then IANA's, then those of old newsroom
// systems. The encoding is nil for UTF-8 and for an unknown name; the name is empty for an unknown one.
func lookup(label string) (encoding.Encoding, string) {
	label = strings.ToLower(strings.Trim(label, " \t\r\n\"'"))
	if label == "utf-8" || label == "utf8" {
		return nil, "utf-8"
	}
	if enc, name := house(label); enc != nil {
		return enc, name
	}
	if enc, err := htmlindex.Get(label); err == nil {
		name, err := htmlindex.Name(enc)
		switch {
		case err != nil:
			return enc, label
		case name == "utf-8":
			return nil, name
		case name != "replacement" && name != "x-user-defined":
			return enc, name
		}
	}
	if enc, err := ianaindex.IANA.Encoding(label); err == nil && enc != nil {
		return enc, label
	}
	return nil, ""
}

var joined = strings.NewReplacer("-", "", "_", "", " ", "")

func house(label string) (encoding.Encoding, string) {
	switch joined.Replace(label) {
	case "macarabic", "xmacarabic":
		return macArabic, "x-mac-arabic"
	case "macfarsi", "xmacfarsi":
		return macFarsi, "x-mac-farsi"
	case "cp437", "437", "ibm437", "oem437":
		return charmap.CodePage437, "ibm437"
	case "cp850", "850", "ibm850", "oem850":
		return charmap.CodePage850, "ibm850"
	case "cp852", "852", "ibm852":
		return charmap.CodePage852, "ibm852"
	case "cp855", "855", "ibm855":
		return charmap.CodePage855, "ibm855"
	case "cp858", "858", "ibm858", "ibm00858":
		return charmap.CodePage858, "ibm858"
	case "cp860", "ibm860":
		return charmap.CodePage860, "ibm860"
	case "cp862", "ibm862":
		return charmap.CodePage862, "ibm862"
	case "cp863", "ibm863":
		return charmap.CodePage863, "ibm863"
	case "cp865", "ibm865":
		return charmap.CodePage865, "ibm865"
	case "cp866", "866", "ibm866", "dos866":
		return charmap.CodePage866, "ibm866"
	case "cp037", "ibm037", "ebcdic":
		return charmap.CodePage037, "ibm037"
	case "cp1047", "ibm1047":
		return charmap.CodePage1047, "ibm1047"
	}
	return nil, ""
}

// shifts says whether bytes that look like ASCII are really a charset that switches by escape sequences.
func shifts(b []byte, labels []string) bool {
	for _, l := range labels {
		switch _, name := lookup(l); name {
		case "iso-2022-jp":
			return bytes.Contains(b, []byte("\x1b$"))
		case "ibm037", "ibm1047":
			return true
		}
	}
	return false
}

func western(c byte) rune { return charmap.Windows1252.DecodeByte(c) }
