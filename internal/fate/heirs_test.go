package fate_test

import (
	"fmt"
	"testing"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/fate"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// TestWhatRewritesAStory has two rewrites of a story, one that came in before it, and false friends: what another provider
// has under the same URI, and what rewrites the rewrite.
func TestWhatRewritesAStory(t *testing.T) {
	b := brokertest.New(t)
	for _, r := range []struct{ provider, uri, revision, event, rewrites string }{
		{"mill", "urn:mill:early", "1", "new", "urn:mill:dam"},
		{"mill", "urn:mill:dam", "1", "new", ""},
		{"mill", "urn:mill:inquiry", "1", "new", "urn:mill:dam"},
		{"mill", "urn:mill:trial", "1", "new", "urn:mill:inquiry"},
		{"forge", "urn:forge:inquiry", "1", "new", "urn:mill:dam"},
		{"mill", "urn:mill:inquiry", "2", "kill", ""},
		{"mill", "urn:mill:dam", "2", "update", "urn:mill:dam"},
	} {
		id := wiredesk.StoryID(r.provider, r.uri)
		m := nats.NewMsg(stream.ArticleSubject(id))
		m.Header = nats.Header{
			stream.HStory: {id}, stream.HURI: {r.uri}, stream.HProvider: {r.provider}, stream.HEvent: {r.event}, stream.HRevision: {r.revision},
			stream.HRewrites: {r.rewrites},
		}
		if _, err := b.JS.PublishMsg(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	found, err := fate.Find(t.Context(), b.JS, wiredesk.StoryID("mill", "urn:mill:dam"), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := fate.RewrittenBy(t.Context(), b.JS, &found[0]); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range found[0].RewrittenBy {
		got = append(got, fmt.Sprintf("%s r%d %s", a.URI, a.Revision, a.Event))
	}
	if want := "[urn:mill:early r1 new urn:mill:inquiry r2 kill]"; fmt.Sprint(got) != want || found[0].Unsearched {
		t.Errorf("rewritten by %v, unsearched %v; want %s, all searched", got, found[0].Unsearched, want)
	}
}
