package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// sides is what stands on either side of a subject and its verb.
type sides struct {
	at     int32 // where content after the verb would begin
	quote  int   // the quotation that ends before the subject, or -1
	left   bool  // that quotation may be the content
	parted bool  // a comma, a dash or such a quotation stands before the subject
}

// placed decides where the content of a verb with a subject before it stands.
func (r *reading) placed(e event, tags lexicon.Tag, c clause) (event, bool) {
	if e.who.first > c.first && r.neither(e.who.first-1) || r.neither(e.who.first) {
		return e, false
	}
	s := r.sidesOf(&e, tags, c)
	if s.parted && r.creditsOn(s.at, c) {
		r.leftward(&e, s, c)
		return e, !e.left.empty()
	}
	switch {
	case s.parted && s.quote < 0 && r.quoteStarting(s.at) >= 0 && r.adjunct(c.first):
		e.right = phrase{r.quotes[r.quoteStarting(s.at)].first, c.last}
	case s.parted && s.quote < 0 && s.at < c.last && r.has(s.at, lexicon.Preposition) && r.quoteStarting(s.at) < 0 && e.who.first > c.first+4:
		e.left = r.leftContent(e.who.first, c)
	case s.at < c.last && !r.ends(s.at) || r.quoteStarting(s.at) >= 0 && r.mark(s.at) != ',':
		r.rightward(&e, s, c)
	case !s.left && !s.parted && s.at < c.last-3 && (r.mark(s.at) == ',' || r.mark(s.at) == '،'):
		e.right = phrase{r.pastAside(s.at+1, c), c.last}
		e.nested = true
	case !s.left && s.at+1 < c.last && r.mark(s.at) == ':':
		e.right = phrase{s.at + 1, c.last}
	case s.left || s.parted:
		r.leftward(&e, s, c)
	case !r.outletBefore(e.cue.first, c.first).empty() && e.who.first > c.first:
		e.left = phrase{c.first, e.who.first}
		e.rules = append(e.rules, "unpunctuated")
	default:
		return event{}, false
	}
	if tags&lexicon.Weak != 0 && tags&lexicon.Report == 0 && s.quote < 0 && !r.clauseAt(e.right) {
		return event{}, false
	}
	return e, !e.left.empty() || !e.right.empty()
}

// creditsOn says whether an English credit goes on with another right after its verb: "X said in a bulletin quoting Y".
func (r *reading) creditsOn(i int32, c clause) bool {
	if i >= c.last || !r.english(i) {
		return false
	}
	tags, _ := r.cueAt(i)
	return tags&lexicon.Citing != 0 && tags&lexicon.Report == 0
}

func (r *reading) sidesOf(e *event, tags lexicon.Tag, c clause) sides {
	first := e.who.first
	s := sides{quote: r.quoteEnding(first), parted: r.parted(first, c)}
	s.left = s.quote >= 0 && (s.parted || r.quotes[s.quote].words > scare)
	e.starts = first
	if s.parted && s.quote < 0 {
		e.starts--
	}
	s.at = r.content(e, tags, c)
	if tags&lexicon.Citing != 0 {
		s.at = r.asSaying(e, s.at, c)
	}
	if s.left && r.mark(r.quotes[s.quote].last-2) == '.' && s.at < c.last && !r.ends(s.at) && r.sentenceStart(first) {
		s.left, s.parted = false, false
	}
	return s
}

// rightward takes what follows the verb as content, unless a quotation before the subject is.
func (r *reading) rightward(e *event, s sides, c clause) {
	if s.left {
		e.left = r.leftContent(e.who.first, c)
		if r.quoteStarting(s.at) < 0 && !r.has(s.at, lexicon.Clause) {
			return
		}
	}
	if r.mark(s.at) == ':' {
		s.at++
	}
	e.right = phrase{s.at, r.beforeMedium(s.at, c.last)}
	e.nested = !s.parted
}

// leftward takes what stands before the subject as content, and what goes on after the verb.
func (r *reading) leftward(e *event, s sides, c clause) {
	e.left = r.leftContent(e.who.first, c)
	e.right = r.medialRight(s.at, c)
	if e.right.empty() && s.quote < 0 && s.at+1 < c.last && r.mark(s.at) == ',' && r.setsScene(e.left) {
		e.right = phrase{s.at + 1, c.last}
	}
	if e.right.empty() {
		return
	}
	e.cueType = "verb_medial"
	if s.quote < 0 && r.onlyLeads(e.left) {
		e.left, e.cueType = phrase{}, "verb"
	}
}

// pastAside is the token after words between commas that credit someone else: "reported, citing SANA, that …".
func (r *reading) pastAside(i int32, c clause) int32 {
	tags, _ := r.cueAt(i)
	if tags&(lexicon.Citing|lexicon.Participle|lexicon.According) == 0 && r.surface(i) != "without" {
		return i
	}
	for j := i; j < min(c.last, i+20); j++ {
		if r.mark(j) == ',' || r.mark(j) == '،' {
			return j + 1
		}
	}
	return i
}

// setsScene says whether English words before a cue tell when or where and no more: "In the long run, many say, …".
func (r *reading) setsScene(p phrase) bool {
	if p.last-p.first > 8 || !r.english(p.first) || !r.has(p.first, lexicon.Preposition) {
		return false
	}
	for i := p.first; i < p.last; i++ {
		if r.verb(i) || r.ends(i) {
			return false
		}
	}
	return true
}

// onlyLeads says whether the words before a cue in its midst are too few to be content: "However, he said, …", 对此，….
func (r *reading) onlyLeads(p phrase) bool {
	if r.tok(p.first).Is(lexicon.Single) {
		return p.last-p.first <= 4
	}
	return p.last-p.first == 1
}

// neither says whether a word denies what its subject is said to do, or asks for it: "what he says is …".
func (r *reading) neither(i int32) bool {
	switch r.surface(i) {
	case "what", "What", "whatever", "how", "whom", "nor", "Neither", "neither", "Nobody", "No", "nobody":
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
