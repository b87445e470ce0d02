package lexicon_test

import (
	"regexp"
	"strings"
	"testing"
)

const paragraph = "The harbour council has approved a plan to deepen the channel by two metres, its chairwoman, Ada Brandt, said on Tuesday. " +
	"\"We have waited for this for eleven years,\" she told Reuters, adding that work would begin in March. " +
	"The ministry of transport declined to comment, according to the Northern Press Agency.\n\n"

func BenchmarkRead(b *testing.B) {
	l := standard(b)
	for _, size := range []struct {
		name  string
		bytes int
	}{{"4KB", 4 << 10}, {"64KB", 64 << 10}, {"1MB", 1 << 20}} {
		text := strings.Repeat(paragraph, size.bytes/len(paragraph)+1)[:size.bytes]
		b.Run(size.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				l.Read(text).Release()
			}
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		standard(b)
	}
}

// BenchmarkScale gives the two ends between which reading lies: copying the text, and one plain expression over it.
func BenchmarkScale(b *testing.B) {
	text := []byte(strings.Repeat(paragraph, 4<<10/len(paragraph)+1)[:4<<10])
	b.Run("copy", func(b *testing.B) {
		into := make([]byte, len(text))
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			copy(into, text)
		}
	})
	b.Run("regexp", func(b *testing.B) {
		names := regexp.MustCompile(`(?i)\b(reuters|tass|northern press agency|according to|said)\b`)
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			names.FindAllIndex(text, -1)
		}
	})
}
