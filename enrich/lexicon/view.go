package lexicon

import "sort"

// View is a text that has been read. It is read-only and safe for concurrent reading until it is released.
type View struct {
	Text      string
	Tokens    []Token
	Lines     []Line
	Blocks    []Block    // paragraphs: stretches between blank lines, indents, or lines that were not wrapped
	Sentences []Sentence // in order; none crosses a block

	// Scratch is memory that attribution keeps from one text to the next; nobody else may touch it.
	Scratch any

	lex     *Lexicon
	hits    [kinds][]Hit
	words   []int32 // by token: the trie node of the word alone, or 0
	tags    []Tag   // by token: of the cues of one word
	cueTags []Tag   // by token: of the longest cue that begins there
	cueEnds []int32 // by token: the token after that cue
	latin   string  // the language of cues in Latin letters
	arabic  string  // and in Arabic ones
}

// Line is one line of the text, without the white space around it. Empty lines are left out.
type Line struct {
	Start, End  int32 // bytes
	First, Last int32 // tokens
	Number      int32 // counted from 0, empty lines included
}

// Block is a paragraph: one line, or several that were wrapped. LineFirst and LineLast index Lines, half open.
type Block struct {
	Start, End          int32
	First, Last         int32
	LineFirst, LineLast int32
}

// Sentence is one sentence of a block.
type Sentence struct {
	Start, End  int32
	First, Last int32
	Block       int32
}

// Hits are the hits of a kind by place in the text. Callers must not change them.
func (v *View) Hits(k Kind) []Hit { return v.hits[k] }

// HitsIn are the hits of a kind whose first token lies in [first, last).
func (v *View) HitsIn(k Kind, first, last int32) []Hit {
	all := v.hits[k]
	from := sort.Search(len(all), func(i int) bool { return all[i].First >= first })
	to := from
	for to < len(all) && all[to].First < last {
		to++
	}
	return all[from:to]
}

// Grammar is the language, among those with cues, that the words of the text written in Latin letters vote for: "en"
// where none do. It is a matter of reading cues, not the language of the story.
func (v *View) Grammar() string { return v.latin }

// ArabicGrammar is what Grammar is, for the words written in Arabic letters: "ar" or "fa".
func (v *View) ArabicGrammar() string { return v.arabic }

// Tag is what parts the one-word cue at a token may play; 0 where it is none. Longer cues are hits only.
func (v *View) Tag(i int32) Tag {
	if i < 0 || int(i) >= len(v.tags) {
		return 0
	}
	return v.tags[i]
}

// Cue is the tags of the longest cue that begins at a token, and the token after it; of a token that begins none, 0 and the
// next token.
func (v *View) Cue(i int32) (Tag, int32) { return v.cueTags[i], v.cueEnds[i] }

// Entry is the entry that a hit found. Callers must not change it.
func (v *View) Entry(h Hit) *Entry { return &v.lex.entries[h.Entry] }

// Newsroom is the outlet that a hit of kind Outlet found, or nil.
func (v *View) Newsroom(h Hit) *Newsroom { return v.lex.outlets[v.Entry(h).ID] }

// Room is the outlet with that id, or nil.
func (v *View) Room(id string) *Newsroom { return v.lex.outlets[id] }

// Surface is the token as the text spells it.
func (v *View) Surface(i int32) string {
	t := &v.Tokens[i]
	return v.Text[t.Start:t.End]
}

// Covered says whether a hit lies within a longer hit of one of the kinds, as Shanghai lies within Shanghai Cooperation
// Organisation.
func (v *View) Covered(h Hit, by ...Kind) bool {
	for _, k := range by {
		all := v.hits[k]
		for i := sort.Search(len(all), func(i int) bool { return all[i].First > h.First }) - 1; i >= 0; i-- {
			o := all[i]
			if o.First <= h.First && o.Last >= h.Last && o.Last-o.First > h.Last-h.First {
				return true
			}
			if h.First-o.First > maxForm {
				break
			}
		}
	}
	return false
}

// TokenAt is the index of the first token that ends after the byte offset: the token there, or the next one.
func (v *View) TokenAt(offset int) int32 {
	return int32(sort.Search(len(v.Tokens), func(i int) bool { return int(v.Tokens[i].End) > offset }))
}

// Release gives the view's memory back for the next text. Neither the view nor its slices may be used after that.
func (v *View) Release() {
	const keep = 1 << 18 // tokens; the memory of a huge text is not worth holding on to
	pool := v.lex.views
	v.Text, v.lex = "", nil
	if cap(v.Tokens) <= keep {
		pool.Put(v)
	}
}
