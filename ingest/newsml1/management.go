package newsml1

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

func (it *item) management() {
	it.Item.FirstCreated = it.Time("firstCreated", it.manage.Child("FirstCreated").Line())
	it.Item.VersionCreated = it.Time("versionCreated", it.manage.Child("ThisRevisionCreated").Line())
	if it.Item.VersionCreated.IsZero() {
		it.Item.VersionCreated = it.Item.FirstCreated
	}
	embargoed := it.Status(formal(it.manage.Child("Status")))
	it.change(embargoed)
	it.Urgency(formal(it.manage.Child("Urgency")))
	if kind := formal(it.manage.Child("NewsItemType")); kind != "" {
		it.Original("newsItemType", kind)
		it.Notice(kind)
	}
	for i := range it.manage.All("Instruction") {
		it.instruction(i)
	}
	for a := range it.manage.All("AssociatedWith") {
		if ref := a.Attr("NewsItem"); ref != "" {
			as := wiredesk.Association{Name: "associated", Rel: "associatedWith"}
			as.URI = ninjs.URI(it.Provider, ref)
			it.Item.Associations = append(it.Item.Associations, as)
		}
	}
	for c := range it.manage.All("Comment") {
		it.EdNote(c.Line())
	}
}

// change reads the announced change of status: the end of an embargo, or a coming one. Announced kills and withholds
// stay a note; they take effect when the sender says so.
func (it *item) change(embargoed bool) {
	will := it.manage.Child("StatusWillChange")
	at := will.Child("DateAndTime").Line()
	future, ok := newscodes.Status(formal(will.Child("FutureStatus")))
	switch {
	case embargoed:
		if ok && future != wiredesk.Usable {
			at = ""
		}
		it.Embargo(at)
	case will == nil:
	case ok && future == wiredesk.Usable && it.Item.PubStatus == wiredesk.Withheld:
		it.Original("release", at)
	default:
		it.Original("statusWillChange", formal(will.Child("FutureStatus"))+" "+at)
		it.EdNote("Status will change: " + formal(will.Child("FutureStatus")) + " " + at)
	}
}

// instruction is a word of the provider on this item, or a new status for earlier revisions of it.
func (it *item) instruction(n *markup.Node) {
	for r := range n.All("RevisionStatus") {
		it.Original("revisionStatus", strings.TrimSpace(formal(r.Child("Status"))+" "+r.Attr("Revision")))
		if status, ok := newscodes.Status(formal(r.Child("Status"))); ok && status == wiredesk.Canceled {
			it.Signal("revision:canceled")
		}
	}
	if word := formal(n); word != "" {
		it.Signal("instruction:" + word)
		if strings.EqualFold(word, "correction") || strings.EqualFold(word, "rectify") {
			it.Correction = true
		}
	}
}

// sent reads the envelope: its priority is of the transmission, not of the story.
func (it *item) sent() {
	it.Original("sent", it.envelope.Child("DateAndTime").Line())
	it.Original("priority", formal(it.envelope.Child("Priority")))
	it.AltID("transmissionId", it.envelope.Child("TransmissionId").Line())
	if it.Item.VersionCreated.IsZero() {
		it.Item.VersionCreated = it.Time("sent", it.envelope.Child("DateAndTime").Line())
	}
	for p := range it.envelope.All("NewsProduct") {
		it.AltID("product", formal(p))
	}
	for s := range it.envelope.All("NewsService") {
		it.AltID("service", formal(s))
	}
}
