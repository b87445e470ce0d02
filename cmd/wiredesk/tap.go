package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/subscriber"
)

type taps struct {
	flags  shell.Flags
	name   string
	from   string
	since  time.Duration
	most   int
	wait   time.Duration
	asJSON bool
	text   bool
}

func tap() *cobra.Command {
	var t taps
	c := &cobra.Command{
		Use: "tap [SUBJECT...]", Short: "follow the news on a subject",
		Long:    "Tap shows each article as it goes out, one line each; --text with its text, --json as it came.\nWithout a subject it follows the canonical copy of every story, news.wire.>.",
		Example: "  wiredesk tap 'news.source.tass.*'\n  wiredesk tap 'news.place.sy.*' --from current --json",
		RunE:    func(c *cobra.Command, args []string) error { return t.follow(c, args) },
	}
	t.flags.Bind(c)
	t.flags.Place(c)
	c.Flags().StringVar(&t.name, "name", "", "durable: goes on where the last tap of this `NAME` ended")
	c.Flags().StringVar(&t.from, "from", "new", "where a new tap begins: new, current (each story's state) or all")
	c.Flags().DurationVar(&t.since, "since", 0, "begin this long ago instead")
	c.Flags().IntVarP(&t.most, "count", "n", 0, "end after so many articles")
	c.Flags().DurationVar(&t.wait, "wait", 0, "end after so long, whatever came")
	c.Flags().BoolVar(&t.asJSON, "json", false, "the articles as they came, one a line")
	c.Flags().BoolVar(&t.text, "text", false, "each article with its text, the credits marked")
	return c
}

var errEnough = errors.New("enough")

func (t *taps) follow(c *cobra.Command, args []string) error {
	options, err := t.options(args)
	if err != nil {
		return err
	}
	conf, err := t.flags.Read(c.ErrOrStderr())
	if err != nil {
		return err
	}
	log := shell.Logger(c.ErrOrStderr(), conf.Log)
	nc, err := shell.Connect(c.Context(), conf, log)
	if err != nil {
		return err
	}
	defer nc.Close()
	ctx, enough := context.WithCancelCause(c.Context())
	defer enough(nil)
	if t.wait > 0 {
		stop := time.AfterFunc(t.wait, func() { enough(errEnough) })
		defer stop.Stop()
	}
	if shell.Terminal(c.ErrOrStderr()) {
		shell.Say(c.ErrOrStderr(), "waiting for articles on %s; Ctrl-C ends\n", cmp.Or(strings.Join(args, " "), "news.wire.>"))
	}
	shown := 0
	err = subscriber.Follow(ctx, nc, options, func(_ context.Context, d subscriber.Delivery) error {
		if err := t.show(c.OutOrStdout(), d); err != nil {
			enough(err)
			return err
		}
		if shown++; t.most > 0 && shown >= t.most {
			enough(errEnough)
		}
		return nil
	})
	if cause := context.Cause(ctx); err == nil && cause != nil && !errors.Is(cause, errEnough) && c.Context().Err() == nil {
		return cause
	}
	return err
}

func (t *taps) options(args []string) (subscriber.Options, error) {
	o := subscriber.Options{Name: t.name, Subjects: args}
	for _, s := range args {
		if why := untappable(s); why != "" {
			return o, shell.Misuse("%q %s: write it like news.source.tass.* or news.wire.>", s, why)
		}
	}
	begin, ok := map[string]subscriber.From{"new": subscriber.New, "current": subscriber.Current, "all": subscriber.All}[t.from]
	if !ok {
		return o, shell.Misuse("--from %s: use new, current or all", t.from)
	}
	o.From = begin
	if t.since > 0 {
		o.Since = time.Now().Add(-t.since)
	}
	return o, nil
}

// untappable is why nothing would ever come on a subject, empty where something may.
func untappable(subject string) string {
	if why := stream.NotNews(subject); why != "" {
		return why
	}
	facet := strings.Split(subject, ".")[1]
	if facets := wiredesk.FacetNames(); facet != "*" && facet != ">" && !slices.Contains(facets, facet) {
		return "names no facet; the facets are " + strings.Join(facets, ", ")
	}
	return ""
}

func (t *taps) show(stdout io.Writer, d subscriber.Delivery) error {
	if t.asJSON {
		_, err := fmt.Fprintf(stdout, "%s\n", d.Body)
		return err
	}
	a := &d.Article
	_, err := fmt.Fprintf(stdout, "%s  %-36s  r%d %-10s  %s%s\n", d.Stored.Local().Format(time.TimeOnly), shell.Cut(d.Facet.String(), 36),
		a.Revision, a.Event, shell.Cut(headline(a), 70), credited(a))
	if err == nil && t.text && a.Text != "" {
		err = marked(stdout, a, false, shell.Colour(stdout))
	}
	return err
}
