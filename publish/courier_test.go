package publish_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish"
)

// carrying is a courier at work.
type carrying struct {
	stop func()

	mu       sync.Mutex
	outcomes map[string]int
}

func (c *carrying) count(outcome string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.outcomes[outcome]
}

// carry starts a courier of an output; several of one name share its work.
func (d *desk) carry(name string, sink wiredesk.Sink, subjects ...string) *carrying {
	d.t.Helper()
	ctx, cancel := context.WithCancel(d.t.Context())
	c, done := &carrying{outcomes: map[string]int{}}, make(chan error, 1)
	courier := &publish.Courier{
		Name: name, Subjects: subjects, Sink: sink, Dead: d.store, Deadline: time.Second, Retry: 50 * time.Millisecond, Log: zerolog.Nop(),
		Observe: func(outcome string, _ time.Duration) {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.outcomes[outcome]++
		},
	}
	nc := d.Connect(d.t)
	go func() { done <- courier.Run(ctx, nc) }()
	stopped := false
	c.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			d.t.Errorf("output %s: %v", name, err)
		}
	}
	d.t.Cleanup(c.stop)
	return c
}

// sink is a way out in this process.
type sink struct {
	mu    sync.Mutex
	took  []string
	fails func(a wiredesk.Article) error
}

func (s *sink) Deliver(_ context.Context, a wiredesk.Article) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fails != nil {
		if err := s.fails(a); err != nil {
			return err
		}
	}
	s.took = append(s.took, fmt.Sprintf("%s.%d", a.Story, a.Revision))
	return nil
}

func (s *sink) failing(f func(a wiredesk.Article) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fails = f
}

func (s *sink) all() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.took, " ")
}

// set is what was taken, whatever the order: stories do not wait for one another.
func (s *sink) set() string {
	took := strings.Fields(s.all())
	slices.Sort(took)
	return strings.Join(took, " ")
}

var errAway = errors.New("nobody answers")

func TestAnOutputThatFailsForEverDelaysNoOther(t *testing.T) {
	d := newDesk(t)
	d.run()
	good, bad := &sink{}, &sink{fails: func(wiredesk.Article) error { return errAway }}
	d.carry("good", good)
	broken := d.carry("bad", bad)
	var want []string
	for i := range 50 {
		id := fmt.Sprintf("s%02d", i)
		d.article(id, 1, "new", "text", true, "wire.sana")
		want = append(want, id+".1")
	}
	eventually(t, "the good output has all", func() bool { return len(strings.Fields(good.all())) == len(want) })
	eventually(t, "the broken output is tried again", func() bool { return broken.count(publish.TriedAgain) > 3 })
	if bad.all() != "" || broken.count(publish.Delivered) != 0 {
		t.Errorf("the broken output took %q", bad.all())
	}
	bad.failing(nil)
	eventually(t, "the mended output has all", func() bool { return len(strings.Fields(bad.all())) == len(want) })
	if bad.all() != good.all() {
		t.Errorf("in another order:\n%s\n%s", bad.all(), good.all())
	}
}

func TestWhatCanNeverBeDeliveredIsADeadLetter(t *testing.T) {
	d := newDesk(t)
	d.run()
	out := &sink{fails: func(a wiredesk.Article) error {
		switch a.Story {
		case "odd":
			return fmt.Errorf("no room for it: %w", wiredesk.ErrUndeliverable)
		case "panic":
			panic("no headline")
		}
		return nil
	}}
	c := d.carry("tray", out, "news.source.sana.*", "news.place.sy.*")
	for _, id := range []string{"one", "odd", "panic", "two"} {
		d.article(id, 1, "new", "text of "+id, true, "wire.sana", "source.sana")
	}
	eventually(t, "the rest goes on", func() bool { return out.set() == "one.1 two.1" })
	if _, err := d.JS.Publish(t.Context(), stream.NewsInput("news.place.sy.three"), []byte("no article")); err != nil {
		t.Fatal(err)
	}
	eventually(t, "three dead letters", func() bool { return c.count(publish.DeadLetter) == 3 })
	dead, err := d.JS.Stream(t.Context(), stream.DEAD)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for seq := range uint64(3) {
		m, err := dead.GetMsg(t.Context(), seq+1)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, m.Subject+" "+stream.TextValue(m.Header.Get(stream.HReason)))
		if m.Header.Get(stream.HFromStream) != stream.NEWS || m.Header.Get(stream.HStage) != "out-tray" {
			t.Errorf("letter %d comes from %s by %s", seq+1, m.Header.Get(stream.HFromStream), m.Header.Get(stream.HStage))
		}
	}
	slices.Sort(got)
	for i, want := range []string{
		"wire.dead.out-tray.sana no room for it", "wire.dead.out-tray.sana publish: panic: no headline",
		"wire.dead.out-tray.unknown subscriber: message 9 on news.place.sy.three is not an article",
	} {
		if !strings.HasPrefix(got[i], want) {
			t.Errorf("letter %q, want %q", got[i], want)
		}
	}
}

func TestKilledTextIsNotDeliveredLate(t *testing.T) {
	d := newDesk(t)
	d.run()
	out := &sink{fails: func(wiredesk.Article) error { return errAway }}
	c := d.carry("tray", out)
	d.article("one", 1, "new", "wrong", true, "wire.sana")
	eventually(t, "the text is tried", func() bool { return c.count(publish.TriedAgain) > 0 })
	d.article("one", 2, "kill", "wrong", true, "wire.sana")
	d.settled()
	out.failing(nil)
	eventually(t, "the notice is delivered", func() bool { return strings.Contains(out.all(), "one.2") })
	// The try that was under way when the kill came is the only one that may have taken the text.
	if out.all() != "one.2" || c.count(publish.Dropped) != 1 {
		t.Errorf("the output took %q, want the notice alone", out.all())
	}
}

func TestOutputsGoOnWhereTheyWere(t *testing.T) {
	d := newDesk(t, brokertest.Durable())
	d.run()
	out := &sink{}
	d.article("before", 1, "new", "text", true, "wire.sana")
	d.settled()
	first := d.carry("tray", out)
	eventually(t, "the current state is delivered", func() bool { return out.all() == "before.1" })
	out.failing(func(wiredesk.Article) error { return errAway })
	d.article("one", 1, "new", "text", true, "wire.sana")
	d.article("two", 1, "new", "text", true, "wire.sana")
	eventually(t, "one is in hand", func() bool { return first.count(publish.TriedAgain) > 0 })
	first.stop()
	out.failing(nil)
	began := time.Now()
	second := d.carry("tray", out)
	eventually(t, "the rest is delivered", func() bool { return out.set() == "before.1 one.1 two.1" })
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the delivery in hand at the stop came after %s, want at once", took)
	}
	d.Restart(t)
	eventually(t, "the connection is back", d.NC.IsConnected)
	d.article("three", 1, "new", "text", true, "wire.sana")
	eventually(t, "it goes on after the broker", func() bool { return strings.HasSuffix(out.all(), " three.1") })
	if out.set() != "before.1 one.1 three.1 two.1" || second.count(publish.Interrupted) > 2 {
		t.Errorf("the output took %q, interrupted %d times", out.all(), second.count(publish.Interrupted))
	}
}

func TestSubjectsOfAnOutputMayChange(t *testing.T) {
	d := newDesk(t)
	d.run()
	out := &sink{}
	first := d.carry("tray", out, "news.place.sy.*")
	eventually(t, "the consumer is there", func() bool {
		_, err := d.JS.Consumer(t.Context(), stream.NEWS, "out-tray")
		return err == nil
	})
	first.stop()
	d.article("one", 1, "new", "text", true, "wire.sana", "place.lb")
	d.carry("tray", out, "news.place.lb.*", "news.place.sy.*")
	d.article("two", 1, "new", "text", true, "wire.sana", "place.lb")
	eventually(t, "the new subject is followed", func() bool { return out.set() == "one.1 two.1" })
}

func TestAConsumerThatIsGoneIsMadeAgain(t *testing.T) {
	d := newDesk(t)
	d.run()
	out := &sink{}
	d.carry("tray", out)
	d.article("one", 1, "new", "text", true, "wire.sana")
	eventually(t, "it works", func() bool { return out.all() == "one.1" })
	if err := d.JS.DeleteConsumer(t.Context(), stream.NEWS, "out-tray"); err != nil {
		t.Fatal(err)
	}
	d.article("two", 1, "new", "text", true, "wire.sana")
	eventually(t, "it goes on", func() bool { return strings.HasSuffix(out.all(), "two.1") })
}
