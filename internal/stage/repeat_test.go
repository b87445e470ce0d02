package stage_test

import (
	"context"
	"sync"
	"testing"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// ends keeps how each message ended.
type ends struct {
	mu  sync.Mutex
	all []stage.Event
}

func (e *ends) Observe(x stage.Event) {
	if x.Outcome == stage.Done || x.Outcome == stage.Dead {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.all = append(e.all, x)
	}
}

// A message whose acknowledgement was lost is settled twice, and counted once.
func TestSettledBeforeStoresNothing(t *testing.T) {
	for name, handle := range map[string]stage.Handler{
		"done": pass,
		"dead": func(context.Context, stage.Message) ([]stream.Message, error) { return nil, stage.Reject(errWire) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := brokertest.New(t)
			impatient(t, b)
			d := newDesk(t, b, handle)
			d.options.Log = d.options.Log.Level(7)
			var settled ends
			d.options.Observe = &settled
			crash := context.Canceled
			d.options.Fault = func(at string) error {
				if at == "stored" || at == "buried" {
					return crash
				}
				return nil
			}
			d.push("a", "copy")
			d.start()
			if err := d.wait(); err == nil {
				t.Fatal("Run = nil; want the crash between the store and the acknowledgement")
			}
			d.options.Fault = nil
			d.start()
			d.settled()
			d.push("b", "more")
			d.settled()
			d.end()
			if len(settled.all) != 2 || settled.all[0].Stored || !settled.all[1].Stored {
				t.Errorf("settled %+v; want that the first left nothing to store, and the second did", settled.all)
			}
		})
	}
}

// The feed of an event and of a dead letter is the feed's own name, however the header spells it.
func TestFeedByItsName(t *testing.T) {
	b := brokertest.New(t)
	d := newDesk(t, b, func(context.Context, stage.Message) ([]stream.Message, error) { return nil, stage.Reject(errWire) })
	d.options.Log = d.options.Log.Level(7)
	var settled ends
	d.options.Observe = &settled
	m := nats.NewMsg(stream.RawPrefix + "f")
	m.Header.Set(stream.HFeed, stream.HeaderValue("Ağrı"))
	if _, err := b.JS.PublishMsg(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	d.start()
	d.settled()
	d.end()
	want, err := stream.DeadSubject("enrich", "Ağrı")
	if err != nil {
		t.Fatal(err)
	}
	if dead := all(t, b, stream.DEAD); len(dead) != 1 || dead[0].Subject != want {
		t.Errorf("dead letters %v; want one on %s", dead, want)
	}
	if len(settled.all) != 1 || settled.all[0].Feed != "Ağrı" {
		t.Errorf("events %+v; want the feed by its name", settled.all)
	}
}
