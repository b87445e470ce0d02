package people

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// known finds the people of the table. A form that is shared or an ordinary word counts with a title before it, or
// where the same person stands in full anywhere in the text.
func (r *reading) known() {
	full := map[string]bool{}
	for _, h := range r.v.Hits(lexicon.Person) {
		if e := r.v.Entry(h); e.Class == lexicon.Safe {
			full[e.ID] = true
		}
	}
	hits(r.v, lexicon.Person, func(at []lexicon.Hit) {
		h := at[0]
		if !r.free(h.First, h.Last) || r.v.Covered(h, lexicon.Outlet, lexicon.Organisation, lexicon.Place) || r.longerName(h) {
			return
		}
		if e := r.choose(at, full); e != nil {
			r.person(h.First, h.Last, wiredesk.Named{
				Name: e.Name, ID: strings.TrimPrefix(e.ID, personID), Span: wiredesk.Span{Start: int(h.Start), End: int(h.End)},
			})
		}
	})
}

// choose is whom a hit means, or nil where nothing decides.
func (r *reading) choose(at []lexicon.Hit, full map[string]bool) *lexicon.Entry {
	for _, h := range at {
		if e := r.v.Entry(h); e.Class == lexicon.Safe || full[e.ID] {
			return e
		}
	}
	if len(at) == 1 && r.v.Tag(at[0].First-1)&lexicon.Title != 0 {
		return r.v.Entry(at[0])
	}
	return nil
}

// longerName says whether another given name stands before a surname: Eric Trump is not Donald.
func (r *reading) longerName(h lexicon.Hit) bool {
	return h.First > 0 && h.Last == h.First+1 && r.v.Tag(h.First-1)&lexicon.Given != 0 && r.name(h.First-1) && r.beside(h.First)
}

func (r *reading) person(first, last int32, n wiredesk.Named) {
	r.use(first, last)
	r.persons = append(r.persons, found{first, last, n})
	r.remember(first, last, n)
}

// remember lets the last word of a full name stand for its owner from here on.
func (r *reading) remember(first, last int32, n wiredesk.Named) {
	t := &r.v.Tokens[last-1]
	if last-first < 2 || !t.Is(lexicon.Cap) || t.End-t.Start < 3 || !strings.Contains(n.Name, " ") {
		return
	}
	if r.surnames[t.Hash] == nil {
		r.surnames[t.Hash] = &found{first, last, n}
	}
}

func (r *reading) byline(b wiredesk.Named) {
	first, last := r.v.TokenAt(b.Start), r.v.TokenAt(b.End-1)+1
	if b.Name == "" || b.End <= b.Start || first >= last || int(last) > len(r.v.Tokens) || !r.free(first, last) {
		return
	}
	r.person(first, last, wiredesk.Named{Name: b.Name, ID: b.ID, Span: b.Span})
}

// surnamesAlone finds the surnames of people whom the text names in full.
func (r *reading) surnamesAlone() {
	if len(r.surnames) == 0 {
		return
	}
	for i := range r.v.Tokens {
		t := &r.v.Tokens[i]
		if r.used[i] || !t.Is(lexicon.Cap) {
			continue
		}
		if f := r.surnames[t.Hash]; f != nil {
			n := f.name
			n.Span = wiredesk.Span{Start: int(t.Start), End: int(t.End)}
			r.persons = append(r.persons, found{int32(i), int32(i) + 1, n})
		}
	}
}

// name says whether a token may be a word of a name.
func (r *reading) name(i int32) bool {
	return i >= 0 && int(i) < len(r.v.Tokens) && r.v.Tokens[i].Is(lexicon.Cap|lexicon.Word) && !r.v.Tokens[i].Is(lexicon.Digit)
}

// beside says whether only a blank, or nothing, stands between a token and the one before, on one line.
func (r *reading) beside(i int32) bool {
	if i <= 0 || int(i) >= len(r.v.Tokens) || r.v.Tokens[i].Is(lexicon.LineStart) {
		return false
	}
	return r.v.Tokens[i].Start-r.v.Tokens[i-1].End <= 2
}

// surface is a name as it should be printed: in one line, and not in capitals throughout.
func (r *reading) surface(first, last int32) string {
	text := strings.Join(strings.Fields(r.span(first, last).In(r.v.Text)), " ")
	if text != strings.ToUpper(text) || text == strings.ToLower(text) {
		return text
	}
	words := strings.Fields(strings.ToLower(text))
	for i, w := range words {
		c, size := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(c)) + w[size:]
	}
	return strings.Join(words, " ")
}
