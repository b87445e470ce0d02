package enrich_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// A story that rewrites another is linked to it by the sender's word, and not once more by the text they share.
func TestRewritesAreLinked(t *testing.T) {
	first := wiredesk.StoryID("sana", "urn:sana:0")
	w := newWire(t, enrich.Enricher{
		Name: "related", Enrich: setCredit("related"),
		Take: func(to, _ *wiredesk.Article) {
			to.Related = []wiredesk.Relation{{Story: "other", Relation: "reprint", Score: 0.7}, {Story: first, Relation: "update", Score: 0.8}}
		},
	})
	w.push(version("1", "another angle", func(s *wiredesk.Story) { s.EvolvedFrom = "urn:sana:0" }))
	got := w.settled("urn:sana:1")
	if len(got) != 1 {
		t.Fatalf("%d revisions", len(got))
	}
	want := []wiredesk.Relation{{Story: first, URI: "urn:sana:0", Relation: "rewrite", Score: 1}, {Story: "other", Relation: "reprint", Score: 0.7}}
	if fmt.Sprint(got[0].Related) != fmt.Sprint(want) {
		t.Errorf("related are %v; want %v", got[0].Related, want)
	}
	if uri := stream.TextValue(w.stored(stream.ARTICLES, stream.ArticleSubject(got[0].Story))[0].Headers().Get(stream.HRewrites)); uri != "urn:sana:0" {
		t.Errorf("the header says it rewrites %q", uri)
	}
}

// Two feeds of one agency bring the same versions of its stories at once, with other words in some, to two workers: each
// story has one line of revisions and ends in what came in last, however the workers shared it; words that conflict under
// one version are flagged, or recorded as late.
func TestTwoFeedsInConflict(t *testing.T) {
	b := brokertest.New(t)
	w := newWireOn(t, b)
	newWireOn(t, b)
	const stories = 40
	var feeds sync.WaitGroup
	var mu sync.Mutex
	lastSeq, lastText := map[string]uint64{}, map[string]string{} // of version 3, by story
	for _, feed := range []string{"sana-en", "sana-web"} {
		feeds.Go(func() {
			for i := range 3 * stories {
				s := version(fmt.Sprint(1+i/stories), fmt.Sprintf("version %d", 1+i/stories))
				s.Item.URI = fmt.Sprintf("urn:sana:%d", i%stories)
				if s.Item.Version == "3" && i%2 == 0 {
					s.Text += " as " + feed + " has it"
				}
				body, _ := json.Marshal(s)
				m := &nats.Msg{Subject: "wire.raw." + feed, Header: nats.Header{stream.HFeed: {feed}}, Data: body}
				ack, err := b.JS.PublishMsg(t.Context(), m)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if s.Item.Version == "3" && ack.Sequence > lastSeq[s.Item.URI] {
					lastSeq[s.Item.URI], lastText[s.Item.URI] = ack.Sequence, s.Text
				}
				mu.Unlock()
			}
		})
	}
	feeds.Wait()
	for uri, text := range lastText {
		w.settledInConflict(uri, text, strings.Contains(text, "has it"))
	}
}

func (w *wire) settledInConflict(uri, text string, conflict bool) {
	w.t.Helper()
	got := w.settled(uri)
	if last := got[len(got)-1]; last.Text != text {
		w.t.Errorf("%s ends in %q (%s); want %q", uri, last.Text, events(got), text)
	}
	flagged := 0
	for i, a := range got {
		if a.Changed {
			flagged++
		}
		if i > 0 && a.Item.Version < got[i-1].Item.Version {
			w.t.Errorf("%s: version %s after %s", uri, a.Item.Version, got[i-1].Item.Version)
		}
	}
	for _, m := range w.stored(stream.ARTICLES, stream.FateSubject(wiredesk.StoryID("sana", uri))) {
		if strings.Contains(stream.TextValue(m.Headers().Get(stream.HReason)), "came in before") {
			flagged++
		}
	}
	if conflict != (flagged == 1) || flagged > 1 {
		w.t.Errorf("%s: %d versions are flagged or late, conflict is %v (%s)", uri, flagged, conflict, events(got))
	}
}
