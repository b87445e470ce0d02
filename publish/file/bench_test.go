package file_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
)

// BenchmarkDeliver writes new stories of 4 KB, each on disk before the next.
func BenchmarkDeliver(b *testing.B) {
	for _, f := range []string{"article", "ninjs", "newsmlg2", "nitf", "text"} {
		b.Run(f, func(b *testing.B) {
			s := open(b, b.TempDir(), `,"format":"`+f+`"`)
			a := revision(1, wiredesk.EventNew, strings.Repeat("He climbed the stairs at dusk. ", 120))
			i := 0
			for b.Loop() {
				i++
				a.Story = fmt.Sprintf("s%d", i)
				if err := s.Deliver(b.Context(), a); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
