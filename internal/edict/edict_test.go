package edict_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/edict"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// stands stores what the line knows of a story.
func stands(t *testing.T, js jetstream.JetStream, subject, provider, uri, event, word string) {
	t.Helper()
	for _, s := range []string{"wire.raw." + provider, subject + wiredesk.StoryID(provider, uri)} {
		m := nats.NewMsg(s)
		m.Header = nats.Header{
			stream.HStory: {wiredesk.StoryID(provider, uri)}, stream.HProvider: {provider}, stream.HURI: {uri}, stream.HRevision: {"4"},
			stream.HEvent: {event}, stream.HOperator: {word},
		}
		if _, err := js.PublishMsg(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
}

func TestIssue(t *testing.T) {
	b := brokertest.New(t)
	stands(t, b.JS, stream.ArticlePrefix, "harbour", "urn:ferry", "update", "")
	stands(t, b.JS, stream.ArticlePrefix, "harbour", "urn:shared", "update", "")
	stands(t, b.JS, stream.ArticlePrefix, "market", "urn:shared", "update", "")
	stands(t, b.JS, stream.ArticlePrefix, "harbour", "urn:slain", "kill", "kill")
	stands(t, b.JS, stream.ArticlePrefix, "harbour", "urn:canceled", "kill", "")
	stands(t, b.JS, stream.TombPrefix, "harbour", "urn:long-dead", "kill", "kill")
	ferry := wiredesk.StoryID("harbour", "urn:ferry")
	tests := []struct {
		name string
		in   edict.Edict
		want error
		says string
	}{
		{"by uri", edict.Edict{URI: "urn:ferry"}, nil, ""},
		{"by uri and provider", edict.Edict{URI: "urn:ferry", Provider: "harbour"}, nil, ""},
		{"by the id in the place of a uri", edict.Edict{URI: ferry}, nil, ""},
		{"by the id", edict.Edict{Story: ferry}, nil, ""},
		{"of a sender's kill, to make it final", edict.Edict{URI: "urn:canceled"}, nil, ""},
		{"unknown", edict.Edict{URI: "urn:nobody"}, edict.ErrUnknown, "check the URI"},
		{"the wrong provider", edict.Edict{URI: "urn:ferry", Provider: "market"}, edict.ErrUnknown, "check the URI"},
		{"of two", edict.Edict{URI: "urn:shared"}, edict.ErrAmbiguous, "harbour, market"},
		{"twice", edict.Edict{URI: "urn:slain"}, edict.ErrDone, "wiredesk trace"},
		{"twice, long ago", edict.Edict{URI: "urn:long-dead"}, edict.ErrDone, "killed already"},
		{"a hold of a killed story", edict.Edict{URI: "urn:slain", Act: edict.Hold}, edict.ErrDone, "cannot be taken back"},
		{"a lift of what nobody holds", edict.Edict{URI: "urn:ferry", Act: edict.Lift}, edict.ErrDone, "no operator holds"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.in.Act == "" {
				tt.in.Act = edict.Kill
			}
			tt.in.Reason, tt.in.By = "a wrong name: "+tt.name, "night desk"
			r, err := edict.Issue(t.Context(), b.JS, tt.in)
			if !errors.Is(err, tt.want) || err != nil && !strings.Contains(err.Error(), tt.says) {
				t.Fatalf("Issue = %v; want %v, saying %q", err, tt.want, tt.says)
			}
			if err != nil {
				return
			}
			raw, err := b.JS.Stream(t.Context(), stream.RAW)
			if err != nil {
				t.Fatal(err)
			}
			m, err := raw.GetLastMsgForSubject(t.Context(), stream.EdictSubject)
			if err != nil {
				t.Fatal(err)
			}
			e, err := edict.Read(m.Subject, m.Data)
			if err != nil || e.Story != r.Stories[0].Story || e.Reason != tt.in.Reason || e.Provider != "harbour" || m.Header.Get(stream.HReceipt) != r.Receipt {
				t.Errorf("RAW holds %+v, %v; the receipt is %+v", e, err, r)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	for says, e := range map[string]edict.Edict{
		"needs a reason": {Act: edict.Kill, URI: "urn:a"},
		"no act":         {Act: "burn", URI: "urn:a", Reason: "r"},
		"limit is 1000":  {Act: edict.Kill, URI: "urn:a", Reason: strings.Repeat("r", edict.MaxReason+1)},
		"limit is 100":   {Act: edict.Kill, URI: "urn:a", Reason: "r", By: strings.Repeat("r", edict.MaxBy+1)},
		"UTF-8":          {Act: edict.Kill, URI: "urn:a", Reason: "\xff"},
		"name the story": {Act: edict.Kill, Reason: "r"},
	} {
		if err := e.Check(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("Check of %+v = %v; want it to say %q", e, err, says)
		}
	}
}

// Only the operator's own subject carries edicts, and only whole ones that name their story rightly.
func TestRead(t *testing.T) {
	good := `{"act":"kill","story":"` + wiredesk.StoryID("harbour", "urn:a") + `","uri":"urn:a","provider":"harbour","reason":"r","by":"","at":"2026-11-24T12:00:00Z"}`
	if _, err := edict.Read(stream.EdictSubject, []byte(good)); err != nil {
		t.Errorf("a good edict: %v", err)
	}
	for subject, body := range map[string]string{
		"wire.raw.operator":          good,
		stream.EdictSubject:          strings.Replace(good, "urn:a", "urn:b", 1),
		stream.EdictSubject + "\x00": good,
	} {
		if e, err := edict.Read(subject, []byte(body)); err == nil {
			t.Errorf("Read(%q) = %+v; want a refusal", subject, e)
		}
	}
}
