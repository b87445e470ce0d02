package line

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/console"
	"github.com/wiredesk/wiredesk/internal/deadletter"
	"github.com/wiredesk/wiredesk/publish/route"
)

// mountConsole serves the console where the process plays all roles. It has a connection of its own, so that no page
// slows a stage down.
func (l *Line) mountConsole(ctx context.Context, mount map[string]http.Handler) error {
	if len(l.Roles) < len(Everything()) {
		return nil
	}
	nc, err := l.dial(ctx, consoleRole)
	if err != nil {
		return err
	}
	l.conns[consoleRole] = nc
	ctx, l.ways.closeConsole = context.WithCancel(context.WithoutCancel(ctx))
	c, err := NewConsole(ctx, nc, l.Config, Insight{l.desks.live.Table, l.polls.all}, l.Software, l.Log)
	if err != nil {
		return err
	}
	MountConsole(mount, c)
	return nil
}

// consoleRole names the console's connection.
const consoleRole Role = "console"

// MountConsole puts a console at its address; the root of the server leads there.
func MountConsole(mount map[string]http.Handler, c http.Handler) {
	mount[console.Root] = c
	mount["GET /{$}"] = http.RedirectHandler(console.Root+"wire", http.StatusSeeOther)
}

// Insight is what a console asks the process that it runs in.
type Insight struct {
	Routes func() *route.Table            // as they stand
	Polls  func() map[string]console.Poll // nil where this process polls nothing
}

// NewConsole makes a console of a configured line. Its live lists end with ctx; software names the program.
func NewConsole(ctx context.Context, nc *nats.Conn, c *config.Config, in Insight, software string, log zerolog.Logger) (*console.Console, error) {
	js, err := jetstream.New(nc)
	if err != nil {
		return nil, fmt.Errorf("line: console: %w", err)
	}
	again := func(ctx context.Context, l deadletter.Letter) error { return PushAgain(ctx, nc, c, l) }
	return console.New(ctx, console.Options{
		Conn: nc, Letters: &deadletter.Box{JS: js, Push: again}, Feeds: consoleFeeds(c),
		Token: c.HTTP.Token.Reveal(), ActToken: c.Console.ActToken.Reveal(), Software: software,
		Explain: func(a *wiredesk.Article) any { return Routed(a, in.Routes()) }, Polls: in.Polls,
		Read: pasted(software), Log: log.With().Str("part", "console").Logger(),
	})
}

func consoleFeeds(c *config.Config) []console.Feed {
	var out []console.Feed
	for _, f := range c.Feeds {
		how := "push"
		switch {
		case f.Poll.On():
			how = "poll"
		case f.Dir != "":
			how = "dir"
		}
		out = append(out, console.Feed{Name: f.Name, Provider: f.Provider, How: how})
	}
	return out
}

// pasted reads a document that somebody pasted, with enrichers of its own: the line never hears of it. They are made
// when they are first needed.
func pasted(software string) func(context.Context, []byte) ([]wiredesk.Article, error) {
	open := sync.OnceValues(func() (*ReadingDesk, error) { return NewReadingDesk(software) })
	return func(ctx context.Context, document []byte) ([]wiredesk.Article, error) {
		desk, err := open()
		if err != nil {
			return nil, err
		}
		raw := wiredesk.Raw{Feed: "pasted", Provider: "pasted", Via: "console", Received: time.Now().UTC(), Bytes: document}
		reading, err := ingest.Read(raw)
		if err != nil {
			return nil, err
		}
		var all []wiredesk.Article
		err = desk.Articles(ctx, reading, func(body []byte) error {
			var a wiredesk.Article
			if err := json.Unmarshal(body, &a); err != nil {
				return err
			}
			all = append(all, a)
			return nil
		})
		for _, p := range reading.Parts {
			err = errors.Join(err, p.Err)
		}
		if len(all) > 0 {
			err = nil // the good stories are shown; the push would say what is wrong with the others
		}
		return all, err
	}
}
