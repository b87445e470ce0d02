package people

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

//go:embed words.tsv
var wordsTSV string

// words are the words that tell names apart, by class.
type words struct{ particle, honour, joining, thing map[string]bool }

var vocabulary = sync.OnceValues(func() (*words, error) {
	w := &words{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	classes := map[string]map[string]bool{"particle": w.particle, "honour": w.honour, "joining": w.joining, "thing": w.thing}
	err := lexicon.Rows("words.tsv", wordsTSV, func(f []string) error {
		if len(f) != 2 || classes[f[0]] == nil {
			return fmt.Errorf("want particle, honour, joining or thing, and words, parted by a tab")
		}
		for word := range strings.FieldsSeq(f[1]) {
			classes[f[0]][word] = true
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("people: %w", err)
	}
	return w, nil
})
