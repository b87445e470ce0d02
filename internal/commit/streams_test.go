package commit_test

import (
	"errors"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func news(t *testing.T, desk, story, text string) stream.Message {
	t.Helper()
	s, err := stream.News(wiredesk.Facet{Name: "desk", Value: desk}, story)
	if err != nil {
		t.Fatal(err)
	}
	return stream.Message{Subject: stream.NewsInput(s), Data: []byte(text)}
}

// What subscribers see is what NEWS accepted, once, whether it came alone or in a batch.
func TestNewsAcceptsBatchesConditionsAndRollups(t *testing.T) {
	both(t, func(t *testing.T, b *brokertest.Broker, grouped bool) {
		c := commit.New(b.NC, commit.Options{Grouped: grouped})
		seen, err := b.NC.SubscribeSync("news.desk.*.*")
		if err != nil {
			t.Fatal(err)
		}
		unit := make([]stream.Message, 0, 26)
		for desk := 'a'; desk <= 'z'; desk++ {
			m := news(t, string(desk), "one", "v1")
			m.Expect = stream.Last(0)
			unit = append(unit, m)
		}
		acks, err := c.Put(t.Context(), unit...)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Put(t.Context(), unit...); !errors.Is(err, commit.ErrConflict) {
			t.Errorf("the same again = %v; want ErrConflict", err)
		}
		for i := range unit {
			unit[i].Expect, unit[i].Rollup, unit[i].Data = stream.Last(acks[i].Sequence), true, []byte("kill")
		}
		if _, err := c.Put(t.Context(), unit...); err != nil {
			t.Errorf("a rollup in its place = %v", err)
		}
		if n := stored(t, b.JS, stream.NEWS); n != 26 {
			t.Errorf("NEWS holds %d messages; want the 26 kills and nothing earlier", n)
		}
		for i := range 52 {
			m, err := seen.NextMsg(5 * time.Second)
			if err != nil {
				t.Fatalf("a plain subscriber saw %d of 52: %v", i, err)
			}
			if want := map[bool]string{true: "v1", false: "kill"}[i < 26]; string(m.Data) != want {
				t.Errorf("message %d is %q; want %q", i, m.Data, want)
			}
		}
		if m, err := seen.NextMsg(50 * time.Millisecond); !errors.Is(err, nats.ErrTimeout) {
			t.Errorf("a plain subscriber saw one more: %v, %v", m, err)
		}
	})
}

// A unit may span streams, and a timer fires where it should, not before its time.
func TestTimerBesideNews(t *testing.T) {
	both(t, func(t *testing.T, b *brokertest.Broker, grouped bool) {
		c := commit.New(b.NC, commit.Options{Grouped: grouped})
		at := time.Now().Add(600 * time.Millisecond)
		timer := stream.Message{Subject: stream.HoldSubject("one", at), At: at, Target: stream.ReleaseSubject("one")}
		acks, err := c.Put(t.Context(), news(t, "a", "two", "v1"), timer)
		if err != nil || len(acks) != 2 {
			t.Fatalf("Put = %v, %v", acks, err)
		}
		if stored(t, b.JS, stream.HOLD) == 0 {
			t.Fatal("the timer is not stored")
		}
		s, err := b.JS.Stream(t.Context(), stream.HOLD)
		if err != nil {
			t.Fatal(err)
		}
		for {
			_, err := s.GetLastMsgForSubject(t.Context(), stream.ReleaseSubject("one"))
			if err == nil {
				break
			}
			if time.Since(at) > 5*time.Second {
				t.Fatalf("the timer does not fire: %v", err)
			}
		}
		if early := time.Until(at); early > 0 {
			t.Errorf("released %s early", early)
		}
	})
}
