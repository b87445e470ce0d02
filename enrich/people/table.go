package people

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/enrich/inflect"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

//go:embed people.tsv
var peopleTSV string

//go:embed organisations.tsv
var organisationsTSV string

//go:embed bodies.tsv
var bodiesTSV string

//go:embed given.tsv
var givenTSV string

// Prefixes of the ids of entries.
const (
	personID = "person/"
	bodyID   = "body/" // of a state: names an organisation together with a country
)

// The languages of the columns of people.tsv and organisations.tsv, and of bodies.tsv; empty for any in Latin letters.
var (
	nameColumns = []string{"", "ar", "fa", "ru", "zh"}
	bodyColumns = []string{"en", "ar", "fa", "ru", "fr", "es", "de", "tr", "zh"}
)

var terms = sync.OnceValues(func() ([]lexicon.Entry, error) {
	t := &table{seen: map[string]bool{}}
	err := errors.Join(
		lexicon.Rows("people.tsv", peopleTSV, t.person),
		lexicon.Rows("organisations.tsv", organisationsTSV, t.organisation),
		lexicon.Rows("bodies.tsv", bodiesTSV, t.body),
		lexicon.Rows("given.tsv", givenTSV, t.given),
	)
	if err != nil {
		return nil, fmt.Errorf("people: %w", err)
	}
	return t.entries, nil
})

// Terms are the people in office, the organisations and the given names that the tables know, in all their forms, for
// the lexicon. The id of a person's entry begins with "person/". A faulty table is an error with file and line of
// each fault. Callers must not change the slice.
func Terms() ([]lexicon.Entry, error) { return terms() }

type table struct {
	entries []lexicon.Entry
	seen    map[string]bool
}

func (t *table) add(e lexicon.Entry, form string) {
	key := fmt.Sprint(e.Kind, e.ID, "\t", form)
	if form == "" || t.seen[key] {
		return
	}
	t.seen[key] = true
	e.Form, e.Case = form, lexicon.CapCase
	if utf8.RuneCountInString(form) <= 6 && strings.ToUpper(form) == form && strings.ToLower(form) != form {
		e.Case = lexicon.AsStored
	}
	t.entries = append(t.entries, e)
}

// person reads a row of people.tsv: the name, and more forms by script. ! marks a form that is safe by itself, ? one
// that needs evidence; full names are safe.
func (t *table) person(f []string) error {
	if len(f) != 2+len(nameColumns) {
		return fmt.Errorf("want name, country and %d columns of forms, parted by tabs; got %d fields", len(nameColumns), len(f))
	}
	e := lexicon.Entry{Kind: lexicon.Person, ID: personID + slug(f[0]), Name: f[0], Country: strings.TrimPrefix(f[1], "-")}
	t.add(e, f[0])
	for i, lang := range nameColumns {
		e.Lang = lang
		for form := range strings.SplitSeq(f[2+i], ",") {
			form = strings.TrimSpace(form)
			e.Class, e.Weight = lexicon.Safe, 1
			if rest, ok := strings.CutSuffix(form, "?"); ok {
				form, e.Class = rest, lexicon.Acronym
			}
			if rest, ok := strings.CutSuffix(form, "!"); ok {
				form = rest
			}
			if form == "-" {
				continue
			}
			all, err := inflections(lang, form)
			if err != nil {
				return err
			}
			for _, one := range all {
				t.add(e, one)
			}
		}
	}
	return nil
}

func inflections(lang, form string) ([]string, error) {
	if lang == "ru" && !strings.ContainsAny(form, "[%") {
		return inflect.RussianPerson(form), nil
	}
	return inflect.Forms(form)
}

// organisation reads a row of organisations.tsv.
func (t *table) organisation(f []string) error {
	if len(f) != 2+len(nameColumns) {
		return fmt.Errorf("want id, name and %d columns of forms, parted by tabs; got %d fields", len(nameColumns), len(f))
	}
	e := lexicon.Entry{Kind: lexicon.Organisation, ID: f[0], Name: f[1]}
	return t.cells(e, nameColumns, f[2:])
}

// body reads a row of bodies.tsv.
func (t *table) body(f []string) error {
	if len(f) != 1+len(bodyColumns) {
		return fmt.Errorf("want body and %d languages, parted by tabs; got %d fields", len(bodyColumns), len(f))
	}
	e := lexicon.Entry{Kind: lexicon.Organisation, ID: bodyID + slug(f[0]), Name: f[0], Class: lexicon.Common}
	return t.cells(e, bodyColumns, f[1:])
}

func (t *table) cells(e lexicon.Entry, langs, cells []string) error {
	class := e.Class
	for i, lang := range langs {
		e.Lang = lang
		for form := range strings.SplitSeq(cells[i], ",") {
			form = strings.TrimPrefix(strings.TrimSpace(form), "=")
			e.Class = class
			if rest, ok := strings.CutPrefix(form, "?"); ok {
				form, e.Class = rest, lexicon.Acronym
			}
			if form == "-" {
				continue
			}
			all, err := inflect.Forms(form)
			if err != nil {
				return err
			}
			for _, one := range all {
				t.add(e, one)
			}
		}
	}
	return nil
}

// given reads a row of given.tsv. Given names are words of the grammar, so that whoever reads names may ask for them.
func (t *table) given(f []string) error {
	if len(f) != 2 {
		return fmt.Errorf("want language and names, parted by a tab; got %d fields", len(f))
	}
	for name := range strings.FieldsSeq(f[1]) {
		t.add(lexicon.Entry{Kind: lexicon.Cue, ID: name, Tags: lexicon.Given}, name)
		if f[0] == "ru" {
			for _, one := range inflect.Russian(name) {
				t.add(lexicon.Entry{Kind: lexicon.Cue, ID: one, Tags: lexicon.Given}, one)
			}
		}
	}
	return nil
}

// slug is a name as an id: lower-case letters and hyphens.
func slug(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch r {
		case ' ':
			r = '-'
		case '.':
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
