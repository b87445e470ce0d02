package enrich

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/related"
	"github.com/wiredesk/wiredesk/internal/stream"
)

const (
	hReinstated = "Wire-Reinstated"
	hEdict      = "Wire-Edict"   // of a revision that an operator's word made: the act
	hBeneath    = "Wire-Beneath" // of a revision that an operator holds: the event it would have been
)

// build makes the next revision of a story, before enrichment. The receipt is that of the whole document, of which raw
// may be a part.
func build(st *State, s *wiredesk.Story, raw wiredesk.Raw, receipt string, d Decision) wiredesk.Article {
	a := wiredesk.Article{
		Item: s.Item, Provider: s.Provider, Feed: s.Feed, Receipt: receipt,
		Original: wiredesk.Original{SHA256: raw.SHA256(), MediaType: raw.MediaType, Format: s.Format, Bytes: len(raw.Bytes)},
		Story:    s.ID(), Revision: 1, Event: d.Event, Reason: d.Reason, Changed: d.Changed,
		Publishable: s.NotForPublication == "", NotForPublication: s.NotForPublication,
		Text: s.Text, Credit: s.Credit, Signals: s.Signals, Keywords: s.Keywords, Supersedes: s.EvolvedFrom,
		Attributions: []wiredesk.Attribution{}, Repairs: s.Repairs,
	}
	a.Item.Standard = wiredesk.NINJS()
	if st != nil {
		a.Revision = st.Revision + 1
		a.Previous = &wiredesk.Previous{Revision: st.Revision, Version: st.Version, Published: st.Published}
		if a.Item.Version == "" || a.Event == wiredesk.EventKill && older(s, st) {
			a.Item.Version = st.Version
			a.Item.VersionCreated = latest(a.Item.VersionCreated, st.VersionCreated)
		}
	}
	return a
}

// older says that a kill names a version before the one that it ends: all up to that one stay dead.
func older(s *wiredesk.Story, st *State) bool {
	return wiredesk.CompareVersions(s.Item.Version, s.Item.VersionCreated, st.Version, st.VersionCreated) < 0
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// complete puts the copy of the last revision under a version that brings only an instruction: a change of status
// never blanks a story.
func complete(st *State, s *wiredesk.Story) (*wiredesk.Story, error) {
	if st == nil || !s.Partial {
		return s, nil
	}
	before, err := st.Article()
	if err != nil {
		return nil, err
	}
	whole := *s
	whole.Item, whole.Text = before.Item, before.Text
	whole.Item.PubStatus, whole.Item.EmbargoedUntil = s.Item.PubStatus, s.Item.EmbargoedUntil
	if s.Item.Version != "" {
		whole.Item.Version = s.Item.Version
	}
	if !s.Item.VersionCreated.IsZero() {
		whole.Item.VersionCreated = s.Item.VersionCreated
	}
	if s.Item.EdNote != "" {
		whole.Item.EdNote = s.Item.EdNote
	}
	if s.Item.Urgency != 0 {
		whole.Item.Urgency = s.Item.Urgency
	}
	return &whole, nil
}

// message is the revision as ARTICLES stores it: conditional on the state it was decided on, with everything
// publish needs in headers, so that nobody decodes the body to route it.
func message(st *State, fingerprint string, a *wiredesk.Article, in arrival, d Decision) (stream.Message, error) {
	audience := audience(st, a, d)
	a.Audience = strings.Fields(audience)
	body, err := json.Marshal(a)
	if err != nil {
		return stream.Message{}, fmt.Errorf("enrich: story %s: %w", a.Item.URI, err)
	}
	h := nats.Header{}
	set := func(name, value string) {
		if value != "" {
			h[name] = []string{value}
		}
	}
	set(stream.HStory, a.Story)
	set(stream.HRevision, itoa(a.Revision))
	set(stream.HEvent, a.Event)
	set(stream.HFate, d.Fate)
	set(stream.HReason, stream.HeaderValue(d.Reason))
	set(stream.HOperator, string(d.Operator))
	set(hBeneath, d.Beneath)
	set(stream.HVersion, stream.HeaderValue(a.Item.Version))
	set(stream.HCreated, stamp(a.Item.VersionCreated))
	set(stream.HUntil, stamp(a.Item.EmbargoedUntil))
	set(stream.HFingerprint, fingerprint)
	set(stream.HProvider, stream.HeaderValue(a.Provider))
	set(stream.HFeed, stream.HeaderValue(a.Feed))
	set(stream.HReceipt, a.Receipt)
	set(stream.HURI, stream.HeaderValue(a.Item.URI))
	set(stream.HLanguage, stream.HeaderValue(a.Item.Language))
	set(stream.HNotFor, stream.HeaderValue(a.NotForPublication))
	if st != nil && st.Sequence > 0 {
		set(stream.HPrevious, strconv.FormatUint(st.Sequence, 10))
	}
	set(stream.HRewrites, stream.HeaderValue(a.Supersedes))
	set(stream.HSketch, related.Header(a))
	set(stream.HAudience, audience)
	set(stream.HReceived, in.received)
	set(stream.HTrace, in.trace)
	if a.Item.Urgency > 0 {
		set(stream.HUrgency, itoa(a.Item.Urgency))
	}
	if in.sequence > 0 {
		set(stream.HRawSeq, strconv.FormatUint(in.sequence, 10))
	}
	if in.copy > 0 && in.copy != in.sequence {
		set(stream.HCopy, strconv.FormatUint(in.copy, 10))
	}
	chain(h, st, a, d)
	id := a.Story + "." + itoa(a.Revision)
	events(h, "article."+a.Event, id, a)
	m := stream.Message{Subject: stream.ArticleSubject(a.Story), Header: h, Data: body, Expect: stream.Last(0)}
	if st != nil {
		m.Expect = stream.Last(st.Sequence)
	}
	return m, nil
}

// chain writes which revision subscribers may see now, and which one they saw before, so that publish keeps the
// order even where several workers share the work.
func chain(h nats.Header, st *State, a *wiredesk.Article, d Decision) {
	published := 0
	if st != nil {
		published = st.Published
		if st.Published > 0 {
			h[stream.HFollows] = []string{itoa(st.Published)}
			h[stream.HFollowsSeq] = []string{strconv.FormatUint(st.PublishedSeq, 10)}
		}
		if st.Reinstated || st.Event == wiredesk.EventKill && a.Event != wiredesk.EventKill {
			h[hReinstated] = []string{"yes"}
		}
	}
	// A hold of a story that subscribers have is told to them too.
	if d.Fate == FatePublished || a.Held() && published > 0 {
		published = a.Revision
	}
	if published > 0 {
		h[stream.HPublished] = []string{itoa(published)}
	}
}

// events writes the CloudEvents 1.0 attributes in binary mode.
func events(h nats.Header, kind, id string, a *wiredesk.Article) {
	h[stream.HCESpec] = []string{"1.0"}
	h[stream.HCEID] = []string{id}
	h[stream.HCEType] = []string{"org.wiredesk." + kind}
	h[stream.HCESource] = []string{"/feeds/" + stream.HeaderValue(a.Feed)}
	h[stream.HCESubject] = []string{stream.HeaderValue(a.Item.URI)}
	h[stream.HCEContent] = []string{"application/json"}
	if n := len(a.Hops); n > 0 {
		h[stream.HCETime] = []string{stamp(a.Hops[n-1].At)}
	}
}

// fate is the record of a version that made no revision.
func fate(s *wiredesk.Story, in arrival, d Decision) stream.Message {
	h := nats.Header{
		stream.HStory: {s.ID()}, stream.HFate: {d.Fate}, stream.HReason: {stream.HeaderValue(d.Reason)},
		stream.HReceipt: {in.receipt}, stream.HFeed: {stream.HeaderValue(s.Feed)}, stream.HProvider: {stream.HeaderValue(s.Provider)},
		stream.HURI: {stream.HeaderValue(s.Item.URI)}, stream.HVersion: {stream.HeaderValue(s.Item.Version)},
		stream.HRawSeq: {strconv.FormatUint(in.sequence, 10)},
	}
	id := "fate." + strconv.FormatUint(in.sequence, 10) + "." + s.ID()
	return stream.Message{Subject: stream.FateSubject(s.ID()), ID: id, Header: h}
}

// audience is every facet value that the story has gone to with this revision: a revision that no subscriber sees
// adds none, and a kill goes where the story went.
func audience(st *State, a *wiredesk.Article, d Decision) string {
	var all []string
	if st != nil {
		all = strings.Fields(st.Audience)
	}
	if d.Fate != FatePublished || a.Event == wiredesk.EventKill && st != nil {
		return strings.Join(all, " ")
	}
	for _, f := range a.Facets() {
		name, nerr := stream.Token(f.Name)
		value, verr := stream.Token(f.Value)
		if nerr != nil || verr != nil {
			continue
		}
		if v := name + "." + value; !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return strings.Join(all, " ")
}

func itoa(n int) string { return strconv.Itoa(n) }

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
