package places

import (
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/enrich/inflect"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

//go:embed countries.tsv
var countriesTSV string

//go:embed places.tsv
var placesTSV string

// kind is what sort of place an entry names; it stands in the entry's Owner.
type kind int32

const (
	country kind = iota
	demonym
	capital
	city
	region
	none // holds the name of a place, and is none
)

var kinds = map[string]kind{"capital": capital, "city": city, "region": region, "none": none}

// doubts are what else a name may be: an ordinary word, which needs evidence around it, or a person's name, which must
// not stand beside another name.
var doubts = map[string]lexicon.Class{"-": lexicon.Safe, "person": lexicon.Acronym, "word": lexicon.Common}

var terms = sync.OnceValues(func() ([]lexicon.Entry, error) {
	var t table
	err := errors.Join(
		lexicon.Rows("places.tsv", placesTSV, t.place),
		lexicon.Rows("countries.tsv", countriesTSV, t.country),
	)
	if err != nil {
		return nil, fmt.Errorf("places: %w", err)
	}
	return t.ordered(), nil
})

// Terms are the names of countries, their people and adjectives, capitals, cities, regions and seas, in every form
// that the tables know, for the lexicon. Entry.Country is an ISO 3166-1 alpha-2 code, empty for what belongs to no
// country; Entry.Name is the English name. A faulty table is an error with file and line of each fault. Callers must
// not change the slice.
func Terms() ([]lexicon.Entry, error) { return terms() }

// table gathers entries. Of several places with one name the best known must come last: the lexicon hands out the
// latest entry of a form first, and who looks at one hit only should see the best known.
type table struct {
	first, last []lexicon.Entry
	seen        map[string]bool
}

func (t *table) ordered() []lexicon.Entry { return append(t.first, t.last...) }

// add adds a form, without its mark: ? makes it doubtful, = wants this very spelling.
func (t *table) add(e lexicon.Entry, form string) {
	if rest, ok := strings.CutPrefix(form, "?"); ok {
		form, e.Class = rest, lexicon.Common
	}
	e.Case = lexicon.CapCase
	if rest, ok := strings.CutPrefix(form, "="); ok {
		form, e.Case = rest, lexicon.AsStored
	}
	if allCaps(form) {
		e.Case = lexicon.AsStored
	}
	e.Form = form
	key := e.ID + "\t" + form
	if form == "" || t.seen[key] {
		return
	}
	if t.seen == nil {
		t.seen = map[string]bool{}
	}
	t.seen[key] = true
	if e.Weight > 1 {
		t.first = append(t.first, e)
		return
	}
	t.last = append(t.last, e)
}

// allCaps says whether a form is an acronym, which no other spelling stands for.
func allCaps(form string) bool {
	return utf8.RuneCountInString(form) <= 6 && strings.ToUpper(form) == form && strings.IndexFunc(form, unicode.IsUpper) >= 0
}

// place reads a row of places.tsv.
func (t *table) place(f []string) error {
	if len(f) != 6 {
		return fmt.Errorf("want name, country, kind, rank, doubt and forms, parted by tabs; got %d fields", len(f))
	}
	k, ok := kinds[f[2]]
	if !ok {
		return fmt.Errorf("unknown kind %q", f[2])
	}
	rank, err := strconv.Atoi(f[3])
	if err != nil || rank < 1 {
		return fmt.Errorf("rank %q is no number from 1", f[3])
	}
	e := lexicon.Entry{Kind: lexicon.Place, Name: f[0], Weight: float32(rank), Owner: int32(k)}
	if e.Country, err = countryCode(f[1]); err != nil {
		return err
	}
	e.ID = "place/" + strings.ToLower(f[1]) + "/" + f[0]
	if e.Class, ok = doubts[f[4]]; !ok {
		return fmt.Errorf("doubt is %q; want word, person or -", f[4])
	}
	t.add(e, f[0])
	return t.forms(e, f[5])
}

// forms reads "ar:دمشق; ru:Дамаск"; Russian names are declined.
func (t *table) forms(e lexicon.Entry, cell string) error {
	if cell == "-" {
		return nil
	}
	for part := range strings.SplitSeq(cell, ";") {
		lang, form, ok := strings.Cut(strings.TrimSpace(part), ":")
		if !ok || form == "" {
			return fmt.Errorf("%q: want language:form", part)
		}
		e.Lang = strings.TrimPrefix(lang, "-")
		if lang != "ru" {
			t.add(e, form)
			continue
		}
		mark := form[:len(form)-len(strings.TrimLeft(form, "?="))]
		for _, f := range inflect.Russian(form[len(mark):]) {
			t.add(e, mark+f)
		}
	}
	return nil
}

func countryCode(s string) (string, error) {
	if s == "-" {
		return "", nil
	}
	if len(s) != 2 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", fmt.Errorf("country %q is no code of two capitals", s)
	}
	return s, nil
}
