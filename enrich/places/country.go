package places

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/wiredesk/wiredesk/enrich/inflect"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// columns are the languages of countries.tsv, in its order.
var columns = []string{"en", "ar", "fa", "ru", "fr", "es", "de", "tr", "zh"}

// country reads a row of countries.tsv and adds the common names in the languages of its columns.
func (t *table) country(f []string) error {
	if len(f) != 2+len(columns) {
		return fmt.Errorf("want code, name and %d languages, parted by tabs; got %d fields", len(columns), len(f))
	}
	code, err := countryCode(f[0])
	if err != nil {
		return err
	}
	r, err := language.ParseRegion(code)
	if err != nil {
		return fmt.Errorf("country %q: %w", code, err)
	}
	name, own := strings.CutPrefix(f[1], "=")
	if f[1] == "-" {
		name = display.English.Regions().Name(r)
	}
	e := lexicon.Entry{Kind: lexicon.Place, ID: "place/" + strings.ToLower(code), Name: name, Country: code, Weight: 1}
	for i, lang := range columns {
		e.Lang = lang
		for form := range strings.SplitSeq(f[2+i], ",") {
			if err := t.named(e, strings.TrimSpace(form)); err != nil {
				return err
			}
		}
		if !own {
			t.common(e, r)
		}
	}
	e.Lang = ""
	t.add(e, name)
	return nil
}

// named adds a form of the table in all its inflections.
func (t *table) named(e lexicon.Entry, form string) error {
	if form == "-" {
		return nil
	}
	mark := form[:len(form)-len(strings.TrimLeft(form, "?="))]
	all, err := inflect.Forms(form[len(mark):])
	if err != nil {
		return err
	}
	e.Owner = int32(country)
	if isDemonym(form[len(mark):]) {
		e.Owner = int32(demonym)
	}
	for _, f := range all {
		t.add(e, mark+f)
	}
	return nil
}

// isDemonym tells words for people and what is theirs: they begin small, inflect, or are English ones in -ish, -an and the like.
func isDemonym(form string) bool {
	r, _ := utf8.DecodeRuneInString(form)
	if unicode.IsLower(r) && unicode.In(r, unicode.Latin, unicode.Cyrillic) {
		return true
	}
	for _, end := range []string{"%s", "%ar", "ish", "ese", "nch", "tch", "wiss", "eek", "hai"} {
		if strings.HasSuffix(form, end) && !strings.Contains(form, " ") {
			return true
		}
	}
	return false
}

// common adds the country's common name in a language, where it is a name that copy would use.
func (t *table) common(e lexicon.Entry, r language.Region) {
	name := display.Regions(language.Make(e.Lang)).Name(r)
	for _, open := range []string{" (", "（"} {
		name, _, _ = strings.Cut(name, open)
	}
	if name == "" || strings.Contains(name, " - ") {
		return
	}
	if e.Lang != "ru" {
		t.add(e, name)
		return
	}
	for _, f := range inflect.Russian(name) {
		t.add(e, f)
	}
}
