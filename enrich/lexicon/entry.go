package lexicon

import (
	"errors"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// Kind says what sort of thing a form names. Hits of different kinds may overlap; hits of one kind never do, but for
// several entries with the same form.
type Kind uint8

// The kinds of the one trie, and who reads them.
const (
	Outlet       Kind = iota // news agencies, broadcasters, papers: attribution, dateline
	Cue                      // words of the grammar of credit, by Tags: attribution, structure, dateline
	Place                    // countries, cities, regions: places, dateline
	Organisation             // bodies and companies: people, attribution
	Person                   // people in office: people
	Topic                    // terms and phrases that speak for a topic: topics
	Language                 // function words that give a language away: language
	Alert                    // words of urgency: alert
	kinds
)

// Class is how much evidence a form needs before it may be read as what it names.
type Class uint8

// The classes of ambiguity of a form.
const (
	Safe    Class = iota // A: safe wherever it stands
	Acronym              // B: needs evidence around it
	Common               // C: an ordinary word; needs strong evidence
)

// Letter is the class as the data files spell it: A, B or C.
func (c Class) Letter() string { return string('A' + rune(c)) }

// Case is what the spelling in the text must share with the form for a hit.
type Case uint8

// The demands on case, from none to all.
const (
	AnyCase  Case = iota // folded match
	CapCase              // where the form begins upper-case, so must the text
	AsStored             // the very spelling of the form
)

// Entry is one form of one thing. Kind and ID together say what it names; the same form may stand for several ids.
type Entry struct {
	Kind    Kind
	ID      string // the owner's id: an outlet id, an organisation id, a topic code …
	Name    string // what to call it in results; empty where the form will do
	Form    string // as it is spelled in copy; matched token by token, folded
	Lang    string // BCP 47 language of the form, empty for any
	Country string // ISO 3166-1 alpha-2, where the thing has one
	Class   Class
	Case    Case
	Weight  float32 // the owner's to use
	Tags    Tag     // of cues: what part the form plays in the grammar
	Owner   int32   // the owner's to use: an index into its own table
}

var errForm = errors.New("no word in it")

func (e *Entry) check() error {
	switch {
	case e.Kind >= kinds:
		return fmt.Errorf("lexicon: %q: unknown kind %d", e.Form, e.Kind)
	case !utf8.ValidString(e.Form):
		return fmt.Errorf("lexicon: %s %q: form is not UTF-8", e.ID, e.Form)
	case e.Class > Common:
		return fmt.Errorf("lexicon: %s %q: unknown class %d", e.ID, e.Form, e.Class)
	}
	return nil
}

// needsCap says whether the first letter of the form is upper-case.
func (e *Entry) needsCap() bool {
	r, _ := utf8.DecodeRuneInString(e.Form)
	return e.Case == CapCase && unicode.IsUpper(r)
}

// brief is what matching needs of an entry, kept close together.
type brief struct {
	tags   Tag
	kind   Kind
	tongue tongue
	as     Case
	cap    bool // the form begins upper-case, and so must the text
}

func (e *Entry) brief() brief {
	b := brief{tags: e.Tags, kind: e.Kind, as: e.Case, cap: e.needsCap()}
	if e.Kind == Cue && e.Tags&(Month|Weekday) == 0 {
		b.tongue = tongueOf(e.Lang)
	}
	return b
}

// Hit is an entry found in a text. Start and End are bytes, First and Last tokens, all half open. Start may lie inside
// the first token: in Arabic a hit begins after the conjunction, preposition or article that is written as one with it.
type Hit struct {
	Entry       int32
	Start, End  int32
	First, Last int32
}
