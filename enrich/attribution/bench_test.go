package attribution_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/attribution"
	"github.com/wiredesk/wiredesk/enrich/dateline"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/enrich/structure"
)

const paragraph = "The harbour council has approved a plan to deepen the channel by two metres, its chairwoman, Ada Brandt, said on Tuesday. " +
	"\"We have waited for this for eleven years,\" she told Reuters, adding that work would begin in March and end two years later. " +
	"The ministry of transport, which pays for half of it, declined to comment on the plan, according to the Northern Press Agency.\n\n"

func BenchmarkChain(b *testing.B) {
	l, err := lexicon.Standard()
	if err != nil {
		b.Fatal(err)
	}
	for _, size := range []struct {
		name  string
		bytes int
	}{{"4KB", 4 << 10}, {"64KB", 64 << 10}, {"1MB", 1 << 20}} {
		text := "Council deepens channel\n\nPORT HAVEN, June 14 (Reuters) - " + strings.Repeat(paragraph, size.bytes/len(paragraph)+1)
		text = text[:size.bytes]
		b.Run(size.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				v := l.Read(text)
				a := wiredesk.Article{Text: text}
				for _, err := range []error{
					structure.Enrich(b.Context(), v, &a), dateline.Enrich(b.Context(), v, &a), attribution.Enrich(b.Context(), v, &a),
				} {
					if err != nil {
						b.Fatal(err)
					}
				}
				v.Release()
			}
		})
	}
}

// BenchmarkOneSentence reads copy that never comes to a full stop: the time must grow with its length only.
func BenchmarkOneSentence(b *testing.B) {
	l, err := lexicon.Standard()
	if err != nil {
		b.Fatal(err)
	}
	for _, size := range []int{64 << 10, 1 << 20} {
		text := strings.Repeat("the mayor said that Reuters reported, citing TASS, and \"so on\" ", size/64)
		b.Run(strconv.Itoa(size>>10)+"KB", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				v := l.Read(text)
				a := wiredesk.Article{Text: text, Sections: []wiredesk.Part{{Span: wiredesk.Span{End: len(text)}}}}
				if err := attribution.Enrich(b.Context(), v, &a); err != nil {
					b.Fatal(err)
				}
				v.Release()
			}
		})
	}
}
