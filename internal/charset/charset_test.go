package charset_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/wiredesk/wiredesk/internal/charset"
)

var samples = []struct {
	name, label, text string
	enc               encoding.Encoding
}{
	{"russian", "windows-1251", "Министр прибыл в столицу вчера вечером, сообщила пресс-служба. «Переговоры пройдут завтра», – сказал он.", charmap.Windows1251},
	{"russian", "koi8-r", "Министр прибыл в столицу вчера вечером, сообщила пресс-служба министерства.", charmap.KOI8R},
	{"russian", "ibm866", "Министр прибыл в столицу вчера вечером, сообщила пресс-служба министерства.", charmap.CodePage866},
	{"arabic", "windows-1256", "وصل الوزير إلى العاصمة مساء أمس، وقالت الوكالة إن المحادثات تبدأ اليوم.", charmap.Windows1256},
	{"arabic", "iso-8859-6", "وصل الوزير إلى العاصمة مساء أمس وقالت الوكالة إن المحادثات تبدأ اليوم", charmap.ISO8859_6},
	{"french", "windows-1252", "Le président a été reçu à l’Élysée, où il a déclaré que les négociations reprendraient bientôt.", charmap.Windows1252},
	{"german", "iso-8859-1", "Der Außenminister äußerte sich über die Gespräche in Zürich.", charmap.ISO8859_1},
	{"polish", "windows-1250", "Minister powiedział, że rozmowy rozpoczną się później, a później będzie głosowanie w Łodzi.", charmap.Windows1250},
	{"greek", "windows-1253", "Ο υπουργός έφτασε στην πρωτεύουσα χθες το βράδυ", charmap.Windows1253},
	{"turkish", "windows-1254", "Dışişleri bakanı başkente dün akşam vardı, görüşmeler bugün başlıyor", charmap.Windows1254},
	{"chinese", "gb18030", "部长昨天晚上抵达首都，他说会谈将在今天开始。新华社报道了这一消息。", simplifiedchinese.GB18030},
	{"taiwan", "big5", "部長昨天晚上抵達首都，他說會談將在今天開始，這是國際社會的期待。", traditionalchinese.Big5},
	{"japanese", "shift_jis", "大臣は昨日の夜に首都に到着し、会談は今日から始まると述べた。", japanese.ShiftJIS},
	{"japanese", "euc-jp", "大臣は昨日の夜に首都に到着し、会談は今日から始まると述べた。", japanese.EUCJP},
	{"korean", "euc-kr", "장관은 어제 저녁 수도에 도착했으며 회담은 오늘 시작된다고 말했다.", korean.EUCKR},
}

func TestDecodeLegacy(t *testing.T) {
	for _, s := range samples {
		b, err := s.enc.NewEncoder().Bytes([]byte(s.text))
		if err != nil {
			t.Fatal(err)
		}
		for _, label := range []string{s.label, ""} {
			text, used, repairs, err := charset.Decode(b, label)
			if err != nil || text != s.text {
				t.Errorf("%s in %s, label %q: read as %s: %q (%v); want %q", s.name, s.label, label, used, text, err, s.text)
			}
			if guessed := label == ""; guessed != (len(repairs) > 0) {
				t.Errorf("%s in %s, label %q: repairs %q; a guess, and only a guess, is a repair", s.name, s.label, label, repairs)
			}
		}
	}
}

func TestALatinLabelOnOtherLetters(t *testing.T) {
	for _, s := range samples {
		b, err := s.enc.NewEncoder().Bytes([]byte(s.text))
		if err != nil {
			t.Fatal(err)
		}
		text, used, repairs, err := charset.Decode(b, "iso-8859-1")
		western := s.label == "windows-1252" || s.label == "iso-8859-1"
		if foreign := s.name == "russian" || s.name == "arabic" || s.name == "chinese"; foreign && (text != s.text || len(repairs) == 0) {
			t.Errorf("%s in %s labelled latin-1: read as %s: %q, repairs %q, %v", s.name, s.label, used, text, repairs, err)
		}
		if western && (text != s.text || len(repairs) != 0) {
			t.Errorf("%s labelled latin-1: read as %s with repairs %q; want it left alone", s.name, used, repairs)
		}
	}
}

func TestDecodeUnicode(t *testing.T) {
	const text = "<a>Crimée – Ελλάδα</a>"
	var little, big, wide []byte
	for _, u := range utf16.Encode([]rune(text)) {
		little = binary.LittleEndian.AppendUint16(little, u)
		big = binary.BigEndian.AppendUint16(big, u)
	}
	for _, r := range text {
		wide = binary.LittleEndian.AppendUint32(wide, uint32(r))
	}
	cases := []struct{ name, in, used string }{
		{"utf-8 mark", "\xef\xbb\xbf" + text, "utf-8"},
		{"utf-16le mark", "\xff\xfe" + string(little), "utf-16le"},
		{"utf-16be mark", "\xfe\xff" + string(big), "utf-16be"},
		{"utf-32le mark", "\xff\xfe\x00\x00" + string(wide), "utf-32le"},
		{"utf-16be bare", string(big), "utf-16be"},
		{"label lies", text, "utf-8"},
	}
	for _, c := range cases {
		got, used, repairs, err := charset.Decode([]byte(c.in), "iso-8859-1")
		if err != nil || got != text || used != c.used {
			t.Errorf("%s: %q as %s, %v; want %q as %s", c.name, got, used, err, text, c.used)
		}
		if c.name == "label lies" && len(repairs) != 1 {
			t.Errorf("%s: repairs %q; want one that names the label", c.name, repairs)
		}
	}
}

func TestDecodeHouseCharsets(t *testing.T) {
	got, used, _, err := charset.Decode([]byte("\xe7\xea\xd1\xc7 \xb1\xb2"), "x-mac-farsi")
	if err != nil || used != "x-mac-farsi" || got != "هيرا ۱۲" {
		t.Errorf("MacFarsi: %q as %s, %v", got, used, err)
	}
	if got, _, _, _ := charset.Decode([]byte("caf\x82"), "cp850"); got != "café" {
		t.Errorf("cp850: %q; want café", got)
	}
}

func TestDecodeMixed(t *testing.T) {
	in := "Déjà vu à Besançon, où l’été a été gâché par la grêle – caf\xe9"
	got, _, repairs, err := charset.Decode([]byte(in), "utf-8")
	if want := strings.Replace(in, "\xe9", "é", 1); err != nil || got != want || len(repairs) != 1 {
		t.Errorf("mixed: %q, %q, %v; want %q and one repair", got, repairs, err, want)
	}
}

func TestDeclaredAndRefused(t *testing.T) {
	for in, want := range map[string]string{
		`<?xml version="1.0" encoding='windows-1256'?><a/>`:             "windows-1256",
		`<html><META http-equiv=x content="text/html; charset=koi8-r">`: "koi8-r",
		`<meta charset=big5>`: "big5",
		`plain`:               "",
	} {
		if got := charset.Declared([]byte(in)); got != want {
			t.Errorf("Declared(%q) = %q; want %q", in, got, want)
		}
	}
	if _, _, _, err := charset.Decode([]byte("+ADw-script+AD4-"), "UTF-7"); err == nil {
		t.Error("UTF-7 was read; want a refusal")
	}
}

func TestCleanAndUnescape(t *testing.T) {
	if got, repairs := charset.Clean("a\x00b\x07c\td\ufeff\n"); got != "abc\td\n" || len(repairs) != 1 {
		t.Errorf("Clean = %q, %q", got, repairs)
	}
	if got, ok := charset.Unescape("Caf&eacute; R&D AT&amp;T &bogus; &#8211;"); got != "Café R&D AT&T &bogus; –" || !ok {
		t.Errorf("Unescape = %q, %v", got, ok)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range samples {
		b, _ := s.enc.NewEncoder().Bytes([]byte(s.text))
		f.Add(b, s.label)
	}
	f.Fuzz(func(t *testing.T, b []byte, label string) {
		text, _, _, err := charset.Decode(b, label)
		if err == nil && !utf8.ValidString(text) {
			t.Fatalf("Decode(%q, %q) is not valid UTF-8", b, label)
		}
	})
}
