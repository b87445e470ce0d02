package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/spf13/cobra"
	"golang.org/x/time/rate"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/internal/replay"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/route"
)

// replayer reads stored copy by today's rules, and sends what they change.
type replayer struct {
	flags        shell.Flags
	since, until string
	feed, to     string
	yes, json    bool
	pace         float64
	reason       string

	conf   *config.Config
	js     jetstream.JetStream
	table  *route.Table
	run    string // names this call
	limit  *rate.Limiter
	counts map[string]int
	sent   int
}

func replays() *cobra.Command {
	r := &replayer{counts: map[string]int{}}
	c := &cobra.Command{
		Use: "replay --since TIME", Short: "read stored copy by today's rules: what would change, then for real",
		Long: "Replay reads the documents that came in since a time with today's parsers and enrichers, and tells story by story what\n" +
			"a reader would notice: credits, dateline, topics, places, language, text, subjects gained and lost. That changes\n" +
			"nothing. With --to line --yes it sends the changed ones through the line again: each makes an update of its story, at a\n" +
			"bounded rate. What was killed stays killed, what is held stays held, and where newer copy has come, that stands.",
		Example: "  wiredesk replay --since 24h\n  wiredesk replay --since 24h --feed sana-en --json\n  wiredesk replay --since 24h --to line --yes --reason 'a lexicon with more outlets'",
		Args:    cobra.NoArgs, RunE: r.command,
	}
	r.flags.Bind(c)
	r.flags.Place(c)
	c.Flags().StringVar(&r.since, "since", "", "read what came in since `TIME`: 24h or 2d ago, or RFC 3339")
	c.Flags().StringVar(&r.until, "until", "", "and before `TIME`; now unless set")
	c.Flags().StringVar(&r.feed, "feed", "", "only the copy of this feed")
	c.Flags().StringVar(&r.to, "to", "diff", "diff: tell what would change; line: send it through the line")
	c.Flags().BoolVar(&r.yes, "yes", false, "with --to line: do it")
	c.Flags().Float64Var(&r.pace, "rate", 20, "documents a second that are sent at most")
	c.Flags().StringVar(&r.reason, "reason", "", "why, in words for everyone who has the story")
	c.Flags().BoolVar(&r.json, "json", false, "one JSON object a story")
	return c
}

func (r *replayer) command(c *cobra.Command, _ []string) error {
	span, err := r.span(time.Now())
	if err != nil {
		return err
	}
	if r.conf, err = r.flags.Read(c.ErrOrStderr()); err != nil {
		return err
	}
	if r.table, err = r.conf.Routes(); err != nil {
		return err
	}
	nc, js, err := reach(c.Context(), r.conf, c.ErrOrStderr())
	if err != nil {
		return err
	}
	defer nc.Close()
	r.js, r.limit, r.run = js, rate.NewLimiter(rate.Limit(r.pace), 1), strconv.FormatInt(span.Until.UnixNano(), 36)
	read, err := r.reading()
	if err != nil {
		return err
	}
	err = replay.Each(c.Context(), replay.Options{JS: js, Read: read, Desks: r.desks}, span, func(s replay.Story) error { return r.story(c, s) })
	if err != nil {
		return err
	}
	return r.summary(c)
}

// span is what the flags ask for; they are checked before anything is read.
func (r *replayer) span(now time.Time) (replay.Span, error) {
	s := replay.Span{Until: now, Feed: r.feed}
	var err error
	switch {
	case r.since == "":
		return s, shell.Misuse("say how far back: --since 24h, or a time like 2031-03-07T22:30:00Z")
	case r.to != "diff" && r.to != "line":
		return s, shell.Misuse("--to %q: diff tells what would change, line sends it through the line", r.to)
	case r.to == "line" && !r.yes:
		return s, shell.Misuse("--to line makes new revisions for every subscriber: see what they are with --to diff, then add --yes")
	case r.pace <= 0 || r.pace > 1000:
		return s, shell.Misuse("--rate %g: from above 0 to 1000 documents a second", r.pace)
	}
	if s.Since, err = moment(r.since, now); err != nil {
		return s, shell.Misuse("--since: %w", err)
	}
	if r.until != "" {
		if s.Until, err = moment(r.until, now); err != nil {
			return s, shell.Misuse("--until: %w", err)
		}
	}
	return s, nil
}

// moment is a time, or so long before now.
func moment(text string, now time.Time) (time.Time, error) {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, nil
	}
	var back config.Duration
	if err := back.UnmarshalText([]byte(text)); err != nil {
		return now, fmt.Errorf("%w, or a time like 2031-03-07T22:30:00Z", err)
	}
	return now.Add(-time.Duration(back)), nil
}

// reading makes articles of stored documents as the line would, without its memory.
func (r *replayer) reading() (func(context.Context, nats.Header, []byte) ([]wiredesk.Article, error), error) {
	lines, err := shell.Lines(r.conf)
	if err != nil {
		return nil, err
	}
	desk, err := line.NewReadingDesk(shell.Built().Software())
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, h nats.Header, data []byte) ([]wiredesk.Article, error) {
		raw, err := ingest.FromMessage(h, data, lines.House(stream.Text(h, stream.HFeed)))
		if err != nil {
			return nil, err
		}
		stories, err := ingest.Parse(raw)
		if len(stories) == 0 {
			return nil, err
		}
		var all []wiredesk.Article
		part := ingest.Reading{Parts: []ingest.Part{{Raw: raw, Stories: stories}}}
		err = desk.Articles(ctx, part, func(body []byte) error {
			var a wiredesk.Article
			all = append(all, a)
			return json.Unmarshal(body, &all[len(all)-1])
		})
		return all, err
	}, nil
}

func (r *replayer) desks(a *wiredesk.Article) []string {
	var out []string
	for _, d := range r.table.Explain(a) {
		if d.Matches {
			out = append(out, "news.desk."+d.Desk)
		}
	}
	return out
}

func (r *replayer) story(c *cobra.Command, s replay.Story) error {
	r.counts[s.Verdict]++
	if r.to == "line" && s.Verdict == replay.Changed {
		if err := r.limit.Wait(c.Context()); err != nil {
			return err
		}
		if err := r.room(c.Context()); err != nil {
			return err
		}
		if err := replay.Send(c.Context(), r.js, s, r.run, r.reason); err != nil {
			return err
		}
		r.sent++
	}
	switch {
	case r.json:
		return shell.JSON(c.OutOrStdout(), s)
	case s.Verdict != replay.Changed && s.Verdict != replay.Unreadable:
		return nil
	}
	w := &page{to: c.OutOrStdout()}
	writeReplay(w, &s)
	return w.err
}

// mostWaiting is how much may wait for enrich while a replay adds to it: fresh copy comes first.
const mostWaiting = 100

// room waits until the line keeps up.
func (r *replayer) room(ctx context.Context) error {
	for {
		consumer, err := r.js.Consumer(ctx, stream.RAW, stream.EnrichConsumer)
		if err != nil {
			return fmt.Errorf("consumer %s: %w", stream.EnrichConsumer, err)
		}
		if consumer.CachedInfo().NumPending < mostWaiting {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// writeReplay tells a person what would change.
func writeReplay(w *page, s *replay.Story) {
	w.say("%s  %s  %s, r%d\n", s.At.Local().Format(time.DateTime), shell.Cut(s.Headline, 80), s.Story, s.Revision)
	if s.Diff == nil {
		w.say("    %s: %s\n", s.Verdict, s.Reason)
		return
	}
	for _, f := range s.Diff.Fields {
		w.say("    %s: %q, now %q\n", f.Name, f.From, f.To)
	}
	for _, l := range []struct {
		name string
		of   replay.Lists
	}{{"credits", s.Diff.Credits}, {"topics", s.Diff.Topics}, {"places", s.Diff.Places}, {"subjects", s.Diff.Subjects}} {
		for _, x := range l.of.Gained {
			w.say("    %s: + %s\n", l.name, x)
		}
		for _, x := range l.of.Lost {
			w.say("    %s: - %s\n", l.name, x)
		}
	}
	if len(s.Diff.Text) > 0 {
		w.say("    text: %s\n", strings.ReplaceAll(redlined(s.Diff.Text), "\n", "\n          "))
	}
}

func (r *replayer) summary(c *cobra.Command) error {
	verdicts := []string{replay.Changed, replay.Same, replay.Superseded, replay.Killed, replay.Held, replay.Unknown, replay.Unreadable}
	var sums []string
	total := 0
	for _, v := range verdicts {
		if n := r.counts[v]; n > 0 || v == replay.Changed {
			sums = append(sums, fmt.Sprintf("%d %s", n, v))
			total += n
		}
	}
	shell.Say(c.ErrOrStderr(), "%d stories = %s\n", total, strings.Join(sums, " + "))
	if r.to == "line" {
		shell.Say(c.ErrOrStderr(), "%d sent through the line; see one with: wiredesk trace STORY\n", r.sent)
	} else if slices.Contains(verdicts, replay.Changed) && r.counts[replay.Changed] > 0 {
		shell.Say(c.ErrOrStderr(), "nothing is changed yet: --to line --yes sends the %d changed ones through the line\n", r.counts[replay.Changed])
	}
	return nil
}
