// Package poll looks at feeds over HTTP: RSS, Atom and JSON Feed. What is new or changed in a feed is handed on item by
// item; a feed that has not changed costs one request with conditions, and nothing of the line.
//
// The place in a feed (what was seen, by what the server recognises it, how often the feed changes) moves only after the
// store has acknowledged every new item. It is kept in a JetStream key-value bucket and not in the data directory, because
// it has to be where any ingest worker finds it: several workers share the feeds, and if one dies another goes on where it
// stood. A lease in the same bucket, taken and renewed by compare-and-set on its revision, lets one worker at a time poll
// a feed. Should two do so for a moment, the later one's cursor is refused, and items offered twice are duplicates to the
// stages behind.
//
// A feed never stops for good: errors are told once, counted, and followed by further tries, further and further apart up
// to the feed's ceiling.
package poll

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Options are what is polled and how. Feed, Provider, URL, Formats and Cursors are required.
type Options struct {
	Feed, Provider, Format string // Format is empty or "auto" for rss, atom and jsonfeed; another one only by its name
	House                  wiredesk.House
	URL                    string
	Every, Least, Most     time.Duration // at first, floor and ceiling of the interval; 5 min, 1 min, 30 min
	Headers                http.Header   // sent to the host of URL alone
	Allow                  []Allow
	CA                     []byte // certificates in PEM form to trust besides the system's

	Formats []wiredesk.Format
	Cursors jetstream.KeyValue // the bucket [stream.CursorBucket]
	Alone   bool               // no other process can poll: no lease is needed
	Hosts   *Hosts             // shared by the feeds of a process; nil is one of its own
	Observe Observer           // may be nil
	Log     zerolog.Logger

	Fetch  time.Duration    // of one fetch, redirects included; 0 is MaxFetch
	Lease  time.Duration    // how long a silent worker keeps the feed; 0 is a minute
	Now    func() time.Time // nil is time.Now
	Chance func() float64   // from 0 to 1, for the jitter; nil is random
}

// Observer is told of every look at a feed. Polled must not block.
type Observer interface {
	Polled(Round)
}

// Poller polls one feed; it is a [wiredesk.Feed]. Receive and Poll are for one goroutine.
type Poller struct {
	Options
	home    *url.URL
	pace    pace
	fetcher *fetcher
	reader  *reader
	shelf   shelf
	lease   *lease

	book    *book         // nil until it is read, and after another worker moved it
	due     time.Time     // of the next look
	waiting []item        // new ones that are not in the store yet, the oldest first
	dirty   bool          // the book has moved since it was kept
	advised time.Duration // by the last document
	doubt   string        // digest of the unreadable items of the last look
	fails   int
	told    string // the trouble that was told last
	silent  bool   // a silence that was told
}

// New makes a poller. It connects to nothing.
func New(o Options) (*Poller, error) {
	home, err := ParseAddress(o.URL)
	if err != nil {
		return nil, fmt.Errorf("poll: feed %s: %w", o.Feed, err)
	}
	cursorKey, leaseKey, err := stream.CursorKeys(o.Feed)
	if err != nil || o.Provider == "" || len(o.Formats) == 0 || o.Cursors == nil {
		return nil, errors.Join(errors.New("poll: a feed, its provider, formats and a place for its cursor are required"), err)
	}
	roots, err := trusted(o.CA)
	if err != nil {
		return nil, err
	}
	o.defaults()
	o.Log = o.Log.With().Str("feed", o.Feed).Str("address", shown(home)).Logger()
	return &Poller{
		Options: o, home: home, pace: pace{o.Every, o.Least, max(o.Most, o.Least)},
		fetcher: newFetcher(&o, home, roots), reader: newReader(&o, home),
		shelf: shelf{kv: o.Cursors, key: cursorKey},
		lease: &lease{kv: o.Cursors, key: leaseKey, name: nuid.Next(), last: o.Lease, log: o.Log},
	}, nil
}

func (o *Options) defaults() {
	set := func(d *time.Duration, otherwise time.Duration) {
		if *d <= 0 {
			*d = otherwise
		}
	}
	set(&o.Least, time.Minute)
	set(&o.Most, max(30*time.Minute, o.Least, o.Every))
	set(&o.Every, min(max(5*time.Minute, o.Least), o.Most))
	set(&o.Fetch, MaxFetch)
	set(&o.Lease, leaseFor)
	if o.Hosts == nil {
		o.Hosts = &Hosts{}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Chance == nil {
		o.Chance = rand.Float64
	}
}

// Receive polls until ctx ends; then it returns nil.
func (p *Poller) Receive(ctx context.Context, take wiredesk.Take) error {
	if p.Alone {
		p.work(ctx, take)
		return nil
	}
	for ctx.Err() == nil {
		held, stop, err := p.lease.wait(ctx)
		if err != nil {
			return nil //nolint:nilerror // the end of ctx is the orderly end
		}
		p.work(held, take)
		stop()
		p.handOver(ctx, take)
	}
	return nil
}

// work polls for as long as the feed is this worker's.
func (p *Poller) work(ctx context.Context, take wiredesk.Take) {
	for {
		round := p.Poll(ctx, take)
		if !sleep(ctx, round.Next) {
			return
		}
	}
}

// parting bounds what a worker still does for a feed that it gives up.
const parting = 2 * time.Second

// handOver leaves the feed to another worker. What is in hand is offered once more: it may have left the feed meanwhile.
func (p *Poller) handOver(ctx context.Context, take wiredesk.Take) {
	ended := ctx.Err() != nil
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), parting)
	defer cancel()
	if !ended {
		_ = p.offer(ctx, take, &Round{}) // what fails here is in the feed, or told by the next worker's overlap test
		p.Log.Info().Msg("another worker polls this feed now")
	}
	p.book, p.waiting, p.dirty = nil, nil, false
	p.lease.leave(ctx)
}
