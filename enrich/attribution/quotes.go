package attribution

import (
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// quote is a stretch between quotation marks, marks included. One that never closes ends with its paragraph.
type quote struct {
	phrase
	block int32
	open  bool // no closing mark
	words int
	link  int // index of the link that carries it + 1
}

// scare is how many words in marks are a word of distance rather than speech, where no cue says otherwise.
const scare = 3

var closing = map[rune]rune{'“': '”', '«': '»', '„': '“', '‘': '’', '‹': '›', '「': '」', '『': '』', '»': '«', '"': '"', '\'': '\''}

// findQuotes finds the outermost quotations of every paragraph.
func (r *reading) findQuotes() {
	for b := range r.v.Blocks {
		if !r.quotesIn(int32(b), true) {
			r.quotesIn(int32(b), false)
		}
	}
	for n, q := range r.quotes {
		for i := q.first; i < q.last; i++ {
			r.inQuote[i] = int32(n + 1)
		}
	}
}

// quotesIn runs a stack of open marks over a paragraph. It gives up, and takes back what it found, where an apostrophe
// was taken for an opening mark.
func (r *reading) quotesIn(block int32, apostrophes bool) bool {
	type open struct {
		mark rune
		at   int32
	}
	var stack [4]open
	depth, found := 0, len(r.quotes)
	b := r.v.Blocks[block]
	for i := b.First; i < b.Last; i++ {
		t := r.tok(i)
		if t.Is(lexicon.Word) {
			continue
		}
		m, _ := utf8.DecodeRuneInString(r.v.Text[t.Start:])
		if r.doubled(i, b.Last) && !(depth > 1 && stack[depth-1].mark == '\'' && r.mark(i+2) == '\'') {
			m, i = '"', i+1
		}
		if depth > 0 && r.closes(i, b.Last, stack[depth-1].mark, m) {
			depth--
			if depth == 0 {
				r.addQuote(stack[0].at, i+1, block, false)
			}
			continue
		}
		if depth < len(stack) && r.opens(i, b, m) && (apostrophes || m != '\'' && m != '‘') {
			stack[depth] = open{m, r.opening(i)}
			depth++
		}
	}
	if depth == 0 {
		return true
	}
	if apostrophes && (stack[0].mark == '\'' || stack[0].mark == '‘' || stack[depth-1].mark == '\'') {
		r.quotes = r.quotes[:found]
		return false
	}
	r.addQuote(stack[0].at, b.Last, block, true)
	return true
}

// doubled says whether two single marks stand for a double one, as in old copy.
func (r *reading) doubled(i, last int32) bool {
	return r.mark(i) == '\'' && i+1 < last && r.mark(i+1) == '\'' && !r.tok(i+1).Is(lexicon.Spaced)
}

func (r *reading) addQuote(first, last, block int32, open bool) {
	q := quote{phrase: phrase{first, last}, block: block, open: open}
	for i := first; i < last; i++ {
		if r.tok(i).Is(lexicon.Word) {
			q.words++
		}
	}
	if q.words > 0 {
		r.quotes = append(r.quotes, q)
	}
}

// opening is the first token of an opening mark: the one before, where the mark is doubled.
func (r *reading) opening(i int32) int32 {
	if r.mark(i) == '\'' && i > 0 && r.mark(i-1) == '\'' && !r.tok(i).Is(lexicon.Spaced) {
		return i - 1
	}
	return i
}

func (r *reading) closes(i, last int32, opened, m rune) bool {
	t := r.tok(i)
	free := i+1 == last || r.tok(i+1).Is(lexicon.Spaced) || !r.tok(i+1).Is(lexicon.Word)
	switch opened {
	case '„':
		return m == '“' || m == '”' || m == '"'
	case '“':
		return m == '”' || m == '"' && !t.Is(lexicon.Spaced)
	case '\'', '‘':
		return (m == '\'' || m == '’') && free && !t.Is(lexicon.Spaced)
	case '"':
		return m == '"' && (free || !t.Is(lexicon.Spaced)) || m == '”'
	}
	return m == closing[opened]
}

func (r *reading) opens(i int32, b lexicon.Block, m rune) bool {
	t := r.tok(i)
	if r.opening(i) < i {
		return i+1 < b.Last && !r.tok(i+1).Is(lexicon.Spaced)
	}
	fresh := i == b.First || t.Is(lexicon.Spaced) || !r.tok(i-1).Is(lexicon.Word)
	tight := i+1 < b.Last && !r.tok(i+1).Is(lexicon.Spaced)
	switch m {
	case '“', '„', '«', '「', '『', '‹':
		return true
	case '”', '»':
		return fresh && tight && t.Is(lexicon.Spaced)
	case '"':
		return fresh || tight
	case '\'', '‘':
		return fresh && tight && (r.tok(i+1).Is(lexicon.Word) || r.mark(i+1) == '"') && (i == b.First || t.Is(lexicon.Spaced) || r.mark(i-1) == '(')
	}
	return false
}

// quoteEnding is the quote whose last token is just before i, or -1; a comma may stand between.
func (r *reading) quoteEnding(i int32) int {
	for back := range int32(3) {
		at := i - 1 - back
		if at < 0 || int(at)+1 >= len(r.inQuote) || back > 0 && r.mark(at+1) != ',' && r.mark(at+1) != '،' && r.mark(at+1) != '-' {
			return -1
		}
		if r.tok(at + 1).Is(lexicon.ParaStart) {
			return -1
		}
		if n := r.inQuote[at]; n > 0 && r.quotes[n-1].last == at+1 {
			return int(n - 1)
		}
	}
	return -1
}

// quoteStarting is the quote whose first token is i, or just after a colon or comma there, or -1.
func (r *reading) quoteStarting(i int32) int {
	if m := r.mark(i); m == ':' || m == ',' || m == '،' {
		i++
	}
	if int(i) >= len(r.inQuote) {
		return -1
	}
	if n := r.inQuote[i]; n > 0 && r.quotes[n-1].first == i {
		return int(n - 1)
	}
	return -1
}

func (r *reading) quoted(i int32) bool { return r.inQuote[i] > 0 }
