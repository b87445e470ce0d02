package enrich

import (
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/edict"
)

// overruled decides about a version of a story that an operator has killed.
func overruled(st *State, s *wiredesk.Story) Decision {
	if s.Item.Status() == wiredesk.Canceled {
		return Decision{Fate: FateDuplicate, Reason: "killed already by an operator in revision " + st.describe()}
	}
	return Decision{Fate: FateStale, Reason: "killed by an operator in revision " + st.describe() + ": no version brings it back"}
}

// underHold keeps a version from subscribers while an operator holds its story. What it would have been is kept for the
// time when the hold is lifted.
func underHold(st *State, d Decision) Decision {
	if st.Operator != edict.Hold || !d.makesRevision() {
		return d
	}
	d.Operator = edict.Hold
	if d.Event == wiredesk.EventKill {
		return d
	}
	d.Beneath, d.Event, d.Fate = d.Event, wiredesk.EventWithhold, FateHeld
	d.Reason = "held by an operator since before; else: " + d.Reason
	return d
}

// Rule says what an operator's edict does to a story, given its state (nil when there is none) at the time now. Like
// [Decide] it is a pure function.
func Rule(st *State, e edict.Edict, arrival uint64, now time.Time) Decision {
	switch {
	case st == nil && e.Act == edict.Kill:
		return Decision{Event: wiredesk.EventKill, Fate: FatePublished, Operator: edict.Kill, Reason: said("killed", e)}
	case st == nil:
		return Decision{Fate: FateStale, Reason: "the line does not know the story that the operator would " + string(e.Act)}
	case st.Arrival == arrival && arrival != 0:
		return Decision{Fate: st.Fate, Reason: st.Reason, Done: true}
	case e.Act == edict.Kill:
		return slain(st, e)
	case st.Event == wiredesk.EventKill:
		return Decision{Fate: FateStale, Reason: "killed in revision " + st.describe() + ": nothing to " + string(e.Act)}
	case e.Act == edict.Hold && st.Operator == edict.Hold:
		return Decision{Fate: FateDuplicate, Reason: "held by an operator already in revision " + st.describe()}
	case e.Act == edict.Hold:
		return Decision{
			Event: wiredesk.EventWithhold, Fate: FateHeld, Operator: edict.Hold, Beneath: st.Event, Reason: said("held", e),
		}
	case st.Operator != edict.Hold:
		return Decision{Fate: FateStale, Reason: "no operator holds revision " + st.describe()}
	}
	return lifted(st, e, now)
}

// slain decides about the operator's kill of a story we know. It makes a sender's kill final, too.
func slain(st *State, e edict.Edict) Decision {
	d := Decision{Event: wiredesk.EventKill, Fate: FatePublished, Operator: edict.Kill, Reason: said("killed", e)}
	switch {
	case st.Operator == edict.Kill:
		return Decision{Fate: FateDuplicate, Reason: "killed by an operator already in revision " + st.describe()}
	case st.Published == 0:
		d.Fate = FateFiltered
	}
	return d
}

// lifted gives the newest version the meaning that its sender gave it.
func lifted(st *State, e edict.Edict, now time.Time) Decision {
	d := Decision{Event: wiredesk.EventRelease, Fate: FatePublished, Reason: said("lifted", e)}
	switch {
	case st.Beneath == wiredesk.EventWithhold:
		d.Event, d.Fate, d.Reason = wiredesk.EventWithhold, FateHeld, d.Reason+"; its sender still withholds it"
	case st.Beneath == wiredesk.EventEmbargo && st.Until.After(now):
		d.Event, d.Fate, d.Reason = wiredesk.EventEmbargo, FateHeld, d.Reason+"; embargoed until "+st.Until.UTC().Format(time.RFC3339)
	}
	return d
}

// said is the reason of a decision that an operator made.
func said(what string, e edict.Edict) string {
	reason := what + " by an operator"
	if e.Reason != "" {
		reason += ": " + e.Reason
	}
	return reason
}
