package model_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/edict"
)

// The reference model: what a story goes through, said once more and in the plainest way, from the table of the design.
// It knows nothing of the code that it judges.

// input is one arrival: a version of the story, or an operator's word.
type input struct {
	raw    uint64
	stored time.Time
	word   edict.Act // empty for a version
	doc    doc
}

// doc is what a version says. Version 0 is none.
type doc struct {
	Version    int
	Token      string // the one word of its text that no other document has
	Lang       string
	Quay       bool // the text names what the desk "quay" asks for
	Status     string
	Until      time.Time
	Unknown    bool
	NotFor     string
	Correction bool
}

// content is what tells two documents of one version apart.
func (d doc) content() string {
	return fmt.Sprint(d.Token, d.Status, d.Until.UnixNano(), d.Unknown, d.NotFor)
}

// known is what the model knows of a story.
type known struct {
	revision   int
	event      string
	fate       string
	doc        doc // whose copy it is
	version    int
	raw        uint64
	out        int // the newest revision that went out, or a notice of it
	word       edict.Act
	beneath    string
	reinstated bool
	changed    bool
}

func (k *known) is(events ...string) bool { return k != nil && slices.Contains(events, k.event) }

func (k *known) held() bool { return k.is("embargo", "withhold") }

// verdict is what an input means. Without an event there is no revision.
type verdict struct {
	event, fate string
	changed     bool
	word        edict.Act
	beneath     string
}

func judge(k *known, in input) verdict {
	if in.word != "" {
		v := ruled(k, in)
		v.changed = k != nil && k.changed && v.event != "" && v.event != "kill"
		return v
	}
	if k != nil && k.word == edict.Kill {
		if in.doc.Status == wiredesk.Canceled {
			return verdict{fate: "duplicate"}
		}
		return verdict{fate: "stale"}
	}
	v := versioned(k, in)
	if k != nil && k.word == edict.Hold && v.event != "" {
		v.word = edict.Hold
		if v.event != "kill" {
			v.beneath, v.event, v.fate = v.event, "withhold", "held"
		}
	}
	return v
}

// versioned is the table of versions.
func versioned(k *known, in input) verdict {
	kill := in.doc.Status == wiredesk.Canceled
	meant := meaning(k, in)
	switch {
	case k == nil && kill:
		return verdict{event: "kill", fate: "published"}
	case k == nil && (meant.event == "update" || meant.event == "correction"):
		meant.event = "new"
		return meant
	case k == nil:
		return meant
	}
	age := 0 // of the input against what is known
	if in.doc.Version > 0 && k.version > 0 {
		age = in.doc.Version - k.version
	}
	switch {
	case kill && k.is("kill") && age > 0:
		return verdict{event: "kill", fate: "duplicate"}
	case kill && k.is("kill"):
		return verdict{fate: "duplicate"}
	case kill && age < 0 && k.reinstated:
		return verdict{fate: "stale"}
	case kill && k.out == 0:
		return verdict{event: "kill", fate: "filtered"}
	case kill:
		return verdict{event: "kill", fate: "published"}
	case age < 0:
		return verdict{fate: "stale"}
	case age > 0:
		return meant
	case in.doc.content() == k.doc.content():
		return verdict{fate: "duplicate"}
	case in.raw < k.raw, k.is("kill"):
		return verdict{fate: "stale"}
	case k.held() && meant.event != "embargo" && meant.event != "withhold" && in.doc.Version > 0:
		return verdict{fate: "stale"}
	}
	meant.changed = in.doc.Version > 0
	return meant
}

// meaning is that of a version which is newer than all before, and no kill.
func meaning(k *known, in input) verdict {
	v := verdict{event: "update", fate: "published"}
	switch {
	case in.doc.Status == wiredesk.Withheld || in.doc.Unknown:
		return verdict{event: "withhold", fate: "held"}
	case in.doc.Until.After(in.stored):
		return verdict{event: "embargo", fate: "held"}
	case in.doc.Correction:
		v.event = "correction"
	case k.held():
		v.event = "release"
	}
	if in.doc.NotFor != "" {
		v.fate = "filtered"
	}
	return v
}

// ruled is what the operator's word means.
func ruled(k *known, in input) verdict {
	switch {
	case k == nil && in.word == edict.Kill:
		return verdict{event: "kill", fate: "published", word: edict.Kill}
	case k == nil:
		return verdict{fate: "stale"}
	case in.word == edict.Kill && k.word == edict.Kill, in.word == edict.Hold && k.word == edict.Hold && !k.is("kill"):
		return verdict{fate: "duplicate"}
	case in.word == edict.Kill && k.out == 0:
		return verdict{event: "kill", fate: "filtered", word: edict.Kill}
	case in.word == edict.Kill:
		return verdict{event: "kill", fate: "published", word: edict.Kill}
	case k.is("kill"), in.word == edict.Lift && k.word != edict.Hold:
		return verdict{fate: "stale"}
	case in.word == edict.Hold:
		return verdict{event: "withhold", fate: "held", word: edict.Hold, beneath: k.event}
	case k.beneath == "withhold":
		return verdict{event: "withhold", fate: "held"}
	case k.beneath == "embargo" && k.doc.Until.After(in.stored):
		return verdict{event: "embargo", fate: "held"}
	case k.doc.NotFor != "":
		return verdict{event: "release", fate: "filtered"}
	}
	return verdict{event: "release", fate: "published"}
}

// released is what a timer makes of an embargo that has ended.
func released(k *known) verdict {
	if k.doc.NotFor != "" {
		return verdict{event: "release", fate: "filtered", changed: k.changed}
	}
	return verdict{event: "release", fate: "published", changed: k.changed}
}

// after is the story after a verdict on an input.
func after(k *known, in input, v verdict) *known {
	n := &known{revision: 1, event: v.event, fate: v.fate, doc: in.doc, version: in.doc.Version, raw: in.raw, word: v.word, beneath: v.beneath, changed: v.changed}
	if k != nil {
		n.revision, n.out = k.revision+1, k.out
		n.reinstated = k.reinstated || k.is("kill") && v.event != "kill"
		if in.word != "" {
			n.doc = k.doc
		}
		if n.version == 0 || v.event == "kill" {
			n.version = max(n.version, k.version) // a kill ends every version there was
		}
	}
	if v.fate == "published" || n.held() && n.out > 0 {
		n.out = n.revision
	}
	return n
}

// shelf is what one subject of the news has shown, and what it shows now, as revisions.
type shelf struct{ shown, stands []int }

// news are the subjects of one story.
type news map[string]*shelf

// add sends a revision to everyone it is for. What was there before goes where it is a notice.
func (n news) add(story string, k *known, first bool) {
	notice := k.is("kill", "withhold", "embargo")
	to := map[string]bool{}
	for s := range n {
		to[s] = k.out == k.revision
	}
	note := "news.advisory.model." + story
	to[note] = n[note] != nil && (notice || k.out == k.revision) || k.doc.NotFor != "" && k.fate == "filtered" && !notice
	if k.fate == "published" && (!k.is("kill") || first) {
		to["news.wire.model."+story], to["news.lang."+k.doc.Lang+"."+story] = true, true
		if k.doc.Quay && !notice {
			to["news.desk.quay."+story] = true
		}
	}
	for s, is := range to {
		if !is {
			continue
		}
		if n[s] == nil {
			n[s] = &shelf{}
		}
		if notice {
			n[s].stands = nil
		}
		n[s].shown, n[s].stands = append(n[s].shown, k.revision), append(n[s].stands, k.revision)
	}
}
