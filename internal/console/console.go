// Package console is the newsroom's window on the line: a page that lists the wire as it comes, shows a story with its
// credits marked and its whole fate, the feeds, the dead letters, what is held, and why a story goes where it goes. It
// reads what the broker holds, and keeps nothing but sums.
package console

import (
	"context"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/deadletter"
)

// Root is where the console is served.
const Root = "/console/"

// Feed is what the configuration knows of a feed.
type Feed struct {
	Name     string `json:"name"`
	Provider string `json:"provider"`
	How      string `json:"how"` // push, dir, poll
}

// Poll is how a polled feed stands. Times are zero where they are not known.
type Poll struct {
	Success time.Time `json:"success,omitzero"`
	Next    time.Time `json:"next,omitzero"`
	Fails   int       `json:"fails,omitempty"` // in a row
	Quiet   bool      `json:"quiet,omitempty"` // silent for longer than its rhythm explains
	Waiting bool      `json:"waiting,omitempty"`
	Error   string    `json:"error,omitempty"` // of the last look that failed
}

// Options are what a console needs. Connection and Letters are needed; what else is nil is not offered.
type Options struct {
	Conn    *nats.Conn
	Letters *deadletter.Box

	// Token lets read; empty: whoever is on this machine may.
	Token string
	// ActToken lets act: retry, drop, kill. Empty: on this machine whoever may read may act, from elsewhere nobody may.
	ActToken string

	Software string // of the program, for the foot of the page
	Feeds    []Feed
	// Polls tells how the polled feeds stand by name, where this process polls them.
	Polls func() map[string]Poll
	// Explain tells where an article goes and why, as JSON can hold it.
	Explain func(a *wiredesk.Article) any
	// Read makes articles of a document that somebody pasted. Its error is for that person.
	Read func(ctx context.Context, document []byte) ([]wiredesk.Article, error)
	Log  zerolog.Logger
}
