package console

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

const (
	canonical = stream.NewsPrefix + "wire.>"
	shelf     = 300              // rows that a page starts with
	mostRows  = 500              // of one answer
	keepAlive = 15 * time.Second // between two signs of life
	writeTime = 10 * time.Second // for a reader to take an event
	reopening = 300 * time.Millisecond
)

// events writes to one reader, who is dropped when it does not read: it comes back with where it was.
type events struct {
	w  io.Writer
	rc *http.ResponseController
}

func (e events) send(format string, args ...any) error {
	if err := e.rc.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(e.w, format, args...); err != nil {
		return err
	}
	return e.rc.Flush()
}

func (e events) row(r row) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return e.send("id: %d\nevent: article\ndata: %s\n\n", r.Seq, line)
}

// wire is the live list: what stands now, then what comes. A reader that comes back with the id of the last event it saw
// gets what came since, each once; where the news hold that no more, a gap is told and the list begins anew.
func (c *Console) wire(w http.ResponseWriter, r *http.Request) {
	select {
	case c.readers <- struct{}{}:
		defer func() { <-c.readers }()
	default:
		w.Header().Set("Retry-After", "5")
		tell(w, http.StatusServiceUnavailable, failure{fmt.Sprintf("%d live lists are open, which is the limit", maxReaders)})
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	stop := context.AfterFunc(c.ctx, cancel)
	defer stop()
	e := events{w, http.NewResponseController(w)}
	_ = e.rc.SetReadDeadline(time.Time{}) // the request has been read; nothing more is to come
	w.Header().Set("Content-Type", "text/event-stream")
	last, _ := strconv.ParseUint(cmp.Or(r.Header.Get("Last-Event-ID"), r.URL.Query().Get("after")), 10, 64)
	if err := e.send("retry: 1000\n\n"); err != nil {
		return
	}
	if err := c.follow(ctx, e, last); err != nil && ctx.Err() == nil {
		c.Log.Debug().Err(err).Str("from", who(r)).Msg("a live list ended; the page comes back by itself")
	}
}

// follow sends rows until ctx ends or the reader is gone. A broker that is away is waited for.
func (c *Console) follow(ctx context.Context, e events, last uint64) error {
	for ctx.Err() == nil {
		var err error
		if last, err = c.start(ctx, e, last); err == nil {
			err = gone(e.send("event: live\ndata: {}\n\n"))
		}
		if err == nil {
			last, err = c.tail(ctx, e, last)
		}
		var left *readerGone
		if errors.As(err, &left) {
			return err
		}
		if err := e.send("event: away\ndata: {}\n\n"); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(reopening):
		}
	}
	return nil
}

// readerGone is an error of writing to the reader, not of the broker.
type readerGone struct{ err error }

func (g *readerGone) Error() string { return "the reader is gone: " + g.err.Error() }
func (g *readerGone) Unwrap() error { return g.err }

func gone(err error) error {
	if err == nil {
		return nil
	}
	return &readerGone{err}
}

// start sends what stands before the list goes live, and returns the sequence up to which everything is told.
func (c *Console) start(ctx context.Context, e events, last uint64) (uint64, error) {
	news, err := c.js.Stream(ctx, stream.NEWS)
	if err != nil {
		return last, fmt.Errorf("console: NEWS: %w", err)
	}
	state := news.CachedInfo().State
	if last > 0 && last <= state.LastSeq && last+1 >= state.FirstSeq {
		return last, nil
	}
	if last > 0 {
		if err := e.send("event: gap\ndata: {\"after\":%d,\"first\":%d}\n\n", last, state.FirstSeq); err != nil {
			return last, gone(err)
		}
	}
	rows, err := c.recent(ctx, news, state.LastSeq+1, shelf)
	if err != nil {
		return last, err
	}
	for _, r := range rows {
		if err := e.row(r); err != nil {
			return last, gone(err)
		}
	}
	return state.LastSeq, nil
}

// tail sends what comes after a sequence, and returns up to where it came.
func (c *Console) tail(ctx context.Context, e events, last uint64) (uint64, error) {
	news, err := c.js.Stream(ctx, stream.NEWS)
	if err != nil {
		return last, fmt.Errorf("console: NEWS: %w", err)
	}
	from, err := newTape(ctx, c.js, stream.NEWS, jetstream.ConsumerConfig{
		FilterSubject: canonical, DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: last + 1,
	})
	if err != nil {
		return last, err
	}
	defer from.Stop()
	for told := time.Now(); ; {
		wait, cancel := context.WithTimeout(ctx, time.Second)
		m, meta, err := from.next(wait)
		quiet := err != nil && wait.Err() != nil && ctx.Err() == nil && c.Conn.IsConnected()
		cancel()
		if quiet {
			if time.Since(told) > keepAlive {
				told = time.Now()
				err = e.send(": quiet\n\n")
			} else {
				err = nil
			}
			if err != nil {
				return last, gone(err)
			}
			continue
		}
		if err != nil {
			return last, fmt.Errorf("console: NEWS: %w", err)
		}
		r, ok := c.rowOf(m, meta)
		if !ok {
			continue
		}
		if err := c.complete(ctx, news, &r); err != nil {
			return last, err
		}
		if err := e.row(r); err != nil {
			return last, gone(err)
		}
		last, told = r.Seq, time.Now()
	}
}

// rowOf reads a message of NEWS. What is no article is left out: it is none of ours.
func (c *Console) rowOf(m jetstream.Msg, meta *jetstream.MsgMetadata) (row, bool) {
	var a wiredesk.Article
	if err := json.Unmarshal(m.Data(), &a); err != nil {
		c.Log.Warn().Err(err).Str("subject", m.Subject()).Msg("a message of the news that is no article")
		return row{}, false
	}
	r := rowOf(&a)
	r.Seq, r.Time = meta.Sequence.Stream, meta.Timestamp.UTC()
	return r, true
}
