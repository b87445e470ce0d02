package structure

import "github.com/wiredesk/wiredesk/enrich/lexicon"

// words counts the words of a block; four ideographs count as two.
func (r *reading) words(b lexicon.Block) int {
	n, single := 0, 0
	for i := b.First; i < b.Last; i++ {
		switch t := &r.v.Tokens[i]; {
		case t.Is(lexicon.Single):
			single++
		case t.Is(lexicon.Word):
			n++
		}
	}
	return n + single/2
}

// stopped says whether the block ends as a sentence does, or with a quotation that does.
func (r *reading) stopped(b lexicon.Block) bool {
	for i := b.Last - 1; i >= b.First; i-- {
		t := &r.v.Tokens[i]
		switch t.Rune {
		case '"', '\'', '»', '”', ')', ']', '」', '』', '›':
			continue
		case '.':
			return i == b.First || !r.shortened(i)
		case '!', '?', '؟', '。', '۔', '।', '…':
			return true
		}
		return false
	}
	return false
}

// shortened says whether the full stop at i ends an abbreviation, as in "the U.S. said".
func (r *reading) shortened(i int32) bool {
	before := &r.v.Tokens[i-1]
	one := before.End-before.Start == 1 && before.Is(lexicon.Cap)
	return one || r.v.Tag(i-1)&lexicon.Abbreviation != 0
}

// prose says whether a block is running text: a sentence of some length.
func (r *reading) prose(b lexicon.Block) bool {
	return r.words(b) > 16 || r.stopped(b) && r.words(b) >= 5
}

// headline says whether the first block of a text is its headline: short, and no sentence with a full stop.
func (r *reading) headline(b lexicon.Block) bool {
	last := r.v.Tokens[b.Last-1].Rune
	if last != '!' && last != '?' && last != '؟' && r.stopped(b) && !r.quoted(b) {
		return false
	}
	_, by := r.byline(b, true)
	return r.words(b) <= 32 && !by && !r.openEnded(b)
}

// quoted says whether a block ends in a closing mark with no stop before it.
func (r *reading) quoted(b lexicon.Block) bool {
	i := b.Last - 1
	switch r.v.Tokens[i].Rune {
	case '"', '»', '”', '\'', '」':
		return i > b.First && r.v.Tokens[i-1].Is(lexicon.Word)
	}
	return false
}

// listed says whether a block is an item of a list or of a table.
func (r *reading) listed(b lexicon.Block) bool {
	first := &r.v.Tokens[b.First]
	if first.Is(lexicon.Digit) && b.First+1 < b.Last {
		switch r.v.Tokens[b.First+1].Rune {
		case '.', ')', '/', '-':
			return true
		}
	}
	switch first.Rune {
	case '-', '•', '*', '·', '–', '>', '+', '|', '#', '/', '<', '=':
		return true
	}
	digits := int32(0)
	for i := b.First; i < b.Last; i++ {
		if r.v.Tokens[i].Is(lexicon.Digit) {
			digits++
		}
	}
	return digits*2 > b.Last-b.First
}
