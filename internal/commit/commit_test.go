package commit_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func both(t *testing.T, test func(t *testing.T, b *brokertest.Broker, grouped bool)) {
	t.Run("singles", func(t *testing.T) { test(t, brokertest.New(t), false) })
	t.Run("grouped", func(t *testing.T) { test(t, brokertest.New(t, brokertest.Durable()), true) })
}

func article(story int, data string) stream.Message {
	return stream.Message{Subject: stream.ArticleSubject(fmt.Sprint("s", story)), Data: []byte(data)}
}

func TestUnitIsStoredInOrder(t *testing.T) {
	both(t, func(t *testing.T, b *brokertest.Broker, grouped bool) {
		c := commit.New(b.NC, commit.Options{Grouped: grouped})
		for _, size := range []int{1, 3, 40, 1500} {
			unit := make([]stream.Message, size)
			for i := range unit {
				unit[i] = article(i, fmt.Sprint(size, "/", i))
			}
			acks, err := c.Put(t.Context(), unit...)
			if err != nil || len(acks) != size {
				t.Fatalf("Put of %d: %d acks, %v", size, len(acks), err)
			}
			for i, a := range acks {
				if got := message(t, b.JS, stream.ARTICLES, a.Sequence); string(got.Data) != fmt.Sprint(size, "/", i) {
					t.Fatalf("ack %d of %d says sequence %d, where %q stands", i, size, a.Sequence, got.Data)
				}
				if i > 0 && a.Sequence <= acks[i-1].Sequence {
					t.Fatalf("message %d of %d stands before its predecessor", i, size)
				}
			}
		}
	})
}

func TestWaitingUnitsShareABatch(t *testing.T) {
	b := brokertest.New(t, brokertest.Durable())
	var mu sync.Mutex
	largest := 0
	c := commit.New(b.NC, commit.Options{Grouped: true, Observe: func(e commit.Event) {
		mu.Lock()
		defer mu.Unlock()
		if e.Batch && e.Err == nil {
			largest = max(largest, e.Units)
		}
	}})
	putAll(t, c, 400, func(i int) stream.Message { return article(i, "copy") }, func(i int, _ commit.Ack, err error) {
		if err != nil {
			t.Errorf("Put %d: %v", i, err)
		}
	})
	mu.Lock()
	defer mu.Unlock()
	if largest < 2 {
		t.Errorf("the largest batch held %d units; want units that wait to go together", largest)
	}
	if n := stored(t, b.JS, stream.ARTICLES); n != 400 {
		t.Errorf("%d stored; want 400", n)
	}
}

func TestOneBadUnitHarmsNoOther(t *testing.T) {
	both(t, func(t *testing.T, b *brokertest.Broker, grouped bool) {
		c := commit.New(b.NC, commit.Options{Grouped: grouped})
		first, err := c.Put(t.Context(), stream.Message{Subject: stream.ArticleSubject("kept"), ID: "kept", Data: []byte("1")})
		if err != nil {
			t.Fatal(err)
		}
		make1 := func(i int) stream.Message {
			m := article(i, "copy")
			switch i % 10 {
			case 3:
				m.Subject, m.Expect = stream.ArticleSubject("kept"), stream.Last(first[0].Sequence+900)
			case 7:
				m.ID = "kept"
			}
			return m
		}
		putAll(t, c, 200, make1, func(i int, a commit.Ack, err error) {
			switch {
			case i%10 == 3:
				if !errors.Is(err, commit.ErrConflict) || !strings.Contains(err.Error(), "wire.article.kept") || !strings.Contains(err.Error(), "last sequence: 1") {
					t.Errorf("Put with a wrong condition = %v; want ErrConflict, the subject and its last sequence", err)
				}
			case err != nil:
				t.Errorf("a good unit: %v", err)
			case i%10 == 7 != a.Duplicate:
				t.Errorf("unit %d: Duplicate = %v", i, a.Duplicate)
			}
		})
		if n := stored(t, b.JS, stream.ARTICLES); n != 1+160 {
			t.Errorf("%d stored; want 161: the good ones, once", n)
		}
	})
}

func TestSubjectsOfOthersAreNotSent(t *testing.T) {
	b := brokertest.New(t)
	c := commit.New(b.NC, commit.Options{})
	only := commit.New(b.NC, commit.Options{Stream: stream.DEAD})
	for _, subject := range []string{
		"", "wire.raw.", "wire.raw.*", "wire.raw.>", "wire.raw.a b", "wire.raw.a\r\nPUB x 0", "wire.raw.a..b", "wire.raw.a.", "wire.raw.سانا", "wire.raw.\u202ea",
		"$JS.API.STREAM.PURGE.RAW", "$SYS.REQ.SERVER.PING", "_INBOX.a", "news.source.sana.a", "wire.raw.$JS", "wire.push.sana",
		"wire.raw." + strings.Repeat("a", 250), "wire.raw." + strings.Repeat("a", 5000),
	} {
		if _, err := c.Put(t.Context(), article(1, "good"), stream.Message{Subject: subject}); !errors.Is(err, commit.ErrSubject) {
			t.Errorf("Put to %.60q = %v; want ErrSubject", subject, err)
		}
	}
	if _, err := only.Put(t.Context(), article(1, "not dead")); !errors.Is(err, commit.ErrSubject) {
		t.Errorf("Put to another stream = %v; want ErrSubject", err)
	}
	timer := stream.Message{Subject: stream.HoldSubject("a", time.Now()), At: time.Now(), Target: "wire.raw.a"}
	if _, err := c.Put(t.Context(), timer); !errors.Is(err, commit.ErrSubject) {
		t.Errorf("Put of a timer that fires at RAW = %v; want ErrSubject", err)
	}
	if n := stored(t, b.JS, stream.ARTICLES); n != 0 || !b.NC.IsConnected() {
		t.Errorf("%d stored, connected %v; want a unit with a bad subject not to be sent", n, b.NC.IsConnected())
	}
}

func TestForeignHeadersDoNotAct(t *testing.T) {
	both(t, func(t *testing.T, b *brokertest.Broker, grouped bool) {
		c := commit.New(b.NC, commit.Options{Grouped: grouped})
		hostile := nats.Header{
			"Nats-Msg-Id": {"same"}, "nats-msg-id": {"same"}, "Nats-Rollup": {"all"}, "Nats-Expected-Stream": {"OTHER"}, "Nats-Batch-Id": {"x"},
			"Nats-Expected-Last-Sequence": {"77"}, "Nats-TTL": {"1s"}, "Nats-Trace-Dest": {"a"}, "Nats-Trace-Only": {"true"}, "Wire-Feed": {"sana"},
		}
		for i := range 3 {
			m := article(i, "copy")
			m.Header = hostile
			acks, err := c.Put(t.Context(), m)
			if err != nil || acks[0].Duplicate {
				t.Fatalf("Put %d = %v, %v", i, acks, err)
			}
			if got := message(t, b.JS, stream.ARTICLES, acks[0].Sequence).Header; len(got) != 1 || got.Get("Wire-Feed") != "sana" {
				t.Errorf("stored headers %v; want ours only", got)
			}
		}
	})
}

func TestSizeAtTheEdge(t *testing.T) {
	both(t, func(t *testing.T, b *brokertest.Broker, grouped bool) {
		c := commit.New(b.NC, commit.Options{Grouped: grouped})
		edge := stream.Message{Subject: stream.ArticleSubject("a"), Data: make([]byte, stream.MaxMessage)}
		if _, err := c.Put(t.Context(), edge); err != nil {
			t.Errorf("Put of %d bytes = %v", len(edge.Data), err)
		}
		edge.ID = "a"
		if _, err := c.Put(t.Context(), edge); !errors.Is(err, commit.ErrTooLarge) {
			t.Errorf("Put of %d bytes and a header = %v; want ErrTooLarge", len(edge.Data), err)
		}
		wordy := article(2, "copy")
		wordy.Header = nats.Header{"Wire-Reason": {strings.Repeat("a", 70_000)}}
		if _, err := c.Put(t.Context(), wordy); !errors.Is(err, commit.ErrTooLarge) {
			t.Errorf("Put with 70 kB of headers = %v; want ErrTooLarge", err)
		}
		if _, err := c.Put(t.Context(), article(1, "next")); err != nil {
			t.Errorf("the next Put = %v", err)
		}
	})
}

func TestFullStoreRefuses(t *testing.T) {
	both(t, func(t *testing.T, b *brokertest.Broker, grouped bool) {
		c := commit.New(b.NC, commit.Options{Grouped: grouped})
		s, err := b.JS.Stream(t.Context(), stream.ARTICLES)
		if err != nil {
			t.Fatal(err)
		}
		small := s.CachedInfo().Config
		small.MaxBytes, small.Discard = 20_000, jetstream.DiscardNew
		if _, err := b.JS.UpdateStream(t.Context(), small); err != nil {
			t.Fatal(err)
		}
		full := 0
		putAll(t, c, 50, func(i int) stream.Message { return article(i, strings.Repeat("a", 1000)) }, func(_ int, _ commit.Ack, err error) {
			switch {
			case errors.Is(err, commit.ErrFull):
				full++
			case err != nil:
				t.Errorf("Put = %v; want ErrFull", err)
			}
		})
		if n := int(stored(t, b.JS, stream.ARTICLES)); n == 0 || n+full != 50 {
			t.Errorf("%d stored and %d refused of 50", n, full)
		}
	})
}

func TestOutage(t *testing.T) {
	both(t, func(t *testing.T, b *brokertest.Broker, grouped bool) {
		c := commit.New(b.NC, commit.Options{Grouped: grouped, Timeout: 2 * time.Second})
		if _, err := c.Put(t.Context(), article(1, "before")); err != nil {
			t.Fatal(err)
		}
		b.Stop()
		began := time.Now()
		if _, err := c.Put(t.Context(), article(1, "during")); !errors.Is(err, commit.ErrUnavailable) {
			t.Errorf("Put while the broker is away = %v; want ErrUnavailable", err)
		}
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("it took %s", took)
		}
		b.Start(t)
		deadline := time.Now().Add(10 * time.Second)
		for {
			_, err := c.Put(t.Context(), article(1, "after"))
			if err == nil {
				break
			}
			if !errors.Is(err, commit.ErrUnavailable) || time.Now().After(deadline) {
				t.Fatalf("Put after the outage = %v", err)
			}
		}
		if err := b.JS.DeleteStream(t.Context(), stream.HOLD); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Put(t.Context(), stream.Message{Subject: stream.HoldSubject("a", time.Now())}); !errors.Is(err, commit.ErrUnavailable) {
			t.Errorf("Put where no stream listens = %v; want ErrUnavailable", err)
		}
	})
}

func TestClosedConnectionIsNamed(t *testing.T) {
	both(t, func(t *testing.T, b *brokertest.Broker, grouped bool) {
		nc := b.Connect(t)
		c := commit.New(nc, commit.Options{Grouped: grouped})
		nc.Close()
		if _, err := c.Put(t.Context(), article(1, "")); !errors.Is(err, nats.ErrConnectionClosed) {
			t.Errorf("Put = %v; want ErrConnectionClosed in it", err)
		}
	})
}

// putAll puts n units of one message at the same time and reports each.
func putAll(t *testing.T, c *commit.Committer, n int, make1 func(int) stream.Message, report func(int, commit.Ack, error)) {
	t.Helper()
	type result struct {
		i   int
		ack commit.Ack
		err error
	}
	results := make(chan result)
	for i := range n {
		go func() {
			acks, err := c.Put(t.Context(), make1(i))
			r := result{i: i, err: err}
			if err == nil {
				r.ack = acks[0]
			}
			results <- r
		}()
	}
	for range n {
		r := <-results
		report(r.i, r.ack, r.err)
	}
}

func message(t *testing.T, js jetstream.JetStream, name string, sequence uint64) *jetstream.RawStreamMsg {
	t.Helper()
	s, err := js.Stream(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.GetMsg(t.Context(), sequence)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func stored(t *testing.T, js jetstream.JetStream, name string) uint64 {
	t.Helper()
	s, err := js.Stream(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return s.CachedInfo().State.Msgs
}
