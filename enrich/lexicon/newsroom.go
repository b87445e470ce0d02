package lexicon

import (
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed outlets.tsv
var outletsFile string

// Newsroom is a news agency, broadcaster, paper or site that copy credits.
type Newsroom struct {
	ID      string // kebab-case; once used it does not change
	Kind    string // agency, broadcaster, newspaper, magazine, site
	Country string // ISO 3166-1 alpha-2
	State   bool   // run by a state or its ruling party
	Name    string // the first of its names
	Names   []Name
}

// Name is one form of a newsroom's name.
type Name struct {
	Lang  string
	Form  string
	Class Class
}

// Newsrooms are the outlets of the project's own file. A faulty file is an error with the place of each fault.
func Newsrooms() ([]Newsroom, error) { return ReadNewsrooms("outlets.tsv", outletsFile) }

var (
	roomKinds   = []string{"agency", "broadcaster", "newspaper", "magazine", "site"}
	idPattern   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	countryCode = regexp.MustCompile(`^[A-Z]{2}$`)
	langCode    = regexp.MustCompile(`^[a-z]{2,3}$`)
)

// ReadNewsrooms reads a file of outlets: id, kind, country, "state" or "-", then a field for each language, as in
// "en:Agence France-Presse|AFP^B". ^B marks a form as an acronym that needs evidence, ^C as an ordinary word.
func ReadNewsrooms(file, data string) ([]Newsroom, error) {
	var all []Newsroom
	seen := map[string]bool{}
	owner := map[string]string{}
	err := Rows(file, data, func(f []string) error {
		if len(f) < 5 {
			return fmt.Errorf("want id, kind, country, state and at least one language, parted by tabs; got %d fields", len(f))
		}
		room := Newsroom{ID: f[0], Kind: f[1], Country: f[2], State: f[3] == "state"}
		faults := []error{room.check(f[3])}
		if seen[room.ID] {
			faults = append(faults, fmt.Errorf("id %s stands twice", room.ID))
		}
		seen[room.ID] = true
		for _, field := range f[4:] {
			names, err := readNames(field)
			faults = append(faults, err)
			for _, n := range names {
				key := n.Lang + "\t" + n.Form
				if o := owner[key]; o != "" {
					faults = append(faults, fmt.Errorf("form %q (%s) stands twice, first for %s", n.Form, n.Lang, o))
				}
				owner[key] = room.ID
			}
			room.Names = append(room.Names, names...)
		}
		if len(room.Names) > 0 {
			room.Name = room.Names[0].Form
		}
		all = append(all, room)
		return errors.Join(faults...)
	})
	return all, err
}

func (r *Newsroom) check(state string) error {
	switch {
	case !idPattern.MatchString(r.ID):
		return fmt.Errorf("id %q: want small letters, digits and single hyphens", r.ID)
	case !slices.Contains(roomKinds, r.Kind):
		return fmt.Errorf("unknown kind %q: want one of %s", r.Kind, strings.Join(roomKinds, ", "))
	case !countryCode.MatchString(r.Country):
		return fmt.Errorf("country %q is no ISO 3166-1 alpha-2 code", r.Country)
	case state != "state" && state != "-":
		return fmt.Errorf("%q: want state or -", state)
	}
	return nil
}

func readNames(field string) ([]Name, error) {
	lang, forms, ok := strings.Cut(field, ":")
	if !ok || !langCode.MatchString(lang) {
		return nil, fmt.Errorf("%q: want a language code, a colon and names", field)
	}
	var names []Name
	for form := range strings.SplitSeq(forms, "|") {
		n := Name{Lang: lang, Form: form}
		if name, class, ok := strings.Cut(form, "^"); ok {
			i := strings.Index("ABC", class)
			if i < 0 || len(class) != 1 {
				return nil, fmt.Errorf("%q: unknown class %q", form, class)
			}
			n.Form, n.Class = name, Class(i)
		}
		if strings.TrimSpace(n.Form) != n.Form || n.Form == "" {
			return nil, fmt.Errorf("%q: empty or padded form", form)
		}
		names = append(names, n)
	}
	return names, nil
}

// Forms are the entries of outlets: every name, as the trie takes it. Names of one word must be spelled with a capital
// where they have one; acronyms as stored.
func Forms(rooms []Newsroom) []Entry {
	var all []Entry
	for i := range rooms {
		r := &rooms[i]
		for _, n := range r.Names {
			e := Entry{Kind: Outlet, ID: r.ID, Name: r.Name, Form: n.Form, Lang: n.Lang, Country: r.Country, Class: n.Class}
			switch {
			case n.Class == Acronym && !strings.ContainsAny(n.Form, " -") && n.Form != strings.ToLower(n.Form):
				e.Case = AsStored
			case !strings.Contains(n.Form, " "):
				e.Case = CapCase
			}
			all = append(all, e)
			all = append(all, declined(e)...)
		}
	}
	return all
}

// declined are the cases of a Russian or Ukrainian name of one word that ends in a consonant: Интерфакса, Интерфаксу.
// Acronyms in capitals do not change.
func declined(e Entry) (all []Entry) {
	r, _ := utf8.DecodeLastRuneInString(e.Form)
	if e.Lang != "ru" && e.Lang != "uk" || strings.Contains(e.Form, " ") || !strings.ContainsRune("бвгджзклмнпрстфхцчшщ", r) {
		return nil
	}
	for _, ending := range []string{"а", "у", "ом", "е"} {
		e.Form = strings.TrimSuffix(e.Form, ending) + ending
		all = append(all, e)
		e.Form = strings.TrimSuffix(e.Form, ending)
	}
	return all
}
