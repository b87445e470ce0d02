package enrich_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
)

const copyOfWire = "The harbour council has approved a plan to deepen the channel by two metres, its chairwoman, Ada Brandt, said on Tuesday. " +
	"\"We have waited for this for eleven years,\" she told Reuters, adding that work would begin in March and end two years later.\n\n" +
	"The ministry of transport in Oslo, which pays for half of it, declined to comment on the plan, according to the Northern Press Agency. " +
	"Fishermen fear that the dredging will drive away the herring, the daily Kystposten reported, citing a study of the university.\n\n" +
	"President Jon Rand opened the old channel in 1987, when ships were half as long. Police closed the quay on Monday after a crane fell into the water.\n\n"

func wireStory(size int) string {
	text := "Council deepens channel\n\nOSLO, June 14 (Reuters) - " + strings.Repeat(copyOfWire, size/len(copyOfWire)+1)
	return text[:size]
}

// BenchmarkWholeChain runs every enricher but the index of related stories over stories of three sizes: the time must
// grow with the length only.
func BenchmarkWholeChain(b *testing.B) {
	words, err := enrich.NewLexicon()
	if err != nil {
		b.Fatal(err)
	}
	chain := &enrich.Chain{Lexicon: words, Enrichers: enrich.Enrichers(), Patience: time.Minute}
	for _, size := range []int{4 << 10, 64 << 10, 1 << 20} {
		text := wireStory(size)
		b.Run(strconv.Itoa(size>>10)+"KB", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				a := wiredesk.Article{Text: text}
				if chain.Run(b.Context(), &a); len(a.Missing) > 0 {
					b.Fatal(a.Missing)
				}
			}
		})
	}
}

// BenchmarkStart builds what a process builds before its first story.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if _, err := enrich.NewLexicon(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScale gives the two ends between which the chain lies, on the same 4 KB: copying them, and one plain
// expression over them.
func BenchmarkScale(b *testing.B) {
	text := []byte(wireStory(4 << 10))
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
