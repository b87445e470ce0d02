package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// endsClause says whether a Turkish verb ends its clause.
func (r *reading) endsClause(cue phrase, c clause) bool {
	return cue.last >= c.last || r.ends(cue.last) || r.quoteStarting(cue.last) >= 0
}

// subjectThenContent reads X, C dedi: the subject opens the sentence, the content stands between it and the verb.
// What stands between commas after the subject may say where it was said, or on whose word.
func (r *reading) subjectThenContent(e event, c clause) (event, bool) {
	e.rules = append(e.rules, "verb-last")
	e.starts = c.last
	end := r.beforeParticle(e.cue.first)
	q := r.quoteEnding(end)
	i := c.first
	for i < end && i < c.first+14 && !r.ends(i) && !r.quoted(i) {
		i++
	}
	switch {
	case i < end && i > c.first && (r.mark(i) == ',' || r.quoted(i)):
		e.who = r.whoTold(&e, phrase{c.first, i})
		if r.mark(i) == ',' {
			i = r.pastSetting(&e, i+1, end)
		}
		e.left = phrase{i, end}
	case q >= 0:
		e.inherit = true
		e.left = r.quotes[q].phrase
	default:
		return e, false
	}
	if q >= 0 {
		e.left = r.quotes[q].phrase
	}
	return e, !e.left.empty()
}

// whoTold parts from a subject the outlet that it spoke to: NTV'ye konuşan bir köylü.
func (r *reading) whoTold(e *event, p phrase) phrase {
	for i := p.first; i < p.last-1; i++ {
		switch r.surface(i) {
		case "konuşan", "açıklama", "demeç", "bilgi", "açıklamalarda", "konuk":
		default:
			continue
		}
		last := i + 1
		if s := r.surface(last); s == "yapan" || s == "veren" || s == "bulunan" || s == "olan" {
			last++
		}
		if to := r.pressIn(p.first, i); to && last < p.last {
			e.venue = phrase{p.first, i}
			return phrase{last, p.last}
		}
	}
	return p
}

// pressIn says whether an outlet or a noun of the press stands among the tokens.
func (r *reading) pressIn(first, last int32) bool {
	for i := first; i < last; i++ {
		if tags, _ := r.cueAt(i); r.outletAt[i] > 0 || tags&lexicon.Media != 0 {
			return true
		}
	}
	return false
}

// pastSetting is the token after words between commas that set the scene: "AA muhabirine yaptığı açıklamada," or "bir
// kaynağa dayandırdığı haberinde,". It notes the outlet that was told, and whom an outlet cites.
func (r *reading) pastSetting(e *event, i, end int32) int32 {
	last := i
	for last < min(end, i+12) && !r.ends(last) && !r.quoted(last) {
		if occasions[r.surface(last)] && last > i && last+1 < end && !r.ends(last+1) {
			if r.pressIn(i, last) && e.venue.empty() {
				e.venue = phrase{i, r.beforeDeed(i, last)}
			}
			return last + 1 // AA'ya yaptığı açıklamada C
		}
		last++
	}
	if last >= end || r.mark(last) != ',' || last == i || !r.setting(i, last) {
		return i
	}
	for j := i; j < last; j++ {
		if tags, _ := r.cueAt(j); tags&lexicon.Citing != 0 && j > i {
			e.quoted = phrase{i, j}
			return last + 1
		}
	}
	if r.pressIn(i, last) && e.venue.empty() {
		e.venue = phrase{i, r.beforeDeed(i, last)}
	}
	return last + 1
}

var occasions = map[string]bool{
	"açıklamada": true, "demeçte": true, "röportajda": true, "değerlendirmede": true, "konuşmada": true, "mülakatta": true, "söyleşide": true,
	"açıklamasında": true, "demecinde": true, "konuşmasında": true,
}

// setting says whether the words before a comma end as words of place, time or manner do, or cite someone.
func (r *reading) setting(i, last int32) bool {
	s := r.surface(last - 1)
	for _, ending := range []string{"da", "de", "ta", "te", "arak", "erek", "nda", "nde", "yla", "yle"} {
		if strings.HasSuffix(s, ending) {
			return true
		}
	}
	for j := i; j < last; j++ {
		if tags, _ := r.cueAt(j); tags&(lexicon.Citing|lexicon.Venue) != 0 {
			return true
		}
	}
	return false
}

// beforeDeed is where the outlet ends that was told: before "yaptığı açıklamada", "verdiği demeçte".
func (r *reading) beforeDeed(first, last int32) int32 {
	for i := first + 1; i < last; i++ {
		switch r.surface(i) {
		case "yaptığı", "verdiği", "konuştuğu", "katıldığı":
			return i
		}
	}
	return last
}

// beforeParticle steps back over the small words between a quotation and its verb: "diye konuştu", "şeklinde".
func (r *reading) beforeParticle(i int32) int32 {
	for i > 0 && (r.surface(i-1) == "diye" || r.surface(i-1) == "şeklinde") {
		i--
	}
	return i
}

// turkishSource parts from an outlet before "haberine göre" whom it relies on, or its reporter: "X'in bir kaynağa
// dayandırdığı haberine göre", "X muhabirinin edindiği bilgiye göre".
func (r *reading) turkishSource(e *event) {
	if r.v.Grammar() != "tr" || e.who.empty() || r.outletAt[e.who.first] == 0 {
		return
	}
	end := r.v.Hits(lexicon.Outlet)[r.outletAt[e.who.first]-1].Last
	if r.possessive(end) {
		end += 2
	}
	if end >= e.who.last {
		return
	}
	if strings.HasPrefix(r.surface(end), "muhabir") {
		e.who.last = end
		return
	}
	for i := end + 1; i < e.who.last; i++ {
		if tags, _ := r.cueAt(i); tags&lexicon.Citing != 0 {
			e.quoted, e.who.last = phrase{end, i}, end
			return
		}
	}
}
