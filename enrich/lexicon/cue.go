package lexicon

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed cues.tsv
var cuesFile string

// Cues are the words of the grammar of credit, from the project's own file. A faulty file is an error with the place
// of each fault.
func Cues() ([]Entry, error) { return ReadCues("cues.tsv", cuesFile) }

// ReadCues reads a file of cues: class, language and forms parted by bars, a row each. A form that begins with ^ must
// be spelled with a capital in the text; one that ends in =n carries the number n.
func ReadCues(file, data string) ([]Entry, error) {
	var all []Entry
	seen := map[string]bool{}
	err := Rows(file, data, func(f []string) error {
		if len(f) != 3 {
			return fmt.Errorf("want class, language and forms, parted by tabs; got %d fields", len(f))
		}
		tag, err := tagNamed(f[0])
		if err != nil {
			return err
		}
		for form := range strings.SplitSeq(f[2], "|") {
			e, err := cue(strings.TrimSpace(form))
			if err != nil {
				return err
			}
			key := f[0] + "\t" + f[1] + "\t" + e.Form
			if seen[key] {
				return fmt.Errorf("%q stands twice", form)
			}
			seen[key] = true
			e.Tags, e.Lang = tag, f[1]
			all = append(all, e)
		}
		return nil
	})
	return all, err
}

func cue(form string) (Entry, error) {
	e := Entry{Kind: Cue}
	if rest, ok := strings.CutPrefix(form, "^"); ok {
		form, e.Case = rest, CapCase
	}
	if name, number, ok := strings.Cut(form, "="); ok {
		n, err := strconv.Atoi(number)
		if err != nil {
			return e, fmt.Errorf("%q: the number after = is none", form)
		}
		form, e.Weight = name, float32(n)
	}
	if form == "" {
		return e, fmt.Errorf("empty form: %w", errForm)
	}
	e.Form, e.ID = form, form
	return e, nil
}
