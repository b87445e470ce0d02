// Package adapter is for programs that bring copy to wiredesk: it pushes a document, over HTTP or NATS, again and
// again until it has its receipt. A receipt means that every byte is stored. Pushing the same document twice is
// harmless: it has the same receipt.
//
//	desk, err := adapter.New("http://127.0.0.1:8080", "sana-en", adapter.Token(token))
//	…
//	receipt, err := desk.Push(ctx, document, adapter.Document{})
package adapter

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/wiredesk/wiredesk"
)

// Document is what an adapter may say about a document. All of it may be empty.
type Document struct {
	Format    string // a name of wiredesk's format table; empty lets wiredesk recognise it
	MediaType string // with its charset, as in Content-Type; a hint
	// URI and Version are the sender's identity of a document whose format carries none, such as plain text. A later
	// version of the same story has the same URI and a higher version, as an integer.
	URI, Version string
	Trace        string // W3C traceparent
}

// Rejected says that the document, or the request, will never be taken as it is: trying again is of no use.
type Rejected struct {
	Status  int    // as in HTTP: 422 for a document that cannot be read
	Reason  string // "line:col: reason" of each fault, or why the request was refused
	Receipt string // under which wiredesk keeps an unreadable document
	Faults  []wiredesk.Fault
	Next    string // what to do about it
}

func (r *Rejected) Error() string { return fmt.Sprintf("adapter: %d: %s", r.Status, r.Reason) }

// Client pushes documents down one feed. It is safe for concurrent use.
type Client struct {
	feed    string
	token   string
	attempt time.Duration
	least   time.Duration
	most    time.Duration
	notify  func(try int, err error, again time.Duration)
	line    transport
}

// transport sends a document once.
type transport interface {
	send(ctx context.Context, c *Client, doc []byte, about Document) (wiredesk.Receipt, error)
}

// Option changes a Client.
type Option func(*Client)

// Token is the feed's bearer token.
func Token(token string) Option { return func(c *Client) { c.token = token } }

// Attempt bounds one try; 60 seconds unless set.
func Attempt(d time.Duration) Option { return func(c *Client) { c.attempt = d } }

// Backoff sets the longest wait before the second try, which doubles with each further one, and its ceiling; 250
// milliseconds and 30 seconds unless set. The actual wait is random below that, but never shorter than wiredesk asked.
func Backoff(least, most time.Duration) Option {
	return func(c *Client) { c.least, c.most = least, most }
}

// Notify is told of every try that failed and will be repeated, counted from 1.
func Notify(f func(try int, err error, again time.Duration)) Option {
	return func(c *Client) { c.notify = f }
}

func client(feed string, line transport, options []Option) (*Client, error) {
	if feed == "" {
		return nil, errors.New("adapter: a feed is required")
	}
	c := &Client{
		feed: feed, line: line, attempt: time.Minute, least: 250 * time.Millisecond, most: 30 * time.Second,
		notify: func(int, error, time.Duration) {},
	}
	for _, o := range options {
		o(c)
	}
	return c, nil
}

// Push pushes a document until it has its receipt. It gives up when ctx ends, then the error wraps ctx's, or when the
// document is [Rejected]. Without a receipt nothing is known to be stored.
func (c *Client) Push(ctx context.Context, doc []byte, about Document) (wiredesk.Receipt, error) {
	for try := 1; ; try++ {
		receipt, err := c.once(ctx, doc, about)
		var rejected *Rejected
		if err == nil || errors.As(err, &rejected) {
			return receipt, err
		}
		if ctx.Err() != nil {
			return receipt, fmt.Errorf("adapter: no receipt after %d tries: %w (last: %w)", try, ctx.Err(), err)
		}
		again := c.wait(try, err)
		c.notify(try, err, again)
		if !sleep(ctx, again) {
			return receipt, fmt.Errorf("adapter: no receipt after %d tries: %w (last: %w)", try, ctx.Err(), err)
		}
	}
}

func (c *Client) once(ctx context.Context, doc []byte, about Document) (wiredesk.Receipt, error) {
	ctx, cancel := context.WithTimeout(ctx, c.attempt)
	defer cancel()
	return c.line.send(ctx, c, doc, about)
}
