package structure

import (
	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// bottom takes sign-offs and the byline off the end of the text.
func (r *reading) bottom(a *wiredesk.Article) {
	for n := 0; n < 3 && r.body-1 > r.from; n++ {
		b := r.block(r.body - 1)
		name, ok := r.byline(b, false)
		switch {
		case r.signOff(b):
		case ok:
			if a.Byline == nil {
				a.Byline = &name
			}
		default:
			return
		}
		r.body--
	}
}

// byline reads a line that names who wrote the story: with a word such as By in front, or, at the end of the text, a
// lone name of two to four capitalised words.
func (r *reading) byline(b lexicon.Block, top bool) (wiredesk.Named, bool) {
	first, labelled := r.afterByline(b)
	if !labelled && top || r.words(b) > 14 {
		return wiredesk.Named{}, false
	}
	last := r.nameEnd(first, b.Last, labelled)
	n := r.nameWords(first, last)
	switch {
	case labelled && n >= 1 && r.bylineTail(last, b.Last):
	case !labelled && n >= 2 && n <= 4 && last == b.Last && !r.named(first, last):
	default:
		return wiredesk.Named{}, false
	}
	s := span(r.v.Tokens[first].Start, r.v.Tokens[last-1].End)
	return wiredesk.Named{Name: s.In(r.v.Text), Span: s}, true
}

// afterByline is the token after "By", "Von", "بقلم", "记者" and a colon, and whether there was any.
func (r *reading) afterByline(b lexicon.Block) (int32, bool) {
	if !r.capital(&r.v.Tokens[b.First]) {
		return b.First, false
	}
	for _, h := range r.v.HitsIn(lexicon.Cue, b.First, b.First+1) {
		if r.v.Entry(h).Tags&lexicon.Byline == 0 {
			continue
		}
		at := h.Last
		if at < b.Last && r.v.Tokens[at].Rune == ':' {
			at++
		}
		return at, at < b.Last
	}
	return b.First, false
}

// nameEnd is the token after the name that begins at first. Labelled lines may name several people.
func (r *reading) nameEnd(first, last int32, several bool) int32 {
	i := first
	for i < last {
		t := &r.v.Tokens[i]
		named := t.Is(lexicon.Word) && !t.Is(lexicon.Digit) && (r.capital(t) || r.particle(i) || several && i > first && r.joins(i, last))
		marks := i > first && (t.Rune == '.' && i+1 < last || t.Rune == '\'' || t.Rune == '-' && !t.Is(lexicon.Spaced))
		if !named && !marks {
			break
		}
		i++
	}
	return i
}

// particle says whether a small word may stand inside a name.
func (r *reading) particle(i int32) bool {
	switch r.v.Surface(i) {
	case "al", "el", "bin", "ibn", "de", "da", "del", "della", "di", "van", "von", "der", "den", "la", "le", "du", "dos", "ben":
		return true
	}
	return false
}

// joins says whether "and" stands between two names.
func (r *reading) joins(i, last int32) bool {
	return r.v.Tag(i)&lexicon.Conjunction != 0 && i+1 < last && r.capital(&r.v.Tokens[i+1])
}

func (r *reading) nameWords(first, last int32) int {
	n := 0
	for i := first; i < last; i++ {
		if r.v.Tokens[i].Is(lexicon.Word) {
			n++
		}
	}
	return n
}

// bylineTail says whether what follows the name may follow one: nothing, an outlet, a title after a comma.
func (r *reading) bylineTail(i, last int32) bool {
	if i == last {
		return true
	}
	switch r.v.Tokens[i].Rune {
	case ',', '-', '|', '(', '/', ';', '.':
		return last-i <= 10
	}
	return last-i <= 5 && r.v.Surface(i) == "in" && i+1 < last && r.capital(&r.v.Tokens[i+1])
}

// named says whether the tokens name something that is no author: an outlet, a place, an organisation, a rubric.
func (r *reading) named(first, last int32) bool {
	for _, k := range []lexicon.Kind{lexicon.Outlet, lexicon.Place, lexicon.Organisation, lexicon.Alert} {
		if len(r.v.HitsIn(k, first, last)) > 0 {
			return true
		}
	}
	const no = lexicon.Kicker | lexicon.SignOff | lexicon.SourceLabel | lexicon.Media | lexicon.Document | lexicon.Weekday | lexicon.Month | lexicon.Determiner | lexicon.Group | lexicon.Report
	capped := 0
	for i := first; i < last; i++ {
		if r.v.Tag(i)&no != 0 {
			return true
		}
		if t := &r.v.Tokens[i]; t.Is(lexicon.Cap) || t.Rune == '.' || t.Rune == '-' || t.Rune == '\'' || r.particle(i) {
			capped++
		}
	}
	return capped < int(last-first)
}

// signOff says whether a block closes the story: who edited, where it comes from, the mark of the end.
func (r *reading) signOff(b lexicon.Block) bool {
	at := b.First
	for at < b.Last && !r.v.Tokens[at].Is(lexicon.Word) {
		at++
	}
	if at == b.Last {
		return true
	}
	if r.words(b) > 40 {
		return false
	}
	for _, h := range r.v.HitsIn(lexicon.Cue, at, at+1) {
		tags := r.v.Entry(h).Tags
		switch {
		case tags&lexicon.SignOff != 0 && (at > b.First || !r.stopped(b) || r.words(b) < 12):
			return true
		case tags&(lexicon.SourceLabel|lexicon.Agencies) != 0 && (h.Last == b.Last || !r.v.Tokens[h.Last].Is(lexicon.Word)) && r.words(b) <= 12:
			return true
		}
	}
	return r.onlyOutlets(b)
}

// onlyOutlets says whether a short block holds outlets and marks and nothing else.
func (r *reading) onlyOutlets(b lexicon.Block) bool {
	hits := r.v.HitsIn(lexicon.Outlet, b.First, b.Last)
	if len(hits) == 0 || r.words(b) > 10 {
		return false
	}
	covered := b.First
	for _, h := range hits {
		for ; covered < h.First; covered++ {
			if r.v.Tokens[covered].Is(lexicon.Word) && r.v.Tag(covered)&(lexicon.Conjunction|lexicon.Determiner) == 0 {
				return false
			}
		}
		covered = max(covered, h.Last)
	}
	for ; covered < b.Last; covered++ {
		if t := &r.v.Tokens[covered]; t.Is(lexicon.Word) && !t.Is(lexicon.AllCaps) {
			return false
		}
	}
	return true
}
