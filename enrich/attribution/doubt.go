package attribution

import (
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// doubts adds to the rules of a link what makes links of its kind more or less likely to be right: where it stands, how
// far its parts lie from each other, what is missing, and the language that it was read in.
func (r *reading) doubts(l *link) []string {
	rules := l.rules
	say := func(is bool, rule string) {
		if is {
			rules = append(rules, rule)
		}
	}
	switch l.role {
	case wiredesk.RoleVenue, wiredesk.RoleDocument, wiredesk.RoleAffiliation, wiredesk.RolePoll:
		say(true, "as-"+l.role)
	case wiredesk.RoleCited, wiredesk.RoleOrigin:
		say(l.id == "", "outlet-unknown")
	}
	say(l.scope == "headline", "in-headline")
	say(slices.Contains(l.rules, "proper-name"), r.nameKind(l))
	say(l.parent >= 0, "inside-another")
	say(r.shouting, "all-caps")
	if l.cue.empty() || l.role == wiredesk.RoleOrigin {
		return r.inTongue(l, rules)
	}
	if !l.who.empty() {
		gap := max(l.cue.first-l.who.last, l.who.first-l.cue.last)
		say(gap > 3 && gap <= 10, "apart")
		say(gap > 10, "far-apart")
		say(l.who.last-l.who.first > 10, "long-name")
	}
	return r.inTongue(l, r.ofContent(l, rules))
}

// nameKind says what speaks for a name being that of a person: a given name in it, or a longer form elsewhere in the text.
func (r *reading) nameKind(l *link) string {
	words := 0
	for i := l.who.first; i < l.who.last; i++ {
		if r.has(i, lexicon.Given) {
			return "given-name"
		}
		if r.tok(i).Is(lexicon.Word) {
			words++
		}
	}
	switch {
	case words > 1:
		return "name-unknown"
	case strings.Contains(l.name, " "):
		return "name-known"
	}
	return "name-lone"
}

// ofContent adds what is odd about the content of a link.
func (r *reading) ofContent(l *link, rules []string) []string {
	words, quoted := 0, false
	for _, p := range l.content {
		for i := p.first; i < p.last; i++ {
			if r.tok(i).Is(lexicon.Word) {
				words++
			}
			quoted = quoted || r.inQuote[i] > 0
		}
	}
	switch {
	case words == 0:
		rules = append(rules, "content-missing")
	case words <= 3:
		rules = append(rules, "content-short")
	case words > 50:
		rules = append(rules, "content-long")
	}
	if quoted {
		rules = append(rules, "content-quoted")
	}
	if len(l.content) > 1 {
		rules = append(rules, "content-split")
	}
	return rules
}

// inTongue adds the language that a link was read in, where that is not English.
func (r *reading) inTongue(l *link, rules []string) []string {
	p := l.cue
	if p.empty() {
		p = l.who
	}
	if p.empty() {
		return rules
	}
	if tongue := r.tongue(p.first); tongue != "en" {
		return append(rules, "in-"+tongue)
	}
	return rules
}

// tongue is the language whose grammar a token is read by.
func (r *reading) tongue(i int32) string {
	switch t := r.tok(i); {
	case t.Is(lexicon.Arabic):
		return r.v.ArabicGrammar()
	case t.Is(lexicon.Single):
		return "zh"
	case r.v.Text[t.Start] >= 0xD0 && r.v.Text[t.Start] <= 0xD4:
		return "ru"
	}
	return r.v.Grammar()
}

// shouts says whether most of the text is in capitals, so that they are evidence of nothing.
func (r *reading) shouts() bool {
	caps, words := 0, 0
	for i := range r.v.Tokens {
		t := &r.v.Tokens[i]
		if t.Is(lexicon.AllCaps) {
			caps++
		}
		if t.Is(lexicon.Word) {
			words++
		}
	}
	return caps*10 > words*6
}
