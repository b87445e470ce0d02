package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func deadRetry() *cobra.Command {
	var l letters
	c := l.mend("retry", "try dead letters again where they failed, and drop those that were taken", "would try again", "tried again",
		func(ctx context.Context, seq uint64) error {
			d, err := l.letter(ctx, seq)
			if err != nil {
				return err
			}
			if err := l.again(ctx, d); err != nil {
				return fmt.Errorf("dead letter %d: %w", seq, err)
			}
			return l.drop(ctx, seq)
		})
	return c
}

func deadDrop() *cobra.Command {
	var l letters
	return l.mend("drop", "drop dead letters for good", "would drop", "dropped", func(ctx context.Context, seq uint64) error {
		return l.drop(ctx, seq)
	})
}

// mend is a command over the letters named by number, or chosen by --stage, --feed, --reason or --all.
func (l *letters) mend(name, short, would, did string, do func(context.Context, uint64) error) *cobra.Command {
	c := &cobra.Command{
		Use: name + " [SEQ...]", Short: short,
		RunE: func(c *cobra.Command, args []string) error {
			chosen, err := sequences(args)
			if err != nil {
				return err
			}
			chooses := l.stage != "" || l.feed != "" || l.reason != "" || l.all
			if len(args) == 0 == !chooses {
				return shell.Misuse("name dead letters by number, or choose them with --stage, --feed, --reason or --all")
			}
			if err := l.open(c); err != nil {
				return err
			}
			defer l.nc.Close()
			if chooses {
				if err := l.each(c.Context(), func(d letter) error { chosen = append(chosen, d.Seq); return nil }); err != nil {
					return err
				}
			}
			return l.eachOf(c, chosen, would, did, do)
		},
	}
	l.bind(c, true)
	c.Flags().BoolVar(&l.all, "all", false, "all of them")
	c.Flags().BoolVar(&l.dry, "dry-run", false, "only say what would be done")
	return c
}

// eachOf goes on after a failure; the exit code is 1 if there was one.
func (l *letters) eachOf(c *cobra.Command, chosen []uint64, would, did string, do func(context.Context, uint64) error) error {
	failed := 0
	for _, seq := range chosen {
		said := did
		if l.dry {
			said = would
		} else if err := do(c.Context(), seq); err != nil {
			if c.Context().Err() != nil {
				return err
			}
			failed++
			shell.Say(c.ErrOrStderr(), "%s\n", err)
			continue
		}
		if _, err := fmt.Fprintf(c.OutOrStdout(), "%s %d\n", said, seq); err != nil {
			return err
		}
	}
	if failed > 0 {
		return &shell.Exit{Code: shell.Failed}
	}
	return nil
}

func (l *letters) drop(ctx context.Context, seq uint64) error {
	s, err := l.js.Stream(ctx, stream.DEAD)
	if err == nil {
		err = s.DeleteMsg(ctx, seq)
	}
	if err != nil {
		return fmt.Errorf("dead letter %d: %w", seq, err)
	}
	return nil
}

// again puts a letter's copy back where it failed: what ingest could not read is pushed anew, what a stage could not
// do is stored anew in the stream that the stage follows.
func (l *letters) again(ctx context.Context, d letter) error {
	switch d.header.Get(stream.HFromStream) {
	case "":
		return l.push(ctx, d)
	case stream.RAW:
		return l.store(ctx, d, nil)
	case stream.ARTICLES:
		return l.revision(ctx, d)
	}
	if stage := d.header.Get(stream.HStage); strings.HasPrefix(stage, stream.OutputPrefix) {
		return fmt.Errorf("the output %s refused it: mend the cause, then delete its consumer (nats consumer rm NEWS %s) and restart publish: the output is offered all that it follows once more, which is harmless",
			strings.TrimPrefix(stage, stream.OutputPrefix), stage)
	}
	return fmt.Errorf("came from the stream %s: only copy from %s and %s can be tried again", d.header.Get(stream.HFromStream), stream.RAW, stream.ARTICLES)
}

func (l *letters) push(ctx context.Context, d letter) error {
	client, err := adapter.NATS(l.nc, d.Feed, adapter.Token(tokenOf(l.conf, d.Feed)))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	_, err = client.Push(ctx, d.Body, adapter.Document{
		Format: wording(d.header, stream.HAsked), MediaType: wording(d.header, stream.HMediaType),
		URI: wording(d.header, stream.HURI), Version: wording(d.header, stream.HVersion),
	})
	return err
}

// revision stores an article anew, if no newer revision of its story has come since.
func (l *letters) revision(ctx context.Context, d letter) error {
	seq, err := strconv.ParseUint(d.header.Get(stream.HFromSeq), 10, 64)
	if err != nil {
		return fmt.Errorf("no sequence to compare with: %w", err)
	}
	err = l.store(ctx, d, stream.Last(seq))
	var refused *jetstream.APIError
	if errors.As(err, &refused) && refused.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence {
		return errors.New("a newer revision of the story has come since: drop this one")
	}
	return err
}

func (l *letters) store(ctx context.Context, d letter, expect *uint64) error {
	own := []string{stream.HStage, stream.HReason, stream.HTries, stream.HFromStream, stream.HFromSubject, stream.HFromSeq}
	h := maps.Clone(d.header)
	maps.DeleteFunc(h, func(name string, _ []string) bool {
		return slices.Contains(own, name) || strings.HasPrefix(name, "Nats-")
	})
	m := stream.Message{
		Subject: d.header.Get(stream.HFromSubject), ID: fmt.Sprintf("retry:%d:%d", d.Seq, d.Stored.UnixNano()),
		Header: h, Data: d.Body, Expect: expect,
	}
	if !strings.HasPrefix(m.Subject, stream.RawPrefix) && !strings.HasPrefix(m.Subject, stream.ArticlePrefix) {
		return fmt.Errorf("the subject %q is none of the line's", m.Subject)
	}
	_, err := l.js.PublishMsg(ctx, m.NATS())
	return err
}
