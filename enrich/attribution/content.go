package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// leftContent is what stands before a cue: the quotation that ends there, or the sentence up to the comma.
func (r *reading) leftContent(end int32, c clause) phrase {
	if q := r.quoteEnding(end); q >= 0 {
		span := r.quotes[q].phrase
		if r.quotes[q].words <= scare || span.first > c.first && r.leads(c.first, span.first) {
			span.first = c.first
		}
		return span
	}
	for end > c.first && !r.tok(end-1).Is(lexicon.Word) && !r.quoted(end-1) && r.mark(end-1) != ')' {
		end--
	}
	return phrase{c.first, end}
}

// leads says whether the words before a quotation belong to what is reported, rather than being a sentence of their own.
func (r *reading) leads(first, quote int32) bool {
	if r.mark(quote-1) == ':' {
		return false
	}
	for i := first; i < quote; i++ {
		if r.tok(i).Is(lexicon.Word) && !r.quoted(i) {
			return true
		}
	}
	return false
}

// medialRight is the content that goes on after a cue in its midst: C1, he noted, C2.
func (r *reading) medialRight(at int32, c clause) phrase {
	if at >= c.last {
		return phrase{}
	}
	m := r.mark(at)
	q := r.quoteStarting(at)
	if m != ',' && m != ':' && m != '-' && m != ';' && q < 0 || at+1 >= c.last {
		return phrase{}
	}
	if q >= 0 {
		return phrase{r.quotes[q].first, max(r.quotes[q].last, at+1)}
	}
	tags, _ := r.cueAt(at + 1)
	if tags&(lexicon.According|lexicon.Participle|lexicon.Citing|lexicon.By|lexicon.Venue) != 0 || r.relative(at+1) || m != ',' {
		return phrase{}
	}
	if r.resumes(at + 1) {
		return phrase{at + 1, c.last}
	}
	if r.has(at+1, lexicon.Conjunction|lexicon.Preposition|lexicon.Determiner) && !r.has(at+1, lexicon.Auxiliary) || r.lower(at+1) && strings.HasSuffix(r.surface(at+1), "ing") {
		return phrase{}
	}
	return phrase{at + 1, c.last}
}

// resumes says whether a word takes up reported content after its cue: "…, he said, because …".
func (r *reading) resumes(i int32) bool {
	switch r.surface(i) {
	case "and", "but", "because", "so", "or", "und", "aber", "weil", "et", "mais", "car", "y", "pero", "porque", "и", "но", "а":
		return !r.follows(i + 1)
	}
	return false
}

// follows says whether a verb of report comes at once, whose content is another.
func (r *reading) follows(i int32) bool {
	for j := i; j < min(int32(len(r.v.Tokens)), i+3); j++ {
		if tags, _ := r.cueAt(j); tags&(lexicon.Report|lexicon.Participle) != 0 && r.lower(j) {
			return true
		}
	}
	return false
}

// content is the token where reported content begins after a verb: past who was told, the day, and the medium.
func (r *reading) content(e *event, tags lexicon.Tag, c clause) int32 {
	at := e.cue.last
	if tags&lexicon.Tell != 0 {
		at = r.addressee(e, at, c)
	} else {
		at = r.toOutlet(e, at, c)
	}
	for at < c.last {
		next := r.adverbial(e, at, c)
		if next == at {
			break
		}
		at = next
	}
	if at < c.last && r.mark(at) == ',' && at+1 < c.last && r.has(at+1, lexicon.Clause) {
		at++
	}
	return at
}

// adverbial is the token after a day, an adverb or a phrase that names the medium.
func (r *reading) adverbial(e *event, at int32, c clause) int32 {
	if next := r.pastDay(at, c); next > at && !r.english(e.cue.first) {
		return next
	}
	switch {
	case r.has(at, lexicon.Weekday) && r.capped(at):
		if r.possessive(at + 1) {
			return at
		}
		return r.pastHour(at+1, c)
	case r.adverb(at) && !r.has(at, lexicon.Determiner|lexicon.Clause):
		return at + 1
	case !r.has(at, lexicon.Preposition):
		return at
	case at+1 < c.last && (r.has(at+1, lexicon.Weekday) || r.has(at+1, lexicon.Month)) && r.capped(at+1):
		if at+2 < c.last && r.tok(at+2).Is(lexicon.Digit) {
			return at + 3
		}
		return r.pastHour(at+2, c)
	}
	if tags, last := r.cueAt(at); tags&lexicon.Venue != 0 {
		who := r.after(last, c.last)
		return max(last, who.last)
	}
	return r.medium(e, at, c)
}

// pastHour is the token after the part of a day: "on Sunday morning".
func (r *reading) pastHour(i int32, c clause) int32 {
	if i < c.last {
		switch r.surface(i) {
		case "morning", "afternoon", "evening", "night", "soir", "matin", "noche", "mañana":
			return i + 1
		}
	}
	return i
}

// medium reads "in a statement", "at a news conference in Oslo": up to the noun, or up to "that" where one follows.
func (r *reading) medium(e *event, at int32, c clause) int32 {
	noun := int32(-1)
	for i := at + 1; i < c.last && i < at+16; i++ {
		if r.has(i, lexicon.Clause) {
			return i
		}
		if r.ends(i) {
			if noun < 0 {
				return r.trailing(at, i, c)
			}
			break
		}
		if tags, last := r.cueAt(i); noun < 0 && i < at+8 && (tags&lexicon.Document != 0 || r.occasion(i)) {
			noun = last
			if r.possessive(last) {
				noun = -1
				continue
			}
			if e.via == "" {
				e.via = r.words(phrase{i, last})
			}
			if !r.more(last, c) {
				return last
			}
		}
	}
	if noun > 0 {
		return noun
	}
	return at
}

// more says whether a medium goes on after its noun: "in a statement on Tuesday that".
func (r *reading) more(i int32, c clause) bool {
	return i < c.last && (r.has(i, lexicon.Preposition|lexicon.Weekday) || r.ends(i))
}

// trailing skips a prepositional phrase that ends the clause: "Rouhani said at the summit, …".
func (r *reading) trailing(at, end int32, c clause) int32 {
	for i := at; i < end; i++ {
		if r.has(i, lexicon.Auxiliary) || r.quoted(i) {
			return at
		}
	}
	if r.mark(end) == ':' || end-at > 12 {
		return at
	}
	return end
}

func (r *reading) occasion(i int32) bool {
	switch r.surface(i) {
	case "interview", "conference", "speech", "briefing", "address", "remarks", "meeting", "debate", "hearing", "rally", "televised", "telephone", "call", "testimony", "comments", "summit", "reporters", "Twitter", "Facebook", "Telegram", "Instagram", "Weibo":
		return true
	}
	return false
}
