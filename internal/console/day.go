package console

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

const (
	dayHours    = 24
	mostArrived = 2_000_000 // arrivals of a day that are told apart
)

// day is the account of the last 24 hours: what came down each feed, hour by hour, and what became of it. It is made of
// the headers of RAW, ARTICLES and DEAD, is begun when somebody first asks, and follows the line from then on.
type day struct {
	ctx  context.Context
	js   jetstream.JetStream
	once sync.Once

	mu      sync.Mutex
	feeds   map[string]*line
	arrived map[uint64]arrival // by sequence in RAW
	behind  map[string]bool    // streams that have not been read up to now
	caught  chan struct{}      // closed once all have
}

// arrival is one document of RAW in the day: where it counts, and whether its fate is known.
type arrival struct {
	line    *line
	hour    int64
	decided bool
}

// line is the account of one feed.
type line struct {
	provider string
	hours    map[int64]*hour // by hours since 1970
	last     time.Time       // of what came in
	silence  time.Duration   // the longest between two arrivals
	dead     time.Time       // of the last dead letter
	reason   string          // of it
}

type hour struct {
	in  int
	out map[string]int // by fate
}

func newDay(ctx context.Context, js jetstream.JetStream) *day {
	return &day{
		ctx: ctx, js: js, feeds: map[string]*line{}, arrived: map[uint64]arrival{}, caught: make(chan struct{}),
		behind: map[string]bool{stream.RAW: true, stream.ARTICLES: true, stream.DEAD: true},
	}
}

// begin starts the account, and waits until it has come up to now or ctx ends.
func (d *day) begin(ctx context.Context) (complete bool) {
	d.once.Do(func() { go d.follow() })
	select {
	case <-d.caught:
		return true
	case <-ctx.Done():
		return false
	}
}

// follow reads RAW up to now first, so that the fates find their arrivals, then all three side by side.
func (d *day) follow() {
	from := time.Now().Add(-dayHours * time.Hour)
	var others sync.WaitGroup
	follow(d.ctx, d.js, stream.RAW, since(stream.RawPrefix+">", from), d.received, func() {
		d.current(stream.RAW)
		for name, subjects := range map[string][]string{
			stream.ARTICLES: {stream.ArticlePrefix + "*", stream.FatePrefix + "*"}, stream.DEAD: {stream.DeadPrefix + ">"},
		} {
			o := since("", from)
			o.FilterSubjects = subjects
			others.Go(func() { follow(d.ctx, d.js, name, o, d.fated, func() { d.current(name) }) })
		}
	})
	others.Wait()
}

func since(subject string, from time.Time) jetstream.ConsumerConfig {
	return jetstream.ConsumerConfig{
		FilterSubjects: []string{subject}, HeadersOnly: true, DeliverPolicy: jetstream.DeliverByStartTimePolicy, OptStartTime: &from,
	}
}

func (d *day) current(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.behind, name)
	if len(d.behind) == 0 {
		close(d.caught)
	}
}

func (d *day) feed(name string) *line {
	l := d.feeds[name]
	if l == nil {
		l = &line{hours: map[int64]*hour{}}
		d.feeds[name] = l
	}
	return l
}

func (l *line) hour(h int64) *hour {
	one := l.hours[h]
	if one == nil {
		one = &hour{out: map[string]int{}}
		l.hours[h] = one
		for old := range l.hours {
			if old < h-dayHours {
				delete(l.hours, old)
			}
		}
	}
	return one
}

// received counts a document of RAW.
func (d *day) received(m jetstream.Msg, meta *jetstream.MsgMetadata) {
	name := stream.Text(m.Headers(), stream.HFeed)
	if name == "" {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	l, at := d.feed(name), meta.Timestamp
	l.provider = cmp.Or(stream.Text(m.Headers(), stream.HProvider), l.provider)
	l.came(at)
	h := at.Unix() / 3600
	l.hour(h).in++
	if len(d.arrived) >= mostArrived {
		clear(d.arrived) // what is not decided by now is taken for pending for the rest of the day
	}
	d.arrived[meta.Sequence.Stream] = arrival{line: l, hour: h}
}

func (l *line) came(at time.Time) {
	if !l.last.IsZero() {
		l.silence = max(l.silence, at.Sub(l.last))
	}
	l.last = at
}

// fated counts what became of an arrival. What happens to it later is no second fate.
func (d *day) fated(m jetstream.Msg, meta *jetstream.MsgMetadata) {
	h := m.Headers()
	d.mu.Lock()
	defer d.mu.Unlock()
	fate, raw := h.Get(stream.HFate), sequence(h.Get(stream.HRawSeq))
	if strings.HasPrefix(m.Subject(), stream.DeadPrefix) {
		l := d.feed(stream.Text(h, stream.HFeed))
		l.dead, l.reason = meta.Timestamp, stream.Text(h, stream.HReason)
		fate = "dead"
		switch h.Get(stream.HFromStream) {
		case "": // ingest could not read it: it is in no other stream
			l.came(meta.Timestamp)
			one := l.hour(meta.Timestamp.Unix() / 3600)
			one.in++
			one.out["rejected"]++
			return
		case stream.RAW:
			raw = sequence(h.Get(stream.HFromSeq))
		}
	}
	a, ok := d.arrived[raw]
	if !ok || a.decided {
		return
	}
	a.decided = true
	d.arrived[raw] = a
	a.line.hour(a.hour).out[cmp.Or(fate, h.Get(stream.HEvent), "other")]++
}

func sequence(text string) uint64 {
	n, _ := strconv.ParseUint(text, 10, 64)
	return n
}
