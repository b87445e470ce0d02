package places

import "github.com/wiredesk/wiredesk/enrich/lexicon"

// partOfName says whether a hit is a word of a person's name: Michael Jordan, Mr. London, Paris Hilton.
func (r *reading) partOfName(h lexicon.Hit) bool {
	before := r.v.Tag(h.First - 1)
	if before&lexicon.Given != 0 && r.capital(h.First-1) && r.beside(h.First) {
		return true
	}
	e := r.v.Entry(h)
	if kind(e.Owner) == demonym || r.v.Grammar() != "en" {
		return false
	}
	if h.First > 1 && r.v.Tokens[h.First-1].Rune == '.' && r.v.Tag(h.First-2)&lexicon.Abbreviation != 0 && r.honorific(h.First-2) {
		return true
	}
	return before&lexicon.Title != 0 && r.capital(h.First-1) && !r.capital(h.First-2) && kind(e.Owner) >= capital
}

// inPerson says whether a hit lies within the name of a person found. It is asked in the order of the text.
func (r *reading) inPerson(h lexicon.Hit) bool {
	for len(r.people) > 0 && r.people[0].End <= int(h.Start) {
		r.people = r.people[1:]
	}
	return len(r.people) > 0 && r.people[0].Start <= int(h.Start) && int(h.End) <= r.people[0].End
}

// honorifics stand before a surname, with a full stop or without.
var honorifics = map[string]bool{
	"Mr": true, "Mrs": true, "Ms": true, "Dr": true, "Prof": true, "Rep": true, "Sen": true, "Gen": true, "Lt": true, "Col": true,
	"Sgt": true, "Capt": true, "Maj": true, "Gov": true, "Rev": true, "Jr": true,
}

func (r *reading) honorific(i int32) bool { return honorifics[r.v.Surface(i)] }

func (r *reading) capital(i int32) bool { return i >= 0 && r.v.Tokens[i].Is(lexicon.Cap) }

// beside says whether only a blank stands between the token and the one before.
func (r *reading) beside(i int32) bool {
	t, before := &r.v.Tokens[i], &r.v.Tokens[i-1]
	return t.Is(lexicon.Spaced) && !t.Is(lexicon.LineStart) && t.Start-before.End <= 2
}

// inDateline says whether a hit lies in the dateline.
func (r *reading) inDateline(h lexicon.Hit) bool {
	d := r.dateline
	return d != nil && int(h.Start) >= d.Start && int(h.End) <= d.End
}

// opens says whether a hit begins a paragraph, a sentence or a quotation, where every word has a capital.
func (r *reading) opens(h lexicon.Hit) bool {
	if h.First == 0 || r.v.Tokens[h.First].Is(lexicon.LineStart) {
		return true
	}
	switch r.v.Tokens[h.First-1].Rune {
	case '.', '!', '?', ':', '"', '«', '\'':
		return true
	}
	return false
}

// namesPerson says whether a capitalised word goes on right after the hit, as a surname does.
func (r *reading) namesPerson(h lexicon.Hit) bool {
	if int(h.Last) >= len(r.v.Tokens) {
		return false
	}
	t := &r.v.Tokens[h.Last]
	return t.Is(lexicon.Cap|lexicon.Spaced) && !t.Is(lexicon.LineStart) && len(r.v.HitsIn(lexicon.Place, h.Last, h.Last+1)) == 0
}

// inPlace says whether a comma or a bracket and another place follow: "Reading, England".
func (r *reading) inPlace(h lexicon.Hit) bool {
	next := h.Last
	if int(next)+1 >= len(r.v.Tokens) {
		return false
	}
	switch r.v.Tokens[next].Rune {
	case ',', '(', '،', '，':
		return len(r.v.HitsIn(lexicon.Place, next+1, next+2)) > 0
	}
	return false
}
