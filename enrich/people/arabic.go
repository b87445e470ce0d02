package people

import "github.com/wiredesk/wiredesk/enrich/lexicon"

// arabicName is the end of a name in Arabic script that begins at a token, or the token itself. Without capitals it
// takes a title at most four words before, and a given name: الوزير فلان بن فلان.
func (r *reading) arabicName(i int32) int32 {
	if r.v.Tag(i)&lexicon.Given == 0 || !r.titledArabic(i) {
		return i
	}
	end := i + 1
	for end < i+4 && int(end) < len(r.v.Tokens) && r.arabicPart(end) {
		joins := r.words.joining[r.v.Surface(end)]
		end++
		if !joins && r.v.Tag(end-1)&lexicon.Given == 0 {
			return end
		}
	}
	if end == i+1 {
		return i
	}
	return end
}

func (r *reading) arabicPart(i int32) bool {
	const other = lexicon.Report | lexicon.Preposition | lexicon.Conjunction | lexicon.Clause | lexicon.Pronoun | lexicon.Determiner |
		lexicon.Participle | lexicon.According
	return r.v.Tokens[i].Is(lexicon.Arabic) && !r.used[i] && r.beside(i) && r.v.Tag(i)&other == 0
}

func (r *reading) titledArabic(i int32) bool {
	for back := int32(1); back <= 4 && i-back >= 0; back++ {
		t := &r.v.Tokens[i-back]
		if r.v.Tag(i-back)&lexicon.Title != 0 {
			return true
		}
		if !t.Is(lexicon.Arabic) || t.Is(lexicon.LineStart) {
			return false
		}
	}
	return false
}
