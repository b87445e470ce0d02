package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// placed decides where the content of a verb with a subject before it stands.
func (r *reading) placed(e event, tags lexicon.Tag, c clause) (event, bool) {
	if e.who.first > c.first && r.neither(e.who.first-1) || r.neither(e.who.first) {
		return e, false
	}
	e.starts = e.who.first
	parted := r.parted(e.who.first, c)
	q := r.quoteEnding(e.who.first)
	left := q >= 0 && (parted || r.quotes[q].words > scare)
	if parted && q < 0 {
		e.starts--
	}
	at := r.content(&e, tags, c)
	if tags&lexicon.Citing != 0 {
		at = r.asSaying(&e, at, c)
	}
	if left && q >= 0 && r.mark(r.quotes[q].last-2) == '.' && at < c.last && !r.ends(at) && r.sentenceStart(e.who.first) {
		left, parted = false, false
	}
	switch {
	case parted && q < 0 && r.quoteStarting(at) >= 0 && r.adjunct(c.first):
		e.right = phrase{r.quotes[r.quoteStarting(at)].first, c.last}
	case parted && q < 0 && at < c.last && r.has(at, lexicon.Preposition) && r.quoteStarting(at) < 0 && e.who.first > c.first+4:
		e.left = r.leftContent(e.who.first, c)
	case at < c.last && !r.ends(at) || r.quoteStarting(at) >= 0 && r.mark(at) != ',':
		if left && r.quoteStarting(at) < 0 && !r.has(at, lexicon.Clause) {
			e.left = r.leftContent(e.who.first, c)
			break
		}
		if r.mark(at) == ':' {
			at++
		}
		e.right = phrase{at, c.last}
		if left {
			e.left = r.leftContent(e.who.first, c)
		}
		e.nested = !parted
	case !left && !parted && at < c.last-3 && (r.mark(at) == ',' || r.mark(at) == '،'):
		e.right = phrase{r.pastAside(at+1, c), c.last}
		e.nested = true
	case !left && at < c.last && r.mark(at) == ':' && at+1 < c.last:
		e.right = phrase{at + 1, c.last}
	case left || parted:
		e.left = r.leftContent(e.who.first, c)
		e.right = r.medialRight(at, c)
		if !e.right.empty() {
			e.cueType = "verb_medial"
			if q < 0 && r.onlyLeads(e.left) {
				e.left, e.cueType = phrase{}, "verb"
			}
		}
	case !r.outletBefore(e.cue.first, c.first).empty() && e.who.first > c.first:
		e.left = phrase{c.first, e.who.first}
		e.rules = append(e.rules, "unpunctuated")
	default:
		return event{}, false
	}
	if tags&lexicon.Weak != 0 && tags&lexicon.Report == 0 && q < 0 && !r.clauseAt(e.right) {
		return event{}, false
	}
	return e, !e.left.empty() || !e.right.empty()
}

// pastAside is the token after words between commas that credit someone else: "reported, citing SANA, that …".
func (r *reading) pastAside(i int32, c clause) int32 {
	tags, _ := r.cueAt(i)
	if tags&(lexicon.Citing|lexicon.Participle|lexicon.According) == 0 {
		return i
	}
	for j := i; j < min(c.last, i+20); j++ {
		if r.mark(j) == ',' || r.mark(j) == '،' {
			return j + 1
		}
	}
	return i
}

// onlyLeads says whether the words before a cue in its midst are too few to be content: "However, he said, …", 对此，….
func (r *reading) onlyLeads(p phrase) bool {
	if r.tok(p.first).Is(lexicon.Single) {
		return p.last-p.first <= 4
	}
	return p.last-p.first == 1
}

// neither says whether a word denies what its subject is said to do.
func (r *reading) neither(i int32) bool {
	switch r.surface(i) {
	case "nor", "Neither", "neither", "Nobody", "No", "nobody":
		return true
	}
	return false
}

// adjunct says whether a sentence opens with words that tell when or how it was said: "Asked about it, he said …".
func (r *reading) adjunct(i int32) bool {
	s := r.surface(i)
	return s == "Asked" || s == "Pressed" || strings.HasSuffix(s, "ing") || r.has(i, lexicon.Preposition|lexicon.Conjunction|lexicon.Participle)
}

// asSaying reads "quoted Y as saying C": it notes Y and gives the token where C begins.
func (r *reading) asSaying(e *event, at int32, c clause) int32 {
	for i := at; i < min(c.last-1, at+18); i++ {
		if r.surface(i) == "as" && r.has(i+1, lexicon.Participle) {
			e.quoted = phrase{at, i}
			return i + 2
		}
	}
	return at
}

// parted says whether a comma, a dash or a quotation that ends like one stands before the subject.
func (r *reading) parted(first int32, c clause) bool {
	if first <= c.first {
		return false
	}
	switch r.mark(first - 1) {
	case ',', '-', '،':
		return true
	}
	if !r.quoted(first-1) || first-2 < 0 {
		return false
	}
	switch r.mark(first - 2) {
	case ',', '.', '!', '?', '…', '\'':
		return true
	}
	return false
}

// sentenceStart says whether a sentence begins at a token.
func (r *reading) sentenceStart(i int32) bool {
	n := r.memory.sentence
	return n >= 0 && n < len(r.v.Sentences) && r.v.Sentences[n].First == i
}

// clauseAt says whether a clause is reported: "that …", or a subject and a helper soon after.
func (r *reading) clauseAt(p phrase) bool {
	if p.empty() {
		return false
	}
	if r.has(p.first, lexicon.Clause) {
		return true
	}
	if !r.heads(p.first) {
		return false
	}
	for i := p.first + 1; i < min(p.last, p.first+9); i++ {
		if r.ends(i) {
			return false
		}
		if r.has(i, lexicon.Auxiliary) && r.tok(i).Is(lexicon.Word) {
			return true
		}
	}
	return false
}
