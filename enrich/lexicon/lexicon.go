// Package lexicon reads a text once for everybody: it cuts it into tokens, lines, paragraphs and sentences, and finds in
// one pass every outlet, cue, place, organisation, person and term that its one token trie knows. The enrichers share
// that view. The text is never rewritten: every offset is a byte offset into the text as it came.
package lexicon

import (
	"errors"
	"fmt"
	"slices"
	"sync"
)

// Lexicon holds the forms of all kinds. It is immutable and safe for concurrent use; to change one, build the next with
// [Lexicon.Extend] and swap the pointer.
type Lexicon struct {
	fold    *folding
	trie    *trie
	entries []Entry
	briefs  []brief // of the entries, in their order
	words   []uint8 // by trie node: hasCue, and a bit for each tongue that it is a function word of
	outlets map[string]*Newsroom
	views   *sync.Pool
}

// New builds a lexicon of entries. Faulty entries are an error, all of them joined. The same form of the same id given
// twice counts once; cues with the same form in one language share their tags.
func New(entries ...[]Entry) (*Lexicon, error) {
	l := &Lexicon{fold: folds(), outlets: map[string]*Newsroom{}}
	l.views = &sync.Pool{New: func() any { return new(View) }}
	total := 0
	for _, some := range entries {
		total += len(some)
	}
	g := newGrowing(total)
	l.entries = make([]Entry, 0, total)
	var faults []error
	var toks []Token
	for _, some := range entries {
		for _, e := range some {
			toks = tokenize(l.fold, e.Form, toks[:0])
			if err := l.add(g, e, toks); err != nil {
				faults = append(faults, err)
			}
		}
	}
	l.trie = g.freeze()
	l.briefs = make([]brief, len(l.entries))
	for i := range l.entries {
		l.briefs[i] = l.entries[i].brief()
	}
	l.words = l.wordMasks()
	return l, errors.Join(faults...)
}

func (l *Lexicon) add(g *growing, e Entry, toks []Token) error {
	if err := e.check(); err != nil {
		return err
	}
	if len(toks) == 0 || len(toks) > maxForm {
		return fmt.Errorf("lexicon: %s %q: a form has 1 to %d tokens, this has %d", e.ID, e.Form, maxForm, len(toks))
	}
	for i := g.at(toks); i >= 0; i = g.links[i].next {
		known := &l.entries[g.links[i].entry]
		if known.Kind != e.Kind {
			continue
		}
		if e.Kind == Cue && known.Case == e.Case && known.Lang == e.Lang {
			known.Tags |= e.Tags
			known.Weight = max(known.Weight, e.Weight)
			return nil
		}
		if e.Kind != Cue && known.ID == e.ID && known.Form == e.Form {
			return nil
		}
	}
	l.entries = append(l.entries, e)
	g.add(toks, int32(len(l.entries)-1))
	return nil
}

// maxForm bounds the tokens of a form, and so the look-ahead at each token of a text.
const maxForm = 24

// Standard is a lexicon of the project's own outlets and cues and whatever else is given.
func Standard(more ...[]Entry) (*Lexicon, error) {
	rooms, err := Newsrooms()
	if err != nil {
		return nil, err
	}
	cues, err := Cues()
	if err != nil {
		return nil, err
	}
	l, err := New(append([][]Entry{Forms(rooms), cues}, more...)...)
	if err != nil {
		return nil, err
	}
	for i := range rooms {
		l.outlets[rooms[i].ID] = &rooms[i]
	}
	return l, nil
}

// Extend is a new lexicon with more outlets and entries; this one stays as it is. An outlet with a known id adds its
// forms to it.
func (l *Lexicon) Extend(rooms []Newsroom, more ...[]Entry) (*Lexicon, error) {
	next, err := New(append([][]Entry{l.entries, Forms(rooms)}, more...)...)
	if err != nil {
		return nil, err
	}
	for id, room := range l.outlets {
		next.outlets[id] = room
	}
	for i := range rooms {
		if next.outlets[rooms[i].ID] == nil {
			next.outlets[rooms[i].ID] = &rooms[i]
		}
	}
	next.views = l.views
	return next, nil
}

// Newsroom is the outlet with that id, or nil.
func (l *Lexicon) Newsroom(id string) *Newsroom { return l.outlets[id] }

// Len is the number of forms.
func (l *Lexicon) Len() int { return len(l.entries) }

// Read cuts the text and finds every form in it, in time linear in its length. The view is the caller's until
// [View.Release]. The text must be valid UTF-8 of less than 2 GiB; other bytes are read as punctuation.
func (l *Lexicon) Read(text string) *View {
	v := l.views.Get().(*View)
	v.lex = l
	v.Text = text
	v.Tokens = tokenize(l.fold, text, slices.Grow(v.Tokens[:0], len(text)/6))
	v.layout()
	v.match()
	v.tagWords()
	v.split()
	return v
}
