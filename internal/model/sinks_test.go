package model_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish"
	"github.com/wiredesk/wiredesk/publish/file"
	"github.com/wiredesk/wiredesk/publish/subscriber"
)

var tokens = regexp.MustCompile(`token\d+x\d+end`)

// sight is one revision as somebody saw it.
type sight struct {
	revision int
	token    string // the words of a document that were in it; empty in a notice
}

// witness keeps what it sees on each subject, in order.
type witness struct {
	mu   sync.Mutex
	seen map[string][]sight
	all  int
}

func newWitness() *witness { return &witness{seen: map[string][]sight{}} }

func (w *witness) see(subject string, h nats.Header, body []byte) {
	s := sight{token: ""}
	s.revision, _ = strconv.Atoi(h.Get(stream.HRevision))
	head := fmt.Sprint(subject, h)
	for _, t := range append(tokens.FindAllString(head, -1), tokens.FindAllString(string(body), -1)...) {
		if t != s.token {
			s.token += t
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen[subject] = append(w.seen[subject], s)
	w.all++
}

// sights are what was seen so far, by subject.
func (w *witness) sights() map[string][]sight {
	w.mu.Lock()
	defer w.mu.Unlock()
	return maps.Clone(w.seen)
}

func (w *witness) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.all
}

// listen is a plain subscriber on everything that subscribers may read.
func (l *line) listen() *witness {
	l.t.Helper()
	w := newWitness()
	sub, err := l.Connect(l.t).Subscribe("news.>", func(m *nats.Msg) { w.see(m.Subject, m.Header, m.Data) })
	if err != nil {
		l.t.Fatal(err)
	}
	if err := sub.SetPendingLimits(-1, -1); err != nil {
		l.t.Fatal(err)
	}
	return w
}

// again runs something for ever, ending it now and then, as long as there are crashes left.
func (l *line) again(run func(ctx context.Context, nc *nats.Conn) error) {
	nc := l.Connect(l.t)
	l.busy.Go(func() {
		for l.ctx.Err() == nil {
			ctx, cancel := context.WithCancel(l.ctx)
			if l.crashes.Load() > 0 {
				time.AfterFunc(time.Duration(200+rand.IntN(800))*time.Millisecond, cancel)
			}
			if err := run(ctx, nc); err != nil && ctx.Err() == nil {
				l.t.Errorf("a way out: %v", err)
			}
			cancel()
		}
	})
}

// subscribe is a durable subscriber of the news, on all subjects.
func (l *line) subscribe(name string) *witness {
	w := newWitness()
	l.again(func(ctx context.Context, nc *nats.Conn) error {
		o := subscriber.Options{Name: name, Subjects: []string{"news.>"}, From: subscriber.All}
		return subscriber.Follow(ctx, nc, o, func(_ context.Context, d subscriber.Delivery) error {
			w.see(d.Subject, d.Header, d.Body)
			return nil
		})
	})
	return w
}

// sink adapts a function.
type sink func(context.Context, wiredesk.Article) error

// Deliver implements wiredesk.Sink.
func (s sink) Deliver(ctx context.Context, a wiredesk.Article) error { return s(ctx, a) }

// output runs a courier to a sink.
func (l *line) output(name string, to wiredesk.Sink) {
	l.again(func(ctx context.Context, nc *nats.Conn) error {
		js, err := jetstream.New(nc)
		if err != nil {
			return err
		}
		c := publish.Courier{
			Name: name, From: subscriber.All, Sink: to, Dead: commit.New(nc, commit.Options{}), Confirms: commit.New(js.Conn(), commit.Options{}),
			Retry: 200 * time.Millisecond, Log: zerolog.Nop(),
		}
		return c.Run(ctx, nc)
	})
}

// record is an output that keeps what it is sent, and refuses some of it at first.
func (l *line) record(name string) *witness {
	w := newWitness()
	l.output(name, sink(func(_ context.Context, a wiredesk.Article) error {
		if rand.IntN(20) == 0 {
			return fmt.Errorf("busy")
		}
		body, err := json.Marshal(a)
		w.see("news.wire.model."+a.Story, nats.Header{stream.HRevision: {strconv.Itoa(a.Revision)}}, body)
		return err
	}))
	return w
}

// slow is an output that takes its time with everything.
func (l *line) slow(name string) *witness {
	w := newWitness()
	l.output(name, sink(func(_ context.Context, a wiredesk.Article) error {
		<-time.After(8 * time.Millisecond)
		body, err := json.Marshal(a)
		w.see("news.wire.model."+a.Story, nats.Header{stream.HRevision: {strconv.Itoa(a.Revision)}}, body)
		return err
	}))
	return w
}

// folder is a file output of texts, where a kill removes the file, and where its files are.
func (l *line) folder(name string) string { return l.keep(name, "text", file.Remove) }

// articles is a file output of articles, where the notice takes the place of what it kills.
func (l *line) articles(name string) string { return l.keep(name, "article", file.Replace) }

func (l *line) keep(name, format, kill string) string {
	dir := l.t.TempDir()
	o := file.Defaults()
	o.Path, o.Format, o.Kill = dir, format, kill
	settings, err := json.Marshal(o)
	if err != nil {
		l.t.Fatal(err)
	}
	to, err := file.New(settings, zerolog.Nop())
	if err != nil {
		l.t.Fatal(err)
	}
	l.output(name, to)
	return dir
}

// files are the words of documents in each file of a folder, by story.
func (l *line) files(dir string) map[string]string {
	l.t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		l.t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		body, err := os.ReadFile(dir + "/" + e.Name())
		if err != nil {
			l.t.Fatal(err)
		}
		story := e.Name()[:min(len(e.Name()), 24)]
		for _, t := range tokens.FindAllString(string(body), -1) {
			if t != out[story] {
				out[story] += t
			}
		}
	}
	return out
}

func itoa(n uint64) string { return strconv.FormatUint(n, 10) }
