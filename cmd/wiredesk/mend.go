package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/deadletter"
)

func deadRetry() *cobra.Command {
	var l letters
	return l.mend("retry", "try dead letters again where they failed, and drop those that were taken", "would try again", "tried again",
		func(ctx context.Context, seq uint64) error { return l.box.Retry(ctx, seq) })
}

func deadDrop() *cobra.Command {
	var l letters
	return l.mend("drop", "drop dead letters for good", "would drop", "dropped", func(ctx context.Context, seq uint64) error {
		return l.box.Drop(ctx, seq)
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
				if err := l.each(c.Context(), func(d deadletter.Letter) error { chosen = append(chosen, d.Seq); return nil }); err != nil {
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
