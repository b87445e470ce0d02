package attribution

import (
	_ "embed"
	"fmt"
	"math"
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

// Factors are the factors of the rules of rules.tsv, by rule. Callers must not change them.
func Factors() (map[string]float64, error) { return factors() }

func readFactors(file, data string) (map[string]float64, error) {
	all := map[string]float64{}
	err := lexicon.Rows(file, data, func(f []string) error {
		if len(f) != 3 {
			return fmt.Errorf("want rule, factor and what it is, parted by tabs; got %d fields", len(f))
		}
		factor, err := strconv.ParseFloat(f[1], 64)
		if err != nil || factor <= 0 || math.IsInf(factor, 0) {
			return fmt.Errorf("factor %q of %s: want a number above 0", f[1], f[0])
		}
		if _, ok := all[f[0]]; ok {
			return fmt.Errorf("rule %s stands twice", f[0])
		}
		all[f[0]] = factor
		return nil
	})
	return all, err
}

// confidence is how sure the rules that fired are together, from 0 to 1, in hundredths: the odds that a link is right
// are those of the row "base" times the factor of each rule.
func confidence(rules []string, factors map[string]float64) float64 {
	odds := factors["base"]
	for _, rule := range rules {
		if f, ok := factors[rule]; ok {
			odds *= f
		}
	}
	return min(math.Floor(odds/(1+odds)*100)/100, 0.99)
}
