package attribution

import "github.com/wiredesk/wiredesk/enrich/lexicon"

// according reads "according to X": in front of what X says, behind it, or in its midst.
func (r *reading) according(cue phrase, c clause, before []event) (event, bool) {
	e := event{cue: cue, starts: cue.first}
	first := cue.last
	if r.verbAfterPrep(first) {
		first++ // بحسب ما ذكرت X, как сообщает X
	}
	e.who = r.upToOutlet(r.after(first, c.last))
	e.who = r.appended(e.who, c)
	if e.who.empty() {
		return e, false
	}
	after := e.who.last
	if after+1 < c.last && r.v.Grammar() == "de" && r.has(after, lexicon.Report) && r.lower(after) {
		after++
		e.resume = after
	}
	if after < c.last && r.tok(after).Is(lexicon.Single) {
		after = r.wireVerb(after, c)
		e.resume = after
	}
	if r.front(cue.first, c) {
		e.cueType = "prep_front"
		if after < c.last && r.ends(after) && !r.quoted(after) {
			after++
		}
		if after >= c.last {
			e.who = r.firstOutlet(e.who)
			after = e.who.last
		}
		e.right = phrase{after, c.last}
		return e, !e.right.empty()
	}
	if n := len(before); n > 0 && before[n-1].cueType == "prep_front" && before[n-1].who.last == cue.first {
		if after < c.last && r.ends(after) && !r.quoted(after) {
			after++
		}
		before[n-1].right = phrase{after, c.last}
		e.cueType, e.citing, e.nested = "citing", true, true
		return e, true
	}
	e.cueType = "prep_tail"
	if e.starts > c.first && !r.tok(e.starts-1).Is(lexicon.Word) && !r.quoted(e.starts-1) {
		e.starts--
	}
	e.left = r.leftContent(e.starts, c)
	if q := r.quoteEnding(cue.first); q < 0 || r.quotes[q].first > c.first {
		e.left.first = c.first
	}
	e.right = r.medialRight(after, c)
	if e.right.empty() {
		e.who = r.extended(e.who, c)
	}
	return e, !e.left.empty()
}

// wireVerb is the token after the verb or noun that closes 据 X 报道, 据 X 电.
func (r *reading) wireVerb(i int32, c clause) int32 {
	for j := i; j < min(c.last, i+12) && !r.ends(j); j++ {
		tags, last := r.cueAt(j)
		if tags&lexicon.Report != 0 && last < c.last && r.ends(last) {
			return last
		}
		if s := r.surface(j); (s == "电" || s == "讯") && j+1 < c.last && r.ends(j+1) {
			return j + 1
		}
	}
	return i
}

// upToOutlet ends a source at the outlet it names, where the language would go on without a comma: "Laut SANA wurden …".
func (r *reading) upToOutlet(p phrase) phrase {
	if p.empty() || r.english(p.first) {
		return p
	}
	for i := p.first; i < min(p.last, p.first+8); i++ {
		if n := r.outletAt[i]; n > 0 {
			h := r.v.Hits(lexicon.Outlet)[n-1]
			if h.Last < p.last && !r.stillNamed(h.Last, p.last) && r.leadIn(p, h) != leadOther {
				return phrase{p.first, h.Last}
			}
			break
		}
	}
	return p
}

// firstOutlet ends a phrase after the outlet that it begins with, where no comma parts it from what follows.
func (r *reading) firstOutlet(p phrase) phrase {
	for i := p.first; i < min(p.last, p.first+5); i++ {
		n := r.outletAt[i]
		if n == 0 {
			continue
		}
		last := r.v.Hits(lexicon.Outlet)[n-1].Last
		for last < p.last && r.mediaTail(last) {
			_, last = r.cueAt(last)
		}
		return phrase{p.first, min(last, p.last)}
	}
	return p
}

// stillNamed says whether the words after an outlet belong to its name: qualities and a bracket.
func (r *reading) stillNamed(i, last int32) bool {
	for ; i < last; i++ {
		switch {
		case r.mark(i) == '(':
			return true
		case !r.has(i, lexicon.MediaQuality|lexicon.Media):
			return false
		}
	}
	return true
}

// verbAfterPrep says whether a verb of report belongs to the preposition: "بحسب ما ذكرت", "as reported".
func (r *reading) verbAfterPrep(i int32) bool {
	return int(i) < len(r.v.Tokens) && r.has(i, lexicon.Report) && !r.tok(i).Is(lexicon.Single) && (r.tok(i).Is(lexicon.Arabic) || r.v.Text[r.tok(i).Start] >= 0xD0)
}

// front says whether a cue begins its sentence, but for a word such as "But" or "Meanwhile".
func (r *reading) front(i int32, c clause) bool {
	for ; i > c.first; i-- {
		if r.tok(i-1).Is(lexicon.Word) && !r.has(i-1, lexicon.Conjunction|lexicon.Adverb) {
			return false
		}
	}
	return true
}

// appended adds an apposition to an outlet or person: "the daily, Valley Herald", "Ada Brandt, a lawyer in Oslo".
func (r *reading) appended(p phrase, c clause) phrase {
	if p.empty() || p.last+1 >= c.last || r.mark(p.last) != ',' && r.mark(p.last) != '،' {
		return p
	}
	next := p.last + 1
	if r.outletAt[next] > 0 && r.tagsEndingAt(p.last, p.first)&lexicon.Media != 0 {
		return phrase{p.first, r.after(next, c.last).last}
	}
	return p
}

// passive reads "reported by X", "X was quoted as saying by Y": only an outlet is credited so.
func (r *reading) passive(cue phrase, c clause) (event, bool) {
	e := event{cue: cue, cueType: "passive", starts: cue.first, press: true}
	e.who = r.after(cue.last, c.last)
	if e.who.empty() {
		return e, false
	}
	e.left = r.leftContent(cue.first, c)
	if e.left.empty() {
		e.right = phrase{min(e.who.last+1, c.last), c.last}
	}
	return e, true
}

// citesAt says whether a form of "cite" is the participle or the verb of an outlet here.
func (r *reading) citesAt(cue phrase, c clause) bool {
	if cue.last >= c.last || r.has(cue.last, lexicon.Preposition) && !r.tok(cue.last).Is(lexicon.Arabic) {
		return false
	}
	tags, _ := r.cueAt(cue.first)
	return tags&lexicon.Report == 0 || cue.last-cue.first > 1
}

// relayed says whether عن stands where a credit is passed on, right after the outlet that did.
func (r *reading) relayed(cue phrase, before []event) bool {
	if !r.tok(cue.first).Is(lexicon.Arabic) || cue.last-cue.first > 1 || r.surface(cue.first) != "عن" {
		return true
	}
	n := len(before)
	return n > 0 && before[n-1].press && before[n-1].who.last == cue.first
}

// citing reads "citing X" after another credit, which it makes the outer link of the chain.
func (r *reading) citing(cue phrase, c clause, before []event) (event, bool) {
	e := event{cue: cue, cueType: "citing", starts: cue.first, citing: len(before) > 0}
	e.who = r.after(cue.last, c.last)
	if e.who.empty() {
		return e, false
	}
	if e.starts > c.first && r.mark(e.starts-1) == ',' {
		e.starts--
	}
	if len(before) == 0 {
		e.left = r.leftContent(cue.first, c)
		e.pending = true
		if r.front(cue.first, c) {
			e.left = phrase{}
			e.right = phrase{min(e.who.last+1, c.last), c.last}
		}
	}
	return e, true
}

// venue reads "in an interview with X": where it was said.
func (r *reading) venue(cue phrase, c clause) (event, bool) {
	e := event{cue: cue, cueType: "venue", starts: c.last, press: true, nested: true}
	who := r.after(cue.last, c.last)
	if who.empty() {
		return e, false
	}
	e.venue = who
	return e, true
}

// participle reads ", adding C": the subject is the one before, or the sentence's own.
func (r *reading) participle(cue phrase, c clause, before []event) (event, bool) {
	e := event{cue: cue, cueType: "verb_participle", inherit: true, starts: cue.first, rules: []string{"participle"}}
	if cue.first == c.first {
		return e, false
	}
	i := cue.first - 1
	for i > c.first && r.adverb(i) {
		i--
	}
	switch {
	case r.mark(i) == ',' || r.mark(i) == '،' || r.mark(i) == '-':
		e.starts = i
	case r.joint(i) && len(before) > 0, r.quoted(i):
		e.starts = i
	case len(before) > 0 || r.has(i, lexicon.Preposition|lexicon.Auxiliary|lexicon.Determiner):
		return e, false
	}
	at := r.content(&e, lexicon.Report, c)
	if at >= c.last {
		return e, false
	}
	e.right = phrase{at, c.last}
	if len(before) == 0 {
		e.who = r.opener(c.first, i)
		if e.who.empty() {
			return e, false
		}
	}
	return e, true
}

// opener is the name or office that opens a sentence, whose verb is not known.
func (r *reading) opener(first, last int32) phrase {
	p := phrase{first, first}
	for p.last < last && p.last < first+10 {
		i := p.last
		tags, next := r.cueAt(i)
		switch {
		case i == first && r.has(i, lexicon.Determiner), r.capped(i) && !r.has(i, lexicon.Preposition|lexicon.Weekday|lexicon.Month):
		case tags&(lexicon.Title|lexicon.Group) != 0:
			p.last = next
			continue
		case r.mark(i) == '.' && r.shortens(i), r.mark(i) == '-' && !r.tok(i).Is(lexicon.Spaced):
		default:
			return p
		}
		p.last++
	}
	return p
}

// postposed reads "X'e göre", "X zufolge": the cue stands after the name.
func (r *reading) postposed(cue phrase, c clause) (event, bool) {
	e := event{cue: cue, cueType: "prep_front", starts: cue.first, rules: []string{"postposed"}}
	e.who = r.before(cue.first, c.first)
	if e.who.empty() {
		return e, false
	}
	after := cue.last
	if after < c.last && r.ends(after) {
		after++
	}
	e.right = phrase{after, c.last}
	if e.who.first > c.first+1 {
		e.left = r.leftContent(e.who.first, c)
		e.starts = e.who.first
	}
	return e, !e.right.empty() || !e.left.empty()
}
