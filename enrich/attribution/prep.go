package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// according reads "according to X": in front of what X says, behind it, or in its midst.
func (r *reading) according(cue phrase, c clause, before []event) (event, bool) {
	e := event{cue: cue, starts: cue.first}
	first := cue.last
	if r.verbAfterPrep(first) {
		first++ // بحسب ما ذكرت X, как сообщает X
	}
	first = r.pastDay(first, c)
	for first < c.last && !r.latin(first) && !r.tok(first).Is(lexicon.Single) && r.has(first, lexicon.Adverb) {
		first++
	}
	e.who = r.appended(r.upToOutlet(r.after(first, c.last)), c)
	if e.who.empty() {
		return e, false
	}
	r.toldAccording(&e, c)
	after := r.secondPart(&e, c)
	if after == e.who.last && strings.HasPrefix(strings.ToLower(r.words(cue)), "wie") {
		return e, false // a comparison
	}
	n := len(before)
	switch {
	case r.front(cue.first, c):
		return r.inFront(e, after, c)
	case n > 0 && r.comesAfter(before[n-1].who.last, cue.first) && (before[n-1].cueType == "prep_front" || r.tok(cue.first).Is(lexicon.Arabic)):
		before[n-1].right = phrase{r.pastMark(after, c), c.last}
		e.cueType, e.citing, e.nested = "citing", true, true
		return e, true
	}
	if cited, _ := r.cueAt(cue.first); n > 0 && before[n-1].who.first > before[n-1].cue.first && cited&lexicon.Citing != 0 && r.tok(cue.first).Is(lexicon.Arabic) && !r.persian(cue) {
		e.cueType, e.citing = "citing", true
		e.starts = max(c.first, cue.first-1)
		return e, true
	}
	return r.atTail(e, after, c)
}

// comesAfter says whether a cue comes right after a source, or after the comma behind it.
func (r *reading) comesAfter(last, cue int32) bool {
	return last == cue || last+1 == cue && (r.ends(last) || r.joint(last))
}

// secondPart is the token after the source, or after the verb with which some languages close the credit: "Wie X meldete",
// 据 X 报道.
func (r *reading) secondPart(e *event, c clause) int32 {
	after := e.who.last
	switch {
	case r.v.Grammar() == "de" && r.latin(e.cue.first):
		e.resume = r.wieVerb(after, c)
		e.quoted = r.citedBefore(after, e.resume-1)
	case after < c.last && r.tok(e.who.first).Is(lexicon.Single):
		e.resume = r.wireVerb(after, c)
	default:
		return after
	}
	return e.resume
}

// inFront takes what follows as content: "According to X, C".
func (r *reading) inFront(e event, after int32, c clause) (event, bool) {
	e.cueType = "prep_front"
	if after = r.pastMark(after, c); after >= c.last {
		e.who = r.firstOutlet(e.who)
		after = e.who.last
	}
	e.right = phrase{after, c.last}
	return e, !e.right.empty()
}

// atTail takes what stands before as content, and what goes on behind: "C1, according to X, C2".
func (r *reading) atTail(e event, after int32, c clause) (event, bool) {
	e.cueType = "prep_tail"
	e.pending = r.persian(e.cue)
	if e.starts > c.first && !r.tok(e.starts-1).Is(lexicon.Word) && !r.quoted(e.starts-1) {
		e.starts--
	}
	e.left = r.leftContent(e.starts, c)
	if q := r.quoteEnding(e.cue.first); q < 0 || r.quotes[q].first > c.first {
		e.left.first = c.first
	}
	e.right = r.medialRight(after, c)
	if e.right.empty() && r.v.Grammar() == "de" && r.latin(e.cue.first) && after < c.last && !r.ends(after) && !r.quoted(after) {
		e.right = phrase{after, c.last}
	}
	if e.right.empty() {
		e.who = r.extended(e.who, c)
		if at := e.who.last; at > after && at+1 < c.last && r.has(at+1, lexicon.Auxiliary) {
			e.right = phrase{at + 1, c.last}
		}
	}
	return e, !e.left.empty()
}

// pastMark is the token after a comma at i, or i.
func (r *reading) pastMark(i int32, c clause) int32 {
	if i < c.last && r.ends(i) && !r.quoted(i) {
		return i + 1
	}
	return i
}

// toldAccording parts the outlet from who told it something: "Как рассказал ТАСС депутат Иванов, …".
func (r *reading) toldAccording(e *event, c clause) {
	verb := r.surface(e.cue.last - 1)
	next := e.who.last
	if next >= c.last || r.latin(e.cue.first) || r.outletAt[next-1] == 0 || !strings.HasSuffix(verb, "л") && !strings.HasSuffix(verb, "ла") && !strings.HasSuffix(verb, "ли") {
		return
	}
	if r.ends(next) || r.has(next, lexicon.Preposition|lexicon.Conjunction|lexicon.Media) || !r.tok(next).Is(lexicon.Word) {
		return
	}
	if who := r.after(next, c.last); !who.empty() && r.tagsEndingAt(next+1, next)&(lexicon.Title|lexicon.Group) != 0 {
		e.venue, e.who = e.who, who
	}
}

// marked says whether a comma or its like stands among the tokens.
func (r *reading) marked(first, last int32) bool {
	for i := first; i < last; i++ {
		if r.ends(i) && !r.quoted(i) {
			return true
		}
	}
	return false
}

// citedBefore is whom an outlet cites between its name and its verb: "Wie X unter Berufung auf Y berichtet".
func (r *reading) citedBefore(i, verb int32) phrase {
	for ; i < verb; i++ {
		if tags, last := r.cueAt(i); tags&lexicon.Citing != 0 && last < verb {
			return r.after(last, verb)
		}
	}
	return phrase{}
}

// wieVerb is the token after the verb that closes "Wie X … berichtet," or i.
func (r *reading) wieVerb(i int32, c clause) int32 {
	for j := i; j < min(c.last, i+12) && !r.ends(j); j++ {
		if r.has(j, lexicon.Report) && r.lower(j) && (j+1 >= c.last || r.ends(j+1)) {
			return j + 1
		}
	}
	return i
}

// wireVerb is the token after the verb or noun that closes 据 X 报道, 据 X 电.
func (r *reading) wireVerb(i int32, c clause) int32 {
	for j := i; j < min(c.last, i+12) && !r.ends(j); j++ {
		tags, last := r.cueAt(j)
		if tags&lexicon.Report != 0 && last < c.last && r.ends(last) {
			return last
		}
		switch s := r.surface(j); {
		case (s == "电" || s == "讯") && j+1 < c.last && r.ends(j+1):
			return j + 1
		case s == "报" && j+2 < c.last && r.surface(j+1) == "道" && r.ends(j+2):
			return j + 2
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
			last := r.pastName(h.Last, p.last)
			if last < p.last && !r.stillNamed(last, p.last) && r.leadIn(p, h) != leadOther {
				return phrase{p.first, last}
			}
			break
		}
	}
	return p
}

// pastName is the token after the closing mark of a name, and after what a hyphen joins to it: „Bild“-Zeitung.
func (r *reading) pastName(i, last int32) int32 {
	if i < last && r.quoted(i) && !r.tok(i).Is(lexicon.Word) {
		i++
	}
	if i+1 < last && r.mark(i) == '-' && !r.tok(i).Is(lexicon.Spaced) {
		i += 2
	}
	return i
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
	if i > c.first && r.english(i) && r.capped(i) && !r.tok(i).Is(lexicon.AllCaps) && !c.title {
		return true // a sentence whose beginning nothing marks but its capital
	}
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
	if tags, _ := r.cueAt(p.first); r.outletAt[next] > 0 && (tags|r.tagsEndingAt(p.last, p.first))&lexicon.Media != 0 {
		return phrase{p.first, r.after(next, c.last).last}
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
	if r.v.Grammar() == "de" && r.has(c.first, lexicon.Determiner) && e.who.first-c.first < 8 && !r.marked(c.first, e.who.first) {
		e.who.first = c.first // Einer Umfrage im Auftrag des Magazins X zufolge
	}
	r.turkishSource(&e)
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
