package stage_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

var errWire = errors.New("wire is down")

// TestVerdicts is every way a message can end, each on a broker of its own.
func TestVerdicts(t *testing.T) {
	unlimited := make(chan struct{})
	t.Cleanup(func() { close(unlimited) })
	for name, row := range map[string]struct {
		handle  func(try int, in stage.Message) ([]stream.Message, error)
		calls   int
		stored  int
		outcome stage.Outcome
		reason  string // of the dead letter
		tries   string
	}{
		"done, nothing follows": {
			handle: func(int, stage.Message) ([]stream.Message, error) { return nil, nil },
			calls:  1, outcome: stage.Done,
		},
		"done, two follow": {
			handle: func(int, stage.Message) ([]stream.Message, error) {
				return []stream.Message{{Subject: stream.ArticleSubject("a")}, {Subject: stream.FateSubject("a")}}, nil
			},
			calls: 1, stored: 2, outcome: stage.Done,
		},
		"rejected": {
			handle: func(int, stage.Message) ([]stream.Message, error) { return nil, stage.Reject(errWire) },
			calls:  1, outcome: stage.Dead, reason: "wire is down", tries: "1",
		},
		"panic": {
			handle: func(int, stage.Message) ([]stream.Message, error) { panic("no headline") },
			calls:  1, outcome: stage.Dead, reason: "panic: no headline", tries: "1",
		},
		"error, then fine": {
			handle: func(try int, in stage.Message) ([]stream.Message, error) {
				if try < 3 {
					return nil, errWire
				}
				if in.Try != 3 || !in.Again {
					return nil, stage.Reject(fmt.Errorf("try %d, again %v", in.Try, in.Again))
				}
				return []stream.Message{{Subject: stream.ArticleSubject("a")}}, nil
			},
			calls: 3, stored: 1, outcome: stage.Done,
		},
		"error for good": {
			handle: func(int, stage.Message) ([]stream.Message, error) { return nil, errWire },
			calls:  5, outcome: stage.Dead, reason: "wire is down", tries: "5",
		},
		"later, many times": {
			handle: func(try int, in stage.Message) ([]stream.Message, error) {
				if try < 12 {
					return nil, stage.After(time.Millisecond, errWire)
				}
				if in.Try != 1 {
					return nil, stage.Reject(fmt.Errorf("try %d; After must not use one up", in.Try))
				}
				return nil, nil
			},
			calls: 12, outcome: stage.Done,
		},
		"the broker is away, many times": {
			handle: func(try int, in stage.Message) ([]stream.Message, error) {
				if try < 12 {
					return nil, fmt.Errorf("the news: %w", stage.Away(errWire))
				}
				if in.Try != 1 || !in.Again {
					return nil, stage.Reject(fmt.Errorf("try %d, again %v; Away must not use one up", in.Try, in.Again))
				}
				return nil, nil
			},
			calls: 12, outcome: stage.Done,
		},
		"conflict, then looks again": {
			handle: func(try int, in stage.Message) ([]stream.Message, error) {
				if try < 10 {
					return []stream.Message{{Subject: stream.ArticleSubject("a"), Expect: stream.Last(99)}}, nil
				}
				if in.Try != 1 || !in.Again {
					return nil, stage.Reject(fmt.Errorf("try %d, again %v", in.Try, in.Again))
				}
				return []stream.Message{{Subject: stream.ArticleSubject("a"), Expect: stream.Last(0)}}, nil
			},
			calls: 10, stored: 1, outcome: stage.Done,
		},
		"conflict for good": {
			handle: func(int, stage.Message) ([]stream.Message, error) {
				return []stream.Message{{Subject: stream.ArticleSubject("a"), Expect: stream.Last(99)}}, nil
			},
			calls: 5 * 17, outcome: stage.Dead, reason: "somebody else wrote first", tries: "5",
		},
		"what follows is too large": {
			handle: func(int, stage.Message) ([]stream.Message, error) {
				return []stream.Message{{Subject: stream.ArticleSubject("a"), Data: make([]byte, stream.MaxMessage+1)}}, nil
			},
			calls: 1, outcome: stage.Dead, reason: "message too large", tries: "1",
		},
		"what follows has a subject of others": {
			handle: func(int, stage.Message) ([]stream.Message, error) {
				return []stream.Message{{Subject: "$JS.API.STREAM.PURGE.RAW"}}, nil
			},
			calls: 1, outcome: stage.Dead, reason: "subject refused", tries: "1",
		},
		"deadline ignored": {
			handle: func(int, stage.Message) ([]stream.Message, error) { <-unlimited; return nil, nil },
			calls:  2, outcome: stage.Dead, reason: "left behind", tries: "2",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int64
			b := brokertest.New(t)
			d := newDesk(t, b, func(_ context.Context, in stage.Message) ([]stream.Message, error) {
				return row.handle(int(calls.Add(1)), in)
			})
			if name == "deadline ignored" {
				d.options.Deadline, d.options.Tries = 100*time.Millisecond, 2
			}
			d.push("a", "copy")
			d.start()
			d.settled()
			d.end()
			if got := int(calls.Load()); got != row.calls {
				t.Errorf("%d calls; want %d", got, row.calls)
			}
			if got := len(all(t, b, stream.ARTICLES)); got != row.stored {
				t.Errorf("%d stored; want %d", got, row.stored)
			}
			if got := d.tally.of(row.outcome); got != 1 || d.tally.of(stage.Taken) != 1 {
				t.Errorf("outcomes %v; want %s once", d.tally.count, row.outcome)
			}
			dead := all(t, b, stream.DEAD)
			if row.reason == "" {
				if len(dead) > 0 {
					t.Errorf("dead letter: %v", dead[0].Header)
				}
				return
			}
			if len(dead) != 1 {
				t.Fatalf("%d dead letters; want 1", len(dead))
			}
			h := dead[0].Header
			if reason := stream.TextValue(h.Get(stream.HReason)); !strings.Contains(reason, row.reason) || h.Get(stream.HTries) != row.tries {
				t.Errorf("reason %q after %s tries; want %q after %s", reason, h.Get(stream.HTries), row.reason, row.tries)
			}
			if dead[0].Subject != "wire.dead.enrich.sana" || string(dead[0].Data) != "copy" || h.Get(stream.HFromStream) != stream.RAW ||
				h.Get(stream.HFromSubject) != "wire.raw.sana" || h.Get(stream.HFromSeq) != "1" || h.Get(stream.HStory) != "a" ||
				h.Get(stream.HStage) != "enrich" || h.Get("Nats-Msg-Id") != "dead:RAW:1:enrich" {
				t.Errorf("dead letter %s %q %v", dead[0].Subject, dead[0].Data, h)
			}
		})
	}
}

func TestPatienceEnds(t *testing.T) {
	b := brokertest.New(t)
	d := newDesk(t, b, func(context.Context, stage.Message) ([]stream.Message, error) {
		return nil, stage.After(time.Millisecond, errWire)
	})
	d.options.Patience = 50 * time.Millisecond
	d.push("a", "copy")
	d.start()
	d.settled()
	d.end()
	if n := len(all(t, b, stream.DEAD)); n != 1 {
		t.Errorf("%d dead letters; want 1: After must not go on for ever", n)
	}
}

func TestBackoff(t *testing.T) {
	for _, row := range []struct {
		try    int
		chance float64
		want   time.Duration
	}{
		{1, 0, 0},
		{0, 0.5, 50 * time.Millisecond},
		{1, 0.5, 50 * time.Millisecond},
		{2, 0.5, 100 * time.Millisecond},
		{4, 0.5, 400 * time.Millisecond},
		{9, 0.5, 5 * time.Second},
		{5000, 0.5, 5 * time.Second},
	} {
		if got := stage.Backoff(row.try, 100*time.Millisecond, 10*time.Second, row.chance); got != row.want {
			t.Errorf("Backoff(%d, chance %v) = %s; want %s", row.try, row.chance, got, row.want)
		}
	}
}

func TestVerdictsKeepTheirCause(t *testing.T) {
	for _, err := range []error{stage.Reject(errWire), stage.After(time.Hour, errWire), stage.Reject(fmt.Errorf("x: %w", commit.ErrFull))} {
		if !errors.Is(err, errWire) && !errors.Is(err, commit.ErrFull) {
			t.Errorf("%v does not wrap its cause", err)
		}
	}
}
