package attribution

import "sort"

// continuations lets a paragraph that is only a quotation go on from the one before, and adds to a direct quotation
// what follows it in the same paragraph.
func (r *reading) continuations() {
	r.carry()
	for q := range r.quotes {
		if r.quotes[q].link > 0 || q == 0 || r.quotes[q].words <= scare && !r.sentenceOnly(r.quotes[q].phrase) {
			continue
		}
		from := r.quotes[q-1].link
		if from == 0 || !r.whole(q) || !r.adjoins(q) {
			continue
		}
		before := r.links[from-1]
		l := link{
			role: before.role, id: before.id, name: before.name, by: "quote_continuation", cueType: "continuation",
			content: []phrase{r.quotes[q].phrase}, scope: "paragraph", parent: -1, section: before.section,
			where: r.quotes[q].first, rules: []string{"quote-continuation"},
		}
		if r.quotes[q].block == r.quotes[q-1].block {
			r.links[from-1].content = append(r.links[from-1].content, r.quotes[q].phrase)
			r.quotes[q].link = from
			continue
		}
		r.links = append(r.links, l)
		r.quotes[q].link = len(r.links)
	}
}

// carry notes for each quotation the innermost link whose content holds it.
func (r *reading) carry() {
	for n, l := range r.links {
		for _, p := range l.content {
			for i := p.first; i < p.last; i++ {
				q := r.inQuote[i]
				if q == 0 {
					continue
				}
				quote := &r.quotes[q-1]
				if p.first <= quote.first && (quote.link == 0 || r.narrower(l, r.links[quote.link-1])) {
					quote.link = n + 1
				}
				i = max(i, quote.last-1)
			}
		}
	}
}

// narrower says whether link a lies inside link b rather than around it.
func (r *reading) narrower(a, b link) bool {
	return width(a) < width(b)
}

func width(l link) int32 {
	n := int32(0)
	for _, p := range l.content {
		n += p.last - p.first
	}
	return n
}

// whole says whether a quotation is all there is in its paragraph, or from its beginning to the end of it.
func (r *reading) whole(q int) bool {
	quote := r.quotes[q]
	b := r.v.Blocks[quote.block]
	if quote.block == r.quotes[q-1].block {
		return r.sentenceOnly(quote.phrase)
	}
	return quote.first == b.First && quote.last >= b.Last-1
}

// sentenceOnly says whether a quotation begins and ends sentences of its own.
func (r *reading) sentenceOnly(p phrase) bool {
	starts, ends := false, false
	if p.first > 0 {
		switch r.mark(p.first - 1) {
		case '.', '!', '?', '。':
			starts = true
		}
	}
	inside := p.last - 2
	if r.mark(inside) == '\'' && r.mark(inside+1) == '\'' {
		inside--
	}
	switch r.mark(inside) {
	case '.', '!', '?', '。', '…':
		ends = true
	}
	return starts && ends
}

// adjoins says whether the quotation before stands in the same paragraph or the one before, in the same section.
func (r *reading) adjoins(q int) bool {
	a, b := r.quotes[q-1], r.quotes[q]
	if b.block-a.block > 1 {
		return false
	}
	return r.sectionAt(a.first) == r.sectionAt(b.first)
}

// sectionAt is the index of the section that holds a token, or the number of sections before it.
func (r *reading) sectionAt(i int32) int {
	at := int(r.tok(i).Start)
	return sort.Search(len(r.a.Sections), func(n int) bool { return r.a.Sections[n].End > at })
}
