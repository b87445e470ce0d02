package attribution

import "github.com/wiredesk/wiredesk/enrich/lexicon"

// event is one cue of a sentence, with what it found around it.
type event struct {
	cue     phrase
	cueType string
	who     phrase
	starts  int32  // from this token on the sentence is no longer content of what came before
	left    phrase // content before the cue
	right   phrase // content after it, up to the end of the sentence
	via     string
	inherit bool   // the subject is that of the event before
	nested  bool   // stands inside the content of the event before, which goes on
	citing  bool   // credits what the event before reports
	pending bool   // cites, but what it cites for comes later
	quoted  phrase // whom an outlet quotes: "Kyodo quoted Y as saying C"
	venue   phrase
	resume  int32 // reading goes on here, where the cue has a second part
	press   bool  // only an outlet can be meant
	rules   []string
}

// clause is the stretch of one sentence that is read, without dateline and final stop.
type clause struct {
	first, last int32
	title       bool // a headline, where any word may have a capital
}

// events finds the cues of a sentence, left to right, outside quotations.
func (r *reading) events(c clause) []event {
	all := r.found[:0]
	for i := c.first; i < c.last; i++ {
		if q := r.inQuote[i]; q > 0 && r.quotes[q-1].words > scare {
			i = r.quotes[q-1].last - 1
			continue
		}
		tags, last := r.cueAt(i)
		if tags == 0 || last > c.last {
			continue
		}
		if e, ok := r.event(tags, phrase{i, last}, c, all); ok {
			all = append(all, e)
			i = max(i, e.cue.last-1, e.resume-1)
		}
	}
	r.found = all
	return all
}

func (r *reading) event(tags lexicon.Tag, cue phrase, c clause, before []event) (event, bool) {
	if e, ok := r.chinese(tags, cue, c); ok {
		return e, true
	}
	switch {
	case tags&lexicon.Postposed != 0:
		return r.postposed(cue, c)
	case tags&lexicon.According != 0:
		return r.according(cue, c, before)
	case tags&lexicon.By != 0:
		return r.passiveAfter(cue, c, before)
	case tags&lexicon.Citing != 0 && r.citesAt(cue, c) && r.relayed(cue, before) && !(r.tok(cue.first).Is(lexicon.Single) && !r.outletBefore(cue.first, c.first).empty()):
		return r.citing(cue, c, before)
	case tags&lexicon.Venue != 0:
		return r.venue(cue, c)
	case tags&lexicon.Participle != 0:
		return r.participle(cue, c, before)
	case tags&(lexicon.Report|lexicon.Weak) != 0:
		return r.verbEvent(tags, cue, c, before)
	}
	return event{}, false
}
