package attribution

// endsClause says whether a Turkish verb ends its clause.
func (r *reading) endsClause(cue phrase, c clause) bool {
	return cue.last >= c.last || r.ends(cue.last) || r.quoteStarting(cue.last) >= 0
}

// subjectThenContent reads X, C dedi: the subject opens the sentence, the content stands between it and the verb.
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
		e.who = phrase{c.first, i}
		if r.mark(i) == ',' {
			i++
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

// beforeParticle steps back over the small words between a quotation and its verb: "diye konuştu", "şeklinde".
func (r *reading) beforeParticle(i int32) int32 {
	for i > 0 && (r.surface(i-1) == "diye" || r.surface(i-1) == "şeklinde") {
		i--
	}
	return i
}
