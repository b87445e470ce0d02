package deploy_test

import (
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/internal/edict"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// TestOperatorMayKill issues an edict with the operator's rights, and follows tombstones with enrich's.
func TestOperatorMayKill(t *testing.T) {
	s, admin := line(t)
	story := wiredesk.StoryID("sana", "urn:sana:1")
	m := nats.NewMsg(stream.ArticleSubject(story))
	m.Header = nats.Header{stream.HStory: {story}, stream.HProvider: {"sana"}, stream.HURI: {"urn:sana:1"}, stream.HRevision: {"1"}, stream.HEvent: {"new"}}
	if _, err := admin.js(t).PublishMsg(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	operator := dial(t, s, "operator", "WIRE_OPERATOR_PASSWORD")
	r, err := edict.Issue(t.Context(), operator.js(t), edict.Edict{Act: edict.Kill, URI: "urn:sana:1", Provider: "sana", Reason: "a wrong name"})
	if err != nil || len(r.Stories) != 1 || r.Stories[0].Story != story {
		t.Fatalf("Issue = %+v, %v", r, err)
	}
	for _, subject := range []string{"wire.tomb." + story, "$JS.API.STREAM.PURGE.TOMBS", "$JS.API.STREAM.MSG.DELETE.TOMBS", "wire.news.wire.sana.x"} {
		if operator.try(t, subject) {
			t.Errorf("the operator may publish to %s", subject)
		}
	}
	worker := dial(t, s, "enrich", "WIRE_ENRICH_PASSWORD")
	if _, err := worker.js(t).PublishMsg(t.Context(), &nats.Msg{Subject: stream.TombSubject(story), Header: nats.Header{stream.HEvent: {"kill"}}}); err != nil {
		t.Fatalf("enrich cannot write a tombstone: %v", err)
	}
	tombs, err := enrich.OpenTombs(t.Context(), worker.js(t))
	if err != nil {
		t.Fatal(err)
	}
	if st, err := tombs.Tomb(t.Context(), story); err != nil || st == nil || st.Event != wiredesk.EventKill {
		t.Errorf("Tomb = %+v, %v", st, err)
	}
	if _, err := worker.js(t).OrderedConsumer(t.Context(), stream.TOMBS, jetstream.OrderedConsumerConfig{FilterSubjects: []string{stream.TombPrefix + "*"}}); err != nil {
		t.Errorf("enrich cannot follow tombstones: %v", err)
	}
}
