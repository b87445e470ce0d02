package broker_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// platter is what a disk holds that drops everything that was not synced when the power goes.
type platter struct {
	mu   sync.Mutex
	safe map[string]int64
}

func (p *platter) synced(file string, size int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.safe[file] = max(p.safe[file], size)
}

// cut copies the data directory as it is after a loss of power: of the files of messages what was synced, of all others
// the newest state, as if the system had been quick with just those.
func (p *platter) cut(t *testing.T, from, to string) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		target := filepath.Join(to, strings.TrimPrefix(path, from))
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return os.MkdirAll(target, 0o700)
		case filepath.Ext(path) == ".blk":
			return copyFile(path, target, p.safe[path])
		case strings.HasSuffix(path, ".tmp") || d.Name() == "wiredesk.lock":
			return nil
		}
		return copyFile(path, target, 1<<40)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func copyFile(from, to string, most int64) error {
	if most == 0 {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, io.LimitReader(in, most)); err != nil {
		return err
	}
	return out.Close()
}

// TestALossOfPowerKeepsWhatWasSynced stores from many sides at once, copies what a disk without mercy would hold at some
// moment, and looks for everything that was acknowledged before that moment. A consumer that was further than what is
// left must not pass over what comes next.
func TestALossOfPowerKeepsWhatWasSynced(t *testing.T) {
	disk, dir := &platter{safe: map[string]int64{}}, t.TempDir()
	b := brokertest.New(t, brokertest.Options(func(o *broker.Options) { o.Dir, o.Synced = dir, disk.synced }))
	store := commit.New(b.NC, commit.Options{Sync: b.Server.Sync})
	body := []byte(strings.Repeat("all hands on deck ", 4000)) // so that files fill up and new ones begin
	var mu sync.Mutex
	receipts := map[string]bool{}
	var begun atomic.Int64
	var putters sync.WaitGroup
	for w := range 24 {
		putters.Go(func() {
			for i := range 60 {
				begun.Add(1)
				id := fmt.Sprintf("s%d-%d", w, i)
				if _, err := store.Put(t.Context(), stream.Message{Subject: stream.ArticleSubject(id), ID: id, Data: body}); err != nil {
					t.Errorf("Put: %v", err)
					return
				}
				mu.Lock()
				receipts[id] = true
				mu.Unlock()
			}
		})
	}
	until(t, "half of them are on their way", func() bool { return begun.Load() > 720 })
	mu.Lock()
	promised := make([]string, 0, len(receipts))
	for id := range receipts {
		promised = append(promised, id)
	}
	mu.Unlock()
	after := t.TempDir()
	disk.cut(t, dir, after)
	putters.Wait()
	if n, err := filepath.Glob(filepath.Join(after, "jetstream/*/streams/ARTICLES/msgs/*.blk")); err != nil || len(n) < 3 {
		t.Fatalf("%d files at the cut, %v; want several, so that the change from one to the next is seen", len(n), err)
	}
	if len(promised) < 200 {
		t.Fatalf("%d receipts at the cut; want some hundreds", len(promised))
	}

	again := brokertest.New(t, brokertest.Options(func(o *broker.Options) { o.Dir = after }))
	articles, err := again.JS.Stream(t.Context(), stream.ARTICLES)
	if err != nil {
		t.Fatal(err)
	}
	lost := 0
	for _, id := range promised {
		if _, err := articles.GetLastMsgForSubject(t.Context(), stream.ArticleSubject(id)); err != nil {
			lost++
		}
	}
	if lost > 0 {
		t.Errorf("%d of %d acknowledged messages are lost", lost, len(promised))
	}
	t.Logf("%d acknowledged at the cut, %d messages left", len(promised), articles.CachedInfo().State.Msgs)
}

// TestAConsumerAheadOfTheStreamComesBack is what durability without a sync for each message rests on: a consumer that
// saw messages which the disk lost takes the ones that come in their place.
func TestAConsumerAheadOfTheStreamComesBack(t *testing.T) {
	disk, dir := &platter{safe: map[string]int64{}}, t.TempDir()
	b := brokertest.New(t, brokertest.Options(func(o *broker.Options) { o.Dir, o.Synced = dir, disk.synced }))
	safe := commit.New(b.NC, commit.Options{Sync: b.Server.Sync})
	unsafe := commit.New(b.NC, commit.Options{})
	c := follow(t, b.JS)
	for i, store := range []*commit.Committer{safe, safe, unsafe, unsafe} {
		if _, err := store.Put(t.Context(), stream.Message{Subject: stream.ArticleSubject(fmt.Sprint("first", i)), Data: []byte("x")}); err != nil {
			t.Fatal(err)
		}
		take(t, c)
	}
	until(t, "everything is acknowledged", func() bool {
		info, err := c.Info(t.Context())
		return err == nil && info.AckFloor.Stream == 4
	})
	b.Stop() // the consumer's state is written now
	after := t.TempDir()
	disk.cut(t, dir, after)

	again := brokertest.New(t, brokertest.Options(func(o *broker.Options) { o.Dir = after }))
	if _, err := again.JS.Publish(t.Context(), stream.ArticleSubject("second"), []byte("x")); err != nil {
		t.Fatal(err)
	}
	if got := take(t, follow(t, again.JS)); got != stream.ArticleSubject("second") {
		t.Errorf("after the loss came %s; want the message stored after it", got)
	}
}

func until(t *testing.T, what string, reached func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !reached(); <-time.After(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

func follow(t *testing.T, js jetstream.JetStream) jetstream.Consumer {
	t.Helper()
	c, err := js.CreateOrUpdateConsumer(t.Context(), stream.ARTICLES, jetstream.ConsumerConfig{
		Durable: "reader", FilterSubject: stream.ArticlePrefix + "*", AckPolicy: jetstream.AckExplicitPolicy,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func take(t *testing.T, c jetstream.Consumer) string {
	t.Helper()
	m, err := c.Next()
	if err != nil {
		t.Fatal(err)
	}
	if err := m.DoubleAck(t.Context()); err != nil {
		t.Fatal(err)
	}
	return m.Subject()
}

func TestWhatCannotBeSyncedIsNotCalledSafe(t *testing.T) {
	b := brokertest.New(t)
	store := commit.New(b.NC, commit.Options{Sync: func(ctx context.Context, _ string) error {
		return b.Server.Sync(ctx, "ELSEWHERE")
	}})
	_, err := store.Put(t.Context(), stream.Message{Subject: stream.ArticleSubject("one"), Data: []byte("x")})
	if !errors.Is(err, commit.ErrUnavailable) || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Put = %v; want no receipt, and the reason", err)
	}
}
