package subscriber_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/subscriber"
)

// reader is a subscriber that takes several stories at a time.
type reader struct {
	mu    sync.Mutex
	took  []string // story.revision
	atOne int      // stories in its handler
	most  int
	fails func(id string) error
}

func (r *reader) handle(_ context.Context, d subscriber.Delivery) error {
	id := d.Key()
	r.mu.Lock()
	r.atOne++
	r.most = max(r.most, r.atOne)
	fails := r.fails
	r.mu.Unlock()
	var err error
	if fails != nil {
		err = fails(id)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.atOne--
	if err == nil {
		r.took = append(r.took, id)
	}
	return err
}

func (r *reader) all() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.took)
}

func (r *reader) will(fails func(string) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fails = fails
}

// follow starts a copy of the subscriber.
func (r *reader) follow(t *testing.T, nc *nats.Conn, o subscriber.Options) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- subscriber.Follow(ctx, nc, o, r.handle) }()
	t.Cleanup(cancel)
	return func() error {
		cancel()
		return <-done
	}
}

func publish(t *testing.T, b *brokertest.Broker, story string, revision int) {
	t.Helper()
	m := nats.NewMsg(stream.NewsInput("news.wire.sana." + story))
	m.Header.Set(stream.HStory, story)
	m.Header.Set(stream.HRevision, fmt.Sprint(revision))
	m.Data = fmt.Appendf(nil, `{"story":%q,"revision":%d,"text":"copy"}`, story, revision)
	if _, err := b.JS.PublishMsg(t.Context(), m); err != nil {
		t.Fatal(err)
	}
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(40 * time.Second)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 40 s", what)
		}
		<-time.After(5 * time.Millisecond)
	}
}

func ordered(t *testing.T, took []string) {
	t.Helper()
	last := map[string]string{}
	for _, id := range took {
		story, revision, _ := strings.Cut(id, ".")
		if revision <= last[story] {
			t.Errorf("%s came after revision %s", id, last[story])
		}
		last[story] = revision
	}
}

var errNotNow = errors.New("not now")

// A copy that dies with much in hand leaves a gap that the next one does not step over: it waits for what is overdue.
func TestACopyThatDiesBreaksNoOrder(t *testing.T) {
	t.Parallel()
	b := brokertest.New(t)
	o := subscriber.Options{Name: "desk", AtOnce: 8, Retry: 50 * time.Millisecond, From: subscriber.All}
	first := &reader{fails: func(id string) error {
		if id < "s10" {
			return wiredesk.After(time.Hour, errNotNow)
		}
		return nil
	}}
	nc := b.Connect(t)
	first.follow(t, nc, o)
	const stories = 30
	for i := range stories {
		publish(t, b, fmt.Sprintf("s%02d", i), 1)
	}
	eventually(t, "the others are handled", func() bool { return len(first.all()) == stories-10 })
	nc.Close() // as a crash would: nothing is given back
	for i := range stories {
		publish(t, b, fmt.Sprintf("s%02d", i), 2)
	}
	second := &reader{}
	second.follow(t, b.Connect(t), o)
	eventually(t, "everything is handled", func() bool { return len(second.all()) >= stories+10 })
	ordered(t, second.all())
	if n := len(second.all()); n != stories+10 {
		t.Errorf("%d came, want what was in hand and %d second revisions", n, stories)
	}
}

func TestNoMoreThanAskedForAtOnce(t *testing.T) {
	for _, name := range []string{"desk", ""} {
		b := brokertest.New(t)
		let := make(chan struct{})
		r := &reader{fails: func(string) error { <-let; return nil }}
		stop := r.follow(t, b.NC, subscriber.Options{Name: name, AtOnce: 5, From: subscriber.All})
		for i := range 20 {
			publish(t, b, fmt.Sprintf("s%02d", i), 1)
			publish(t, b, fmt.Sprintf("s%02d", i), 2)
		}
		eventually(t, "five are at work", func() bool {
			r.mu.Lock()
			defer r.mu.Unlock()
			return r.atOne == 5
		})
		close(let)
		eventually(t, "all are handled", func() bool { return len(r.all()) == 40 })
		ordered(t, r.all())
		if r.most != 5 {
			t.Errorf("%q: %d stories at once, want 5", name, r.most)
		}
		if err := stop(); err != nil {
			t.Errorf("Follow = %v after its context ended", err)
		}
	}
}

// What is no article ends a subscription that does not say what to do with it, and nothing else is lost by that.
func TestWhatIsNoArticleEndsIt(t *testing.T) {
	b := brokertest.New(t)
	r := &reader{}
	if _, err := b.JS.Publish(t.Context(), stream.NewsInput("news.wire.sana.odd"), []byte("no article")); err != nil {
		t.Fatal(err)
	}
	o := subscriber.Options{Name: "desk", AtOnce: 4, From: subscriber.All}
	if err := subscriber.Follow(t.Context(), b.NC, o, r.handle); err == nil || !strings.Contains(err.Error(), "is not an article") {
		t.Errorf("Follow = %v", err)
	}
	o.Unreadable = func(context.Context, subscriber.Delivery, error) error { return nil }
	r.follow(t, b.NC, o)
	publish(t, b, "good", 1)
	eventually(t, "what follows is handled", func() bool { return slices.Equal(r.all(), []string{"good.1"}) })
	eventually(t, "everything is settled", func() bool {
		c, err := b.JS.Consumer(t.Context(), stream.NEWS, "desk")
		return err == nil && c.CachedInfo().AckFloor.Stream == 2
	})
}

// A handler that is at work for longer than the broker waits is not given the same delivery twice.
func TestAHandlerMayTakeItsTime(t *testing.T) {
	t.Parallel()
	b := brokertest.New(t)
	r := &reader{fails: func(string) error { <-time.After(11 * time.Second); return nil }}
	r.follow(t, b.NC, subscriber.Options{Name: "desk", AtOnce: 2, From: subscriber.All})
	publish(t, b, "slow", 1)
	eventually(t, "it is handled", func() bool { return len(r.all()) == 1 })
	eventually(t, "it is settled", func() bool {
		c, err := b.JS.Consumer(t.Context(), stream.NEWS, "desk")
		return err == nil && c.CachedInfo().AckFloor.Stream == 1 && c.CachedInfo().Delivered.Consumer == 1
	})
}

// A receiver that is back gets what waits for it soon, however long the pauses had grown, but not what it asked to be
// given later.
func TestARecoveryEndsTheWaiting(t *testing.T) {
	b := brokertest.New(t)
	r := &reader{fails: func(id string) error {
		if id == "later.1" {
			return wiredesk.After(time.Hour, errNotNow)
		}
		return errNotNow
	}}
	var mu sync.Mutex
	tries := 0
	o := subscriber.Options{Name: "desk", AtOnce: 8, Retry: time.Hour, From: subscriber.All, Failed: func(subscriber.Delivery, error) {
		mu.Lock()
		defer mu.Unlock()
		tries++
	}}
	r.follow(t, b.NC, o)
	publish(t, b, "later", 1)
	const stories = 40
	for i := range stories {
		publish(t, b, fmt.Sprintf("s%02d", i), 1)
	}
	eventually(t, "pauses have grown", func() bool {
		mu.Lock()
		defer mu.Unlock()
		return tries > 6*stories
	})
	r.will(nil)
	publish(t, b, "fresh", 1)
	began := time.Now()
	eventually(t, "all are handled", func() bool { return len(r.all()) == stories+1 })
	if took := time.Since(began); took > 6*time.Second {
		t.Errorf("it took %s, want what waits to be tried soon", took)
	}
	if slices.Contains(r.all(), "later.1") {
		t.Error("what was asked for in an hour came at once")
	}
}
