package enrich

import (
	"fmt"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/edict"
)

// Fates are how a receipt ends. Every receipt ends in exactly one.
const (
	FatePublished = "published"
	FateHeld      = "held"
	FateDuplicate = "duplicate"
	FateStale     = "stale"
	FateFiltered  = "filtered"
	FateRejected  = "rejected"
	FateDead      = "dead"
)

// Decision is what one incoming version means, and why.
type Decision struct {
	Event   string // one of the wiredesk.Event words; empty when the version makes no revision
	Fate    string
	Reason  string
	Changed bool // other content under the same version
	Done    bool // this very arrival has made its revision already: a redelivery

	Operator edict.Act // the operator's word that stands after it
	Beneath  string    // the event it would have been without the operator's hold
}

func (d Decision) makesRevision() bool { return d.Event != "" }

// Decide says what a version means, given the story's state (nil when there is none) at the time now. It is a pure
// function: the same arguments always give the same decision. The arrival is the sequence of the RAW message; where
// neither version nor time tells two versions apart, the later arrival is the newer one.
func Decide(st *State, s *wiredesk.Story, arrival uint64, now time.Time) Decision {
	if st == nil {
		return first(s, now)
	}
	if st.Arrival == arrival && arrival != 0 {
		return Decision{Fate: st.Fate, Reason: st.Reason, Done: true}
	}
	if st.Operator == edict.Kill {
		return overruled(st, s)
	}
	return underHold(st, sent(st, s, arrival, now))
}

// sent decides about a version by what its sender says.
func sent(st *State, s *wiredesk.Story, arrival uint64, now time.Time) Decision {
	order := wiredesk.CompareVersions(s.Item.Version, s.Item.VersionCreated, st.Version, st.VersionCreated)
	if s.Item.Status() == wiredesk.Canceled {
		return canceled(st, order)
	}
	if order < 0 {
		return Decision{Fate: FateStale, Reason: "older than revision " + st.describe()}
	}
	d := live(st, s, now)
	if order > 0 {
		return d
	}
	return sameVersion(st, s, arrival, d)
}

// sameVersion decides where nothing but the content can tell the version from the one we have; d is what it would be
// if it were newer.
func sameVersion(st *State, s *wiredesk.Story, arrival uint64, d Decision) Decision {
	lifts := d.Event != wiredesk.EventWithhold && d.Event != wiredesk.EventEmbargo
	switch {
	case s.Fingerprint() == st.Fingerprint:
		return Decision{Fate: FateDuplicate, Reason: "same version and content as revision " + st.describe()}
	case arrival < st.Arrival:
		return Decision{Fate: FateStale, Reason: "came in before what made revision " + st.describe()}
	case st.Event == wiredesk.EventKill:
		return Decision{Fate: FateStale, Reason: "killed in revision " + st.describe() + "; only a newer version brings it back"}
	case st.held() && lifts && s.Item.Version != "":
		return Decision{Fate: FateStale, Reason: "held in revision " + st.describe() + "; only a newer version lifts it"}
	case s.Item.Version == "":
		d.Reason = "other content, and no version to order it by: the later arrival counts"
		return d
	case strings.TrimLeft(s.Item.Version, "0") != strings.TrimLeft(st.Version, "0"):
		d.Reason = fmt.Sprintf("version %s cannot be ordered against revision %s: the later arrival counts", s.Item.Version, st.describe())
		return d
	}
	d.Changed = true
	d.Reason = fmt.Sprintf("other content under version %s that made revision %d; %s", s.Item.Version, st.Revision, d.Reason)
	return d
}

// first decides about a version of a story nobody has seen: whatever its number, it is new.
func first(s *wiredesk.Story, now time.Time) Decision {
	if s.Item.Status() == wiredesk.Canceled {
		return Decision{Event: wiredesk.EventKill, Fate: FatePublished, Reason: "canceled before any version was seen"}
	}
	d := live(nil, s, now)
	if d.Event == wiredesk.EventUpdate || d.Event == wiredesk.EventCorrection {
		d.Event, d.Reason = wiredesk.EventNew, "first version seen"
	}
	return d
}

// canceled decides about a kill of a story we know. It is accepted whatever its version says, unless a newer version
// has reinstated the story on purpose, or the story is dead already. Where no subscriber has any version, none is told.
func canceled(st *State, order int) Decision {
	switch {
	case st.Event == wiredesk.EventKill && order > 0:
		return Decision{Event: wiredesk.EventKill, Fate: FateDuplicate, Reason: "killed already in revision " + st.describe() + "; what comes back must be newer than this kill, too"}
	case st.Event == wiredesk.EventKill:
		return Decision{Fate: FateDuplicate, Reason: "killed already in revision " + st.describe()}
	case order < 0 && st.Reinstated:
		return Decision{Fate: FateStale, Reason: "a kill older than the reinstatement in revision " + st.describe()}
	case st.Published == 0:
		return Decision{Event: wiredesk.EventKill, Fate: FateFiltered, Reason: "canceled by the sender before any subscriber had it"}
	}
	return Decision{Event: wiredesk.EventKill, Fate: FatePublished, Reason: "canceled by the sender"}
}

// live decides about a version that is newer than what we have and not a kill.
func live(st *State, s *wiredesk.Story, now time.Time) Decision {
	d := Decision{Event: wiredesk.EventUpdate, Fate: FatePublished, Reason: "newer version"}
	switch {
	case s.Item.Status() == wiredesk.Withheld:
		return Decision{Event: wiredesk.EventWithhold, Fate: FateHeld, Reason: "withheld by the sender"}
	case s.EmbargoUnknown:
		return Decision{Event: wiredesk.EventWithhold, Fate: FateHeld, Reason: "an embargo whose end is missing or unreadable"}
	case s.Item.EmbargoedUntil.After(now):
		return Decision{Event: wiredesk.EventEmbargo, Fate: FateHeld, Reason: "embargoed until " + s.Item.EmbargoedUntil.UTC().Format(time.RFC3339)}
	case s.Correction:
		d.Event, d.Reason = wiredesk.EventCorrection, "the sender calls it a correction"
	case st != nil && st.held():
		d.Event, d.Reason = wiredesk.EventRelease, "a newer version lifts the hold of revision "+st.describe()
	}
	if s.NotForPublication != "" {
		d.Fate, d.Reason = FateFiltered, "not for publication: "+s.NotForPublication
	}
	return d
}
