package charset_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/internal/charset"
)

func BenchmarkDecode(b *testing.B) {
	for name, doc := range map[string]string{
		"utf-8":   strings.Repeat("Die Fähre zu den Inseln steht seit Dienstag still.\n", 20_000),
		"legacy":  strings.Repeat("Die F\xe4hre zu den Inseln steht seit Dienstag still.\n", 20_000),
		"dense":   strings.Repeat("\xe9\xf1\xa4", 300_000),
		"garbage": strings.Repeat("\xff\x00<\xfe", 250_000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			for b.Loop() {
				text, _, _, err := charset.Decode([]byte(doc), "")
				if err != nil {
					b.Fatal(err)
				}
				charset.Clean(text)
			}
		})
	}
}
