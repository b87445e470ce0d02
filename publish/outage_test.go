package publish_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish"
)

// troubled is a shelf before which something happens each time it is asked.
type troubled struct {
	publish.Shelf
	asked  atomic.Int64
	before func(n int64)
}

func (s *troubled) Story(ctx context.Context, story string) (map[string]publish.Standing, error) {
	s.before(s.asked.Add(1))
	return s.Shelf.Story(ctx, story)
}

// A broker that is away while publish asks what stands in NEWS makes no dead letter of a good revision.
func TestAnOutageWhileAskingTheShelf(t *testing.T) {
	d := newDesk(t)
	nc := d.Connect(t)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	c, err := js.Consumer(t.Context(), stream.ARTICLES, stream.PublishConsumer)
	if err != nil {
		t.Fatal(err)
	}
	shelf := &troubled{Shelf: publish.NewNews(nc), before: func(n int64) {
		switch n {
		case 1:
			d.Stop()
		case 8:
			d.Start(t)
		}
	}}
	d.article("ferry", 1, "new", "The ferry sails", true, "wire.sana")
	d.article("ferry", 2, "update", "The ferry sails hourly", true, "wire.sana")
	p := publish.New(publish.Options{Shelf: shelf, Settlement: stage.NewFloor(c)})
	store := commit.New(nc, commit.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- stage.Run(ctx, js, store, store, stage.Options{
			Name: "publish", Stream: stream.ARTICLES, Consumer: stream.PublishConsumer, Handle: p.Handle,
			Tries: 2, First: time.Millisecond, Most: 20 * time.Millisecond, Log: brokertest.Log(t).Level(7),
		})
	}()
	eventually(t, "both revisions are settled", func() bool {
		asking, enough := context.WithTimeout(t.Context(), time.Second)
		defer enough()
		c, err := d.JS.Consumer(asking, stream.ARTICLES, stream.PublishConsumer)
		return err == nil && c.CachedInfo().AckFloor.Stream >= 2
	})
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Run = %v", err)
	}
	news, err := d.JS.Stream(t.Context(), stream.NEWS)
	if err != nil {
		t.Fatal(err)
	}
	m, err := news.GetLastMsgForSubject(t.Context(), "news.wire.sana.ferry")
	if err != nil || m.Header.Get(stream.HRevision) != "2" {
		t.Errorf("the news hold %v, %v; want revision 2", m, err)
	}
	dead, err := d.JS.Stream(t.Context(), stream.DEAD)
	if err != nil || dead.CachedInfo().State.Msgs != 0 {
		t.Errorf("dead letters: %v, %v; want none for an outage", dead.CachedInfo().State.Msgs, err)
	}
}
