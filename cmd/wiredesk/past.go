package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// past tries the configured desks on the articles of a running line.
func (r *router) past(c *cobra.Command) error {
	var back config.Duration
	if err := back.UnmarshalText([]byte(r.since)); err != nil {
		return shell.Misuse("--since: %w", err)
	}
	conf, err := r.flags.Read(c.ErrOrStderr())
	if err != nil {
		return err
	}
	if err := r.compile(conf); err != nil {
		return err
	}
	nc, js, err := reach(c.Context(), conf, c.ErrOrStderr())
	if err != nil {
		return err
	}
	defer nc.Close()
	from := time.Now().Add(-time.Duration(back))
	o := jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{stream.ArticlePrefix + "*"}, DeliverPolicy: jetstream.DeliverByStartTimePolicy, OptStartTime: &from,
	}
	err = stream.Consume(c.Context(), js, stream.ARTICLES, o, func(m jetstream.Msg, _ jetstream.MsgMetadata) error {
		return r.article(c, m.Subject(), m.Data())
	})
	if err != nil || r.json {
		return err
	}
	return r.tally(c)
}

// tally is how many articles each desk would have had.
func (r *router) tally(c *cobra.Command) error {
	if _, err := fmt.Fprintf(c.OutOrStdout(), "\n%d articles\n", r.seen); err != nil {
		return err
	}
	most := func(a, b string) int { return cmp.Or(r.counts[b]-r.counts[a], cmp.Compare(a, b)) }
	for _, name := range slices.SortedFunc(maps.Keys(r.counts), most) {
		if _, err := fmt.Fprintf(c.OutOrStdout(), "%6d  desk %s\n", r.counts[name], shell.Printable(name)); err != nil {
			return err
		}
	}
	return nil
}
