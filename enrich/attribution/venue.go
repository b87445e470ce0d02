package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// venue reads "in an interview with X": where it was said.
func (r *reading) venue(cue phrase, c clause) (event, bool) {
	e := event{cue: cue, cueType: "venue", starts: c.last, press: true, nested: true}
	who := r.after(cue.last, c.last)
	if who.empty() {
		return e, false
	}
	if !r.english(cue.first) && !r.tok(cue.first).Is(lexicon.Single) {
		who = r.firstOutlet(who)
	}
	e.venue = who
	return e, !r.refuses(who.last, c)
}

// refuses says whether who was asked says nothing after a venue in front: "Contactée par X, la Commission a refusé de commenter".
func (r *reading) refuses(i int32, c clause) bool {
	for j := i; j < min(c.last, i+30); j++ {
		switch tags, _ := r.cueAt(j); {
		case r.quoted(j):
			return false
		case tags&lexicon.Report != 0 && tags&lexicon.Negation == 0:
			return false
		case tags&lexicon.Negation != 0 && (refusals[r.surface(j)] || r.silent(j+1, c)):
			return true
		}
	}
	return false
}

// venueApart parts from a subject the words that say where it spoke: X در گفت‌وگو با ایسنا گفت.
func (r *reading) venueApart(e *event, p phrase) phrase {
	for i := p.first + 1; i < p.last; i++ {
		tags, last := r.cueAt(i)
		switch {
		case tags&lexicon.Venue != 0 && last < p.last:
			e.venue = phrase{last, p.last}
			return phrase{p.first, i}
		case tags&lexicon.Citing != 0 && !r.latin(i) && !r.tok(i).Is(lexicon.Arabic) && !r.tok(i).Is(lexicon.Single):
			return phrase{p.first, i}
		case r.persian(e.cue) && r.surface(i) == "به" && r.toldPersian(i+1, p.last):
			e.venue = phrase{i + 1, p.last}
			return phrase{p.first, i}
		case r.persian(e.cue) && (tags&lexicon.According != 0 || r.surface(i) == "با" || r.surface(i) == "در"):
			for i > p.first+1 && r.has(i-1, lexicon.Adverb) {
				i--
			}
			return phrase{p.first, i}
		}
	}
	if r.tok(max(p.first, 0)).Is(lexicon.Single) {
		return r.chineseName(p)
	}
	return p
}

// toOutlet is the token after an outlet to which something was said: "a déclaré à l'AFP", "заявил ТАСС", "sagte X der dpa".
func (r *reading) toOutlet(e *event, at int32, c clause) int32 {
	if at >= c.last || r.english(e.cue.first) && r.surface(at) != "on" && r.surface(at) != "in" {
		return at
	}
	i, steps := at, 0
	for i < c.last && steps < 5 && r.outletAt[i] == 0 {
		tags, last := r.cueAt(i)
		if tags&(lexicon.Media|lexicon.MediaQuality|lexicon.Determiner) == 0 && !r.dative(i) && r.mark(i) != '\'' && !r.opensName(i) {
			return at
		}
		i, steps = last, steps+1
	}
	if i >= c.last || r.outletAt[i] == 0 || e.who.empty() || e.who.first >= at {
		return at
	}
	h := r.v.Hits(lexicon.Outlet)[r.outletAt[i]-1]
	if h.Last < c.last && r.has(h.Last, lexicon.Document) {
		return at
	}
	last := r.pastName(h.Last, c.last)
	e.venue = phrase{at, last}
	return last
}

// opensName says whether a mark opens the quotation of a name.
func (r *reading) opensName(i int32) bool {
	q := r.inQuote[i]
	return q > 0 && r.quotes[q-1].first == i && r.quotes[q-1].words <= scare
}

// venueFirst parts from an inverted subject the outlet before it: "сообщил РИА Новости представитель министерства".
func (r *reading) venueFirst(e *event, p phrase) phrase {
	tags, _ := r.cueAt(e.cue.first)
	if p.empty() || r.english(e.cue.first) {
		return p
	}
	if tags&(lexicon.Citing|lexicon.Relay) != 0 {
		return r.firstOutlet(p)
	}
	if end := r.pressTold(p.first, p.last); end > p.first {
		e.venue = phrase{p.first, end}
		return phrase{end, p.last}
	}
	i := p.first
	for i < p.last && r.outletAt[i] == 0 && (r.has(i, lexicon.Media|lexicon.MediaQuality) || r.dative(i) || r.mark(i) == '\'' || !r.latin(i) && r.opensName(i) || r.mark(i) == '«' && r.opensName(i)) {
		i++
	}
	if i >= p.last || r.outletAt[i] == 0 {
		return p
	}
	h := r.v.Hits(lexicon.Outlet)[r.outletAt[i]-1]
	if h.Last == p.last && i > p.first && r.directed(p.first) {
		e.venue = p
		return phrase{}
	}
	if where := r.toldIn(e, h, p); !where.empty() {
		e.venue = phrase{p.first, r.pastName(h.Last, p.last)}
		return where
	}
	if h.Last+1 > p.last || r.mark(h.Last) == '(' || !r.tok(h.Last).Is(lexicon.Word) || r.has(h.Last, lexicon.Media|lexicon.Preposition|lexicon.Conjunction) {
		return p
	}
	e.venue = phrase{p.first, h.Last}
	return phrase{h.Last, p.last}
}

// toldIn is who speaks in "сообщили ТАСС в пресс-службе завода": the verb is of several, the outlet is told.
func (r *reading) toldIn(e *event, h lexicon.Hit, p phrase) phrase {
	at := r.pastName(h.Last, p.last)
	if !strings.HasSuffix(r.surface(e.cue.last-1), "ли") || at+1 >= p.last {
		return phrase{}
	}
	switch r.surface(at) {
	case "в", "на", "во":
		return phrase{at + 1, p.last}
	}
	return phrase{}
}

// directed says whether a word can only lead to who was told.
func (r *reading) directed(i int32) bool {
	switch r.surface(i) {
	case "à", "a", "al", "au", "aux", "به", "gegenüber":
		return true
	}
	return false
}

// dative says whether a word leads to who was told.
func (r *reading) dative(i int32) bool {
	switch r.surface(i) {
	case "on", "in", "à", "a", "al", "au", "aux", "l", "gegenüber", "der", "dem", "den", "به", "sur", "en", "im":
		return true
	}
	return false
}

// addressee is the token after who was told. An outlet among them is the venue.
func (r *reading) addressee(e *event, at int32, c clause) int32 {
	i := at
	for i < c.last && i < at+14 {
		switch {
		case r.outletAt[i] > 0:
			h := r.v.Hits(lexicon.Outlet)[r.outletAt[i]-1]
			if e.venue.empty() {
				e.venue = phrase{at, h.Last}
			}
			i = h.Last
			continue
		case r.ends(i), r.has(i, lexicon.Clause), r.quoted(i):
			return i
		case i > at && r.has(i, lexicon.Determiner|lexicon.Pronoun|lexicon.Preposition|lexicon.Auxiliary), r.has(i, lexicon.Weekday) && r.capped(i):
			return i
		case i > at && r.capped(i) && !r.capped(i-1) && !r.has(i-1, lexicon.Determiner):
			return i
		}
		if tags, last := r.cueAt(i); tags&lexicon.Media != 0 && last > i && e.venue.empty() {
			for last < c.last && r.capped(last) && r.outletAt[last] == 0 && !r.day(last) {
				last++
			}
			if last < c.last && r.outletAt[last] > 0 {
				i = last
				continue
			}
			e.venue = phrase{at, last}
			i = last
			continue
		}
		i++
		if r.has(i-1, lexicon.Pronoun) {
			return i
		}
	}
	return i
}

// addVenue adds the link that says where it was said.
func (r *reading) addVenue(e *event, previous int, scope string) {
	if e.venue.empty() {
		return
	}
	s, ok := r.venueIn(e)
	if !ok {
		return
	}
	l := link{role: wiredesk.RoleVenue, who: e.venue, id: s.id, name: s.name, by: s.by, cue: e.cue, cueType: "venue", scope: scope, parent: -1, section: r.section, where: e.cue.first, rules: append([]string{"venue"}, s.rules...)}
	if previous >= 0 {
		l.content = append([]phrase(nil), r.links[previous].content...)
	}
	r.memory.note(s, e.venue, false)
	for i := len(r.links) - 1; i >= 0 && i > len(r.links)-4; i-- {
		if o := &r.links[i]; o.role == wiredesk.RoleVenue && o.who.last == e.venue.last {
			o.content = l.content
			return
		}
	}
	r.links = append(r.links, l)
}

// venueIn reads the outlet that someone spoke to.
func (r *reading) venueIn(ev *event) (source, bool) {
	p := ev.venue
	for i := p.first; i < p.last; i++ {
		if n := r.outletAt[i]; n > 0 {
			h := r.v.Hits(lexicon.Outlet)[n-1]
			e := r.v.Entry(h)
			told := r.has(ev.cue.last-1, lexicon.Tell) && r.capped(h.First)
			if e.Class == lexicon.Common && !told && !r.evidence(p, h, e) {
				return source{}, false
			}
			return source{role: wiredesk.RoleVenue, id: e.ID, name: e.Name, by: "name", kind: outlet, rules: []string{outletRule(e.Class)}}, true
		}
	}
	s, ok := r.referenceSource(p)
	if !ok {
		s, ok = r.toldPress(p)
	}
	if !ok {
		s, ok = r.unlisted(p)
	}
	s.role = wiredesk.RoleVenue
	return s, ok
}

// silent says whether a verb of answering follows a negation.
func (r *reading) silent(i int32, c clause) bool {
	for j := i; j < min(c.last, i+4); j++ {
		for _, stem := range []string{"äußern", "kommentier", "reagier", "beantwort", "respond", "coment", "répond", "comment", "souhaité", "отве", "комментир", "donné suite"} {
			if strings.HasPrefix(r.surface(j), stem) {
				return true
			}
		}
	}
	return false
}

// refusals are the words for not wishing to say anything.
var refusals = map[string]bool{
	"declined": true, "refused": true, "refusé": true, "refuse": true, "refusait": true, "décliné": true, "declinó": true, "rehusó": true, "evitó": true,
	"отказался": true, "отказалась": true, "отказались": true, "رفض": true, "رفضت": true, "امتنع": true, "ablehnte": true, "lehnte": true,
}
