package commit_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// mute takes ARTICLES away and lets somebody listen in its place who never answers.
func mute(t *testing.T, b *brokertest.Broker) {
	t.Helper()
	if err := b.JS.DeleteStream(t.Context(), stream.ARTICLES); err != nil {
		t.Fatal(err)
	}
	if _, err := b.NC.SubscribeSync(stream.ArticlePrefix + "*"); err != nil {
		t.Fatal(err)
	}
	if err := b.NC.Flush(); err != nil {
		t.Fatal(err)
	}
}

func TestSilenceIsUnavailable(t *testing.T) {
	both(t, func(t *testing.T, b *brokertest.Broker, grouped bool) {
		mute(t, b)
		c := commit.New(b.NC, commit.Options{Grouped: grouped, Timeout: 100 * time.Millisecond})
		for _, size := range []int{1, 20} {
			unit := make([]stream.Message, size)
			for i := range unit {
				unit[i] = article(i, "copy")
			}
			if _, err := c.Put(t.Context(), unit...); !errors.Is(err, commit.ErrUnavailable) {
				t.Errorf("Put of %d without an answer = %v; want ErrUnavailable", size, err)
			}
		}
	})
}

// What waits for an answer when the connection breaks hears of it then, not after the timeout.
func TestBrokenConnectionEndsTheWait(t *testing.T) {
	both(t, func(t *testing.T, b *brokertest.Broker, grouped bool) {
		mute(t, b)
		c := commit.New(b.NC, commit.Options{Grouped: grouped, Timeout: time.Minute})
		result := make(chan error, 1)
		seen, err := b.NC.SubscribeSync(stream.ArticlePrefix + "*")
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			_, err := c.Put(t.Context(), article(1, "copy"))
			result <- err
		}()
		if _, err := seen.NextMsg(5 * time.Second); err != nil {
			t.Fatal(err)
		}
		b.Stop()
		select {
		case err := <-result:
			if !errors.Is(err, commit.ErrUnavailable) {
				t.Errorf("Put = %v; want ErrUnavailable", err)
			}
		case <-time.After(10 * time.Second):
			t.Error("Put waits for an answer that cannot come")
		}
	})
}

// A message that a batch has no room for does not spoil one half-way.
func TestLargeMessageStaysOutOfBatches(t *testing.T) {
	b := brokertest.New(t, brokertest.Durable())
	var spoiled atomic.Int64
	c := commit.New(b.NC, commit.Options{Grouped: true, MaxBytes: 1 << 30, Observe: func(e commit.Event) {
		if e.Batch && e.Err != nil {
			spoiled.Add(1)
		}
	}})
	unit := make([]stream.Message, 20)
	for i := range unit {
		unit[i] = article(i, "copy")
	}
	unit[9].Data = make([]byte, stream.MaxMessage)
	if acks, err := c.Put(t.Context(), unit...); err != nil || len(acks) != 20 {
		t.Errorf("Put = %d acks, %v", len(acks), err)
	}
	if n := spoiled.Load(); n != 0 {
		t.Errorf("%d batches were given up half-way", n)
	}
}
