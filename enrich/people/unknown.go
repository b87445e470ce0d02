package people

import (
	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// unknown finds people whom no table knows: after a given name, after a title, and where two capitalised words say
// something.
func (r *reading) unknown() {
	for _, h := range r.v.Hits(lexicon.Outlet) {
		if r.v.Entry(h).Class == lexicon.Safe {
			r.use(h.First, h.Last)
		}
	}
	r.placed = make([]bool, len(r.v.Tokens))
	for _, h := range r.v.Hits(lexicon.Place) {
		for i := h.First; i < h.Last; i++ {
			r.placed[i] = true
		}
	}
	for i := int32(0); int(i) < len(r.v.Tokens); i++ {
		end := r.unknownAt(i)
		if end > i {
			r.person(i, end, wiredesk.Named{Name: r.surface(i, end), Span: r.span(i, end)})
			i = end - 1
		}
	}
}

// unknownAt is the end of the name that begins at a token, or the token itself.
func (r *reading) unknownAt(i int32) int32 {
	if r.used[i] {
		return i
	}
	if r.v.Tokens[i].Is(lexicon.Arabic) {
		return r.arabicName(i)
	}
	if !r.name(i) || r.notName(i) || r.placed[i] && r.v.Tag(i)&lexicon.Given == 0 {
		return i
	}
	end := r.nameEnd(i)
	words := r.count(i, end)
	titled := r.v.Tag(i-1)&lexicon.Title != 0 && r.beside(i) || r.honoured(i)
	switch {
	case r.things(i, end):
	case titled && words == 1 && r.name(end) && r.beside(end):
	case r.v.Tag(i)&lexicon.Given != 0 && words >= 2:
		return end
	case titled && words >= 1 && r.v.Grammar() != "de":
		return end
	case titled && words == 2:
		return end
	case words >= 2 && words <= 3 && r.v.Grammar() != "de" && r.speaks(i, end):
		return end
	}
	return i
}

// notName tells capitalised words that begin no name.
func (r *reading) notName(i int32) bool {
	const other = lexicon.Month | lexicon.Weekday | lexicon.Determiner | lexicon.Pronoun | lexicon.Preposition | lexicon.Conjunction |
		lexicon.Title | lexicon.Group | lexicon.Media | lexicon.Document | lexicon.Adverb | lexicon.MediaQuality | lexicon.Agencies
	tag := r.v.Tag(i)
	return tag&other != 0 && tag&lexicon.Given == 0
}

// nameEnd is the end of a run of capitalised words, particles, initials and hyphens, of at most five words.
func (r *reading) nameEnd(i int32) int32 {
	end, words := i+1, 1
	given := r.v.Tag(i)&lexicon.Given != 0
	for words < 5 && int(end) < len(r.v.Tokens) {
		next := end
		switch {
		case r.v.Tokens[next].Rune == '-' && !r.v.Tokens[next].Is(lexicon.Spaced):
			next++
		case r.v.Tokens[next].Rune == '.' && r.v.Tokens[next-1].End-r.v.Tokens[next-1].Start == 1:
			next++
		case r.elided(next):
			next++
		}
		for p := 0; p < 2 && r.particle(next); p++ {
			next++
			if int(next) < len(r.v.Tokens) && r.v.Tokens[next].Rune == '-' {
				next++
			}
		}
		if !r.name(next) || r.used[next] || !r.beside(next) || r.notName(next) || r.placed[next] && !given {
			break
		}
		end, words = next+1, words+1
	}
	return r.afterHyphen(end)
}

// elided says whether an apostrophe joins one letter to a name: O'Malley, d'Estaing.
func (r *reading) elided(i int32) bool {
	t := &r.v.Tokens[i]
	return t.Rune == '\'' && !t.Is(lexicon.Spaced) && r.v.Tokens[i-1].End-r.v.Tokens[i-1].Start == 1 && r.name(i+1)
}

// afterHyphen takes in a small word behind a hyphen: Won-soon.
func (r *reading) afterHyphen(end int32) int32 {
	if int(end)+1 >= len(r.v.Tokens) || r.v.Tokens[end].Rune != '-' || r.v.Tokens[end].Is(lexicon.Spaced) {
		return end
	}
	if small := &r.v.Tokens[end+1]; small.Is(lexicon.Word) && !small.Is(lexicon.Spaced) && !r.used[end+1] {
		return end + 2
	}
	return end
}

func (r *reading) particle(i int32) bool {
	return int(i)+1 < len(r.v.Tokens) && r.beside(i) && r.words.particle[r.v.Surface(i)]
}

// count is how many words a run has, without particles and marks.
func (r *reading) count(first, last int32) int {
	n := 0
	for i := first; i < last; i++ {
		if r.name(i) {
			n++
		}
	}
	return n
}

func (r *reading) honoured(i int32) bool {
	if i == 0 || !r.beside(i) {
		return false
	}
	if r.words.honour[r.v.Surface(i-1)] {
		return true
	}
	return i > 1 && r.v.Tokens[i-1].Rune == '.' && r.words.honour[r.v.Surface(i-2)]
}

// speaks says whether a verb of saying stands beside a run of words, or an age after it.
func (r *reading) speaks(first, last int32) bool {
	if r.v.Tokens[first].Is(lexicon.AllCaps) {
		return false
	}
	if r.v.Tag(last)&lexicon.Report != 0 {
		return true
	}
	if int(last)+2 < len(r.v.Tokens) && r.v.Tokens[last].Rune == ',' {
		age := &r.v.Tokens[last+1]
		return age.Is(lexicon.Digit) && age.End-age.Start == 2 && r.v.Tokens[last+2].Rune == ','
	}
	return false
}

// things says whether a run of words names no person; its first word may be a surname all the same.
func (r *reading) things(first, last int32) bool {
	for i := first + 1; i < last; i++ {
		if r.words.thing[r.v.Surface(i)] || r.v.Tag(i)&(lexicon.Group|lexicon.Media) != 0 {
			return true
		}
	}
	return false
}
