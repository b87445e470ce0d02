package topics

import (
	"cmp"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/wiredesk/wiredesk/enrich/inflect"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

//go:embed topics.tsv
var topicsTSV string

// columns are the languages of topics.tsv, in its order.
var columns = []string{"en", "ar", "ru", "fa", "fr", "es", "de", "tr", "zh"}

const prefix = "medtop:"

// Topic is a line of the table: an IPTC Media Topic.
type Topic struct {
	Code   string // medtop:20000640
	Name   string
	Parent string // code of the topic above, empty at the top level

	parent int // index into the table, -1 at the top level
}

// term is a term of a topic, all its forms together.
type term struct {
	topic int // index into the table
	worth float64
}

// table is the topics and the terms that speak for them. An entry's Owner is the number of its term, counted
// from 1.
type table struct {
	topics  []Topic
	index   map[string]int
	terms   []term
	entries []lexicon.Entry
}

var load = sync.OnceValues(func() (*table, error) {
	t := &table{index: map[string]int{}}
	if err := lexicon.Rows("topics.tsv", topicsTSV, t.row); err != nil {
		return nil, fmt.Errorf("topics: %w", err)
	}
	return t, nil
})

// termOf is the term that a hit found, under a key of its own. An entry that is not of this table, such as an
// operator's, speaks for the topic that its ID names, with its Weight, 1 where that is 0.
func (t *table) termOf(h lexicon.Hit, e *lexicon.Entry) (key int32, found term, ok bool) {
	if n := int(e.Owner); n > 0 && n <= len(t.terms) {
		return e.Owner, t.terms[n-1], true
	}
	topic, ok := t.index[e.ID]
	return -1 - h.Entry, term{topic, float64(cmp.Or(e.Weight, 1))}, ok
}

// Terms are the weighted terms of all topics in all their forms, for the lexicon. A faulty table is an error with
// file and line of each fault. Callers must not change the slice.
func Terms() ([]lexicon.Entry, error) {
	t, err := load()
	if err != nil {
		return nil, err
	}
	return t.entries, nil
}

// Table is the topics that Enrich tells apart, each after its parent.
func Table() ([]Topic, error) {
	t, err := load()
	if err != nil {
		return nil, err
	}
	return append([]Topic(nil), t.topics...), nil
}

func (t *table) row(f []string) error {
	if len(f) != 3+len(columns) {
		return fmt.Errorf("want code, name, parent and %d languages, parted by tabs; got %d fields", len(columns), len(f))
	}
	topic := Topic{Code: prefix + f[0], Name: f[1], parent: -1}
	if len(f[0]) != 8 || strings.Trim(f[0], "0123456789") != "" {
		return fmt.Errorf("code %q is not of eight digits", f[0])
	}
	if _, known := t.index[topic.Code]; known {
		return fmt.Errorf("%s is in the table twice", f[0])
	}
	if f[2] != "-" {
		topic.Parent = prefix + f[2]
		above, known := t.index[topic.Parent]
		if !known {
			return fmt.Errorf("parent %s of %s must stand above it", f[2], f[0])
		}
		topic.parent = above
	}
	t.index[topic.Code] = len(t.topics)
	t.topics = append(t.topics, topic)
	for i, lang := range columns {
		if err := t.cell(topic, lang, f[3+i]); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) cell(topic Topic, lang, cell string) error {
	if cell == "-" {
		return nil
	}
	for part := range strings.SplitSeq(cell, ",") {
		form, number, weighted := strings.Cut(strings.TrimSpace(part), "^")
		weight := 1.0
		if weighted {
			w, err := strconv.ParseFloat(number, 32)
			if err != nil || w <= 0 || w > 3 {
				return fmt.Errorf("weight of %q is no number up to 3", part)
			}
			weight = w
		}
		forms, err := inflect.Forms(form)
		if err != nil {
			return err
		}
		t.terms = append(t.terms, term{t.index[topic.Code], weight})
		for _, f := range forms {
			t.entries = append(t.entries, lexicon.Entry{
				Kind: lexicon.Topic, ID: topic.Code, Form: f, Lang: lang, Case: caseOf(f), Owner: int32(len(t.terms)),
			})
		}
	}
	return nil
}

// caseOf asks for capitals where a term has them: acronyms as they stand, names at their beginning.
func caseOf(form string) lexicon.Case {
	if len(form) <= 6 && strings.ToUpper(form) == form && strings.ToLower(form) != form {
		return lexicon.AsStored
	}
	return lexicon.CapCase
}
