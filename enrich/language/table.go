package language

import (
	_ "embed"
	"fmt"
	"math/bits"
	"strings"
	"sync"
	"unicode"
)

//go:embed languages.tsv
var languagesTSV string

// family is the languages of one script, and what votes for which of them. A mask has one bit per language of the
// family.
type family struct {
	tags    []string
	words   map[string]uint64
	letters map[rune]uint64
	// expected are the languages that no paragraph is written in without a letter that they alone have.
	expected uint64
}

type families [scripts]family

var load = sync.OnceValues(func() (*families, error) { return parse("languages.tsv", languagesTSV) })

// Tags are the languages that Detect tells apart, as BCP 47 tags in the order of the table.
func Tags() ([]string, error) {
	all, err := load()
	if err != nil {
		return nil, err
	}
	var tags []string
	for _, f := range all {
		tags = append(tags, f.tags...)
	}
	return tags, nil
}

func parse(file, data string) (*families, error) {
	all := &families{}
	seen := map[string]bool{}
	n := 0
	for line := range strings.Lines(data) {
		n++
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) != 4 || cols[0] == "" {
			return nil, fmt.Errorf("language: %s:%d: want tag, script, letters and words, separated by tabs", file, n)
		}
		s, ok := scriptNamed(cols[1])
		if !ok {
			return nil, fmt.Errorf("language: %s:%d: unknown script %q", file, n, cols[1])
		}
		if seen[cols[0]] {
			return nil, fmt.Errorf("language: %s:%d: %s is in the table twice", file, n, cols[0])
		}
		seen[cols[0]] = true
		if len(all[s].tags) == 1 && int(s) >= tallyScripts {
			return nil, fmt.Errorf("language: %s:%d: script %s has a language already, and no votes are counted in it", file, n, cols[1])
		}
		if err := all[s].add(cols[0], cols[2], cols[3]); err != nil {
			return nil, fmt.Errorf("language: %s:%d: %w", file, n, err)
		}
	}
	return all, nil
}

func (f *family) add(tag, letters, words string) error {
	if len(f.tags) == 64 {
		return fmt.Errorf("more than 64 languages of one script")
	}
	if f.words == nil {
		f.words, f.letters = map[string]uint64{}, map[rune]uint64{}
	}
	bit := uint64(1) << len(f.tags)
	f.tags = append(f.tags, tag)
	for _, r := range letters {
		if r == '!' {
			f.expected |= bit
			continue
		}
		f.letters[r] |= bit
	}
	for w := range strings.FieldsSeq(words) {
		if strings.IndexFunc(w, func(r rune) bool { return scriptOf(r) == none && !unicode.IsMark(r) }) >= 0 {
			return fmt.Errorf("word %q has a character that no word of this table may have", w)
		}
		f.words[w] |= bit
	}
	return nil
}

// share is what one vote is worth to each language that has the word or letter.
func share(mask uint64) float32 { return 1 / float32(bits.OnesCount64(mask)) }
