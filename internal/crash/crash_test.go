package crash_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/stream"
)

var (
	long = flag.Bool("long", false, "the long form: 20,000 stories and 60 kills")
	seed = flag.Uint64("seed", 0, "of the random choices; 0 takes one from the clock")
)

// TestCrash runs a line of real processes, kills them at random and at every boundary, and holds what came out against
// what was accepted. The long form: go test ./internal/crash -long -timeout 30m -v.
func TestCrash(t *testing.T) {
	stories, kills := 1500, 12
	if *long {
		stories, kills = 20_000, 60
	}
	if *seed == 0 {
		*seed = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d: %d stories, %d kills", *seed, stories, kills)
	r := rand.New(rand.NewPCG(*seed, 1))
	c := newCity(t)
	nc, js := c.open(t)

	ctx, stopReading := context.WithCancel(t.Context())
	reading, read := follow(ctx, t, nc)
	all := plans(stories, r)
	began := time.Now()
	murderer := make(chan int)
	go func() { murderer <- c.murder(rand.New(rand.NewPCG(*seed, 2)), kills) }()
	unknown := push(t, c, all, time.Now().Add(20*time.Minute))
	took := time.Since(began)
	n := <-murderer
	c.settle(t, js, reading, all)
	stopReading()
	if err := <-read; err != nil {
		t.Errorf("subscriber: %v", err)
	}
	t.Logf("%d processes died; pushed in %s, settled after %s", n, took.Round(time.Second), time.Since(began).Round(time.Second))
	c.audit(t, js, reading, all, unknown)
}

// open starts the broker, makes the streams, and starts the workers.
func (c *city) open(t *testing.T) (*nats.Conn, jetstream.JetStream) {
	t.Helper()
	c.named(user)[0].start()
	nc, err := broker.Dial(t.Context(), c.address, broker.DialOptions{Name: "ledger", Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	settings := stream.Defaults()
	settings.MaxBytes = 6 << 30
	if err := broker.Ensure(t.Context(), js, settings, true); err != nil {
		t.Fatal(err)
	}
	for _, p := range c.programs[1:] {
		p.args = append(p.args, "--set", "streams.max_bytes=6GiB")
		p.start()
	}
	return nc, js
}

// murder kills processes one after another, at random and at the boundaries of their work, and returns how many died.
func (c *city) murder(r *rand.Rand, kills int) int {
	points := []string{"handled", "stored", "acked"}
	for i := range kills {
		<-time.After(time.Duration(200+r.IntN(700)) * time.Millisecond)
		p := c.programs[r.IntN(len(c.programs))]
		stage := p.name[:len(p.name)-2]
		if i%2 == 0 && (stage == "enrich" || stage == "publish") {
			p.next(fmt.Sprint(stage, ":", points[r.IntN(len(points))], ":", 1+r.IntN(60)))
			continue
		}
		p.kill()
	}
	died := 0
	for _, p := range c.programs {
		died += p.count()
	}
	return died
}

// settle waits until both stages have nothing left and the reader has the last revision of every story.
func (c *city) settle(t *testing.T, js jetstream.JetStream, r *reader, all []plan) {
	t.Helper()
	deadline := time.Now().Add(2 * time.Minute)
	for !c.quiet(t.Context(), js) || !c.read(t.Context(), js, r, all) {
		if time.Now().After(deadline) {
			t.Error("the line did not settle in time")
			c.state(t, js)
			return
		}
		<-time.After(100 * time.Millisecond)
	}
}

func (c *city) quiet(ctx context.Context, js jetstream.JetStream) bool {
	for name, consumer := range map[string]string{stream.RAW: stream.EnrichConsumer, stream.ARTICLES: stream.PublishConsumer} {
		i, err := js.Consumer(ctx, name, consumer)
		if err != nil || i.CachedInfo().NumPending+uint64(i.CachedInfo().NumAckPending) > 0 {
			return false
		}
	}
	return true
}

// state shows where a line that does not settle is stuck.
func (c *city) state(t *testing.T, js jetstream.JetStream) {
	for name, consumer := range map[string]string{stream.RAW: stream.EnrichConsumer, stream.ARTICLES: stream.PublishConsumer, stream.NEWS: "ledger"} {
		i, err := js.Consumer(t.Context(), name, consumer)
		if err != nil {
			t.Logf("%s: %v", name, err)
			continue
		}
		info := i.CachedInfo()
		t.Logf("%s: pending %d, unacknowledged %d, redelivered %d, waiting %d, floor %d, delivered %d", name, info.NumPending,
			info.NumAckPending, info.NumRedelivered, info.NumWaiting, info.AckFloor.Stream, info.Delivered.Stream)
	}
}

// read says whether the reader has nothing more to come.
func (c *city) read(ctx context.Context, js jetstream.JetStream, r *reader, all []plan) bool {
	i, err := js.Consumer(ctx, stream.NEWS, "ledger")
	return err == nil && i.CachedInfo().NumPending == 0 && i.CachedInfo().NumAckPending == 0
}

// audit holds every subject against what was accepted, and what was accepted against what was pushed.
func (c *city) audit(t *testing.T, js jetstream.JetStream, r *reader, all []plan, unknown int) {
	t.Helper()
	accepted := shelves(t, js, stream.ARTICLES, stream.ArticlePrefix+"*")
	canonical := shelves(t, js, stream.NEWS, "news.wire.crash.*")
	byLanguage := shelves(t, js, stream.NEWS, "news.lang.en.*")
	pushed := &ledger{name: "pushed → accepted", unknown: unknown}
	live := &ledger{name: "the live subscriber"}
	wire := &ledger{name: "news.wire.crash.*"}
	lang := &ledger{name: "news.lang.en.*"}
	for _, p := range all {
		story := wiredesk.StoryID("crash", p.uri)
		revisions := accepted[stream.ArticleSubject(story)]
		pushed.final(p, revisions)
		live.account(story, revisions, r.seen[story])
		wire.account(story, revisions, canonical["news.wire.crash."+story])
		if len(revisions) > 0 && revisions[0].event != wiredesk.EventKill { // a kill that came first knows no language
			lang.account(story, revisions, byLanguage["news.lang.en."+story])
		}
	}
	for _, l := range []*ledger{pushed, live, wire, lang} {
		l.check(t)
	}
}

// final looks whether the story ended in its last version.
func (l *ledger) final(p plan, revisions []entry) {
	if len(revisions) == 0 {
		l.lost++
		l.note("%s: nothing accepted", p.uri)
		return
	}
	last := revisions[len(revisions)-1]
	switch {
	case p.kill && last.event != wiredesk.EventKill, last.version != fmt.Sprint(p.last()):
		l.lost++
		l.note("%s: ended in version %s (%s); want version %d", p.uri, last.version, last.event, p.last())
	case len(revisions) > p.last():
		l.duplicate++
		l.note("%s: %d revisions of %d versions", p.uri, len(revisions), p.last())
	default:
		l.ok++
		l.overtaken += p.last() - len(revisions)
	}
}
