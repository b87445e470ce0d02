package attribution

import (
	_ "embed"
	"fmt"
	"strconv"
	"sync"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

//go:embed rules.tsv
var rulesFile string

// factors are the factors of rules.tsv; a fault in the file is found by the first reading and by Check.
var factors = sync.OnceValues(func() (map[string]float64, error) { return readFactors("rules.tsv", rulesFile) })

// Check says what is wrong with the package's own tables, by file and line.
func Check() error {
	_, err := factors()
	return err
}

func readFactors(file, data string) (map[string]float64, error) {
	all := map[string]float64{}
	err := lexicon.Rows(file, data, func(f []string) error {
		if len(f) != 3 {
			return fmt.Errorf("want rule, factor and what it is, parted by tabs; got %d fields", len(f))
		}
		factor, err := strconv.ParseFloat(f[1], 64)
		if err != nil || factor <= 0 || factor > 1.1 {
			return fmt.Errorf("factor %q of %s: want a number above 0 and up to 1.1", f[1], f[0])
		}
		if _, ok := all[f[0]]; ok {
			return fmt.Errorf("rule %s stands twice", f[0])
		}
		all[f[0]] = factor
		return nil
	})
	return all, err
}

// confidence is how sure the rules that fired are together, from 0 to 1, in hundredths.
func (l *link) confidence(factors map[string]float64) float64 {
	score := 1.0
	plain := len(l.cueType) == 0 || l.cue.empty()
	for _, rule := range l.rules {
		plain = plain || rule == "plain-cue" || factors[rule] > 0 && l.scope != "sentence"
		if f, ok := factors[rule]; ok {
			score *= f
		}
	}
	if !plain {
		score *= factors["other-cue"]
	}
	return float64(int(min(score, 0.99)*100+0.5)) / 100
}
