package lexicon

import "strings"

// split cuts every block into sentences.
func (v *View) split() {
	v.Sentences = v.Sentences[:0]
	for n, b := range v.Blocks {
		first := b.First
		for i := b.First; i < b.Last; i++ {
			if !v.stops(i, b) {
				continue
			}
			end := v.afterClosers(i+1, b.Last)
			if end < b.Last && !v.starts(i, end) {
				continue
			}
			v.sentence(first, end, n)
			first, i = end, end-1
		}
		if first < b.Last {
			v.sentence(first, b.Last, n)
		}
	}
}

func (v *View) sentence(first, last int32, block int) {
	v.Sentences = append(v.Sentences, Sentence{
		Start: v.Tokens[first].Start, End: v.Tokens[last-1].End, First: first, Last: last, Block: int32(block),
	})
}

// stops says whether token i may end a sentence.
func (v *View) stops(i int32, b Block) bool {
	switch v.Tokens[i].Rune {
	case '!', '?', '؟', '。', '۔', '।':
		return true
	case '…':
		return i+1 < b.Last && v.Tokens[i+1].Is(Spaced)
	case '.':
		return !v.abbreviation(i, b)
	}
	return false
}

// afterClosers is the token after the quotation marks and brackets that close with the sentence.
func (v *View) afterClosers(i, last int32) int32 {
	for i < last && !v.Tokens[i].Is(Spaced) {
		if v.opensQuote(i) {
			break
		}
		switch v.Tokens[i].Rune {
		case '"', '\'', '»', '”', ')', ']', '」', '』', '.', '!', '?', '›':
			i++
			continue
		}
		break
	}
	return i
}

// opensQuote says whether a mark can only open a quotation.
func (v *View) opensQuote(i int32) bool {
	at := v.Tokens[i].Start
	return strings.HasPrefix(v.Text[at:], "“") || strings.HasPrefix(v.Text[at:], "‘")
}

// starts says whether the token at next begins a sentence after the stop at i.
func (v *View) starts(i, next int32) bool {
	t := &v.Tokens[next]
	switch v.Tokens[i].Rune {
	case '。':
		return true
	case '.':
		if !t.Is(Spaced) {
			return false
		}
	}
	switch {
	case t.Is(Digit), t.Is(Single), t.Is(Arabic):
		return true
	case t.Is(Word):
		return t.Is(Cap) || !t.Is(Spaced) || !cased(v.Text[t.Start:t.End])
	}
	switch t.Rune {
	case ',', ';', ':', ')', '.':
		return false
	}
	return t.Is(Spaced)
}

// cased says whether a word is of a script that knows capitals, so that a small letter means something.
func cased(word string) bool {
	for _, r := range word {
		return r < 0x530
	}
	return false
}

// abbreviation says whether the full stop at i belongs to a shortened word or a number.
func (v *View) abbreviation(i int32, b Block) bool {
	if i == b.First || v.Tokens[i].Is(Spaced) || i+1 >= b.Last {
		return false
	}
	before := &v.Tokens[i-1]
	if !v.Tokens[i+1].Is(Spaced) && v.Tokens[i+1].Is(Word) && !v.Tokens[i+1].Is(Cap) {
		return true
	}
	if !before.Is(Word) || before.Is(Single) {
		return false
	}
	if before.End-before.Start == 1 && before.Is(Cap) {
		return !v.opensSentence(i, b)
	}
	return v.Tag(i-1)&Abbreviation != 0
}

// opensSentence says whether, after an initial, the next word is one that begins sentences: "in the U.S. The …".
func (v *View) opensSentence(i int32, b Block) bool {
	lone := i < b.First+3 || v.Tokens[i-2].Rune != '.' || v.Tokens[i-2].Is(Spaced)
	if lone {
		return false
	}
	next := &v.Tokens[i+1]
	return next.Is(Cap) && v.Tag(i+1)&(Determiner|Pronoun|Preposition) != 0
}
