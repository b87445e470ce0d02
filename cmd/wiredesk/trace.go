package main

import (
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/fate"
)

func trace() *cobra.Command {
	var flags shell.Flags
	var provider string
	var asJSON, diff bool
	c := &cobra.Command{
		Use: "trace URI|STORY|RECEIPT", Short: "tell one story's whole fate, with times",
		Long: "Trace finds what came in for a story, what was decided about each version and why, which subjects of the news\nhold it now, which outputs have taken it, and its dead letters. A story is named by its URI, by the last token of its\nsubjects, or by a receipt.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			conf, err := flags.Read(c.ErrOrStderr())
			if err != nil {
				return err
			}
			nc, js, err := reach(c.Context(), conf, c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer nc.Close()
			found, err := fate.Find(c.Context(), js, args[0], provider)
			if err != nil {
				return err
			}
			for i, f := range found {
				if err = fate.RewrittenBy(c.Context(), js, &f); err != nil {
					return err
				}
				if diff && f.Story != "" {
					if f.Changes, err = fate.Changes(c.Context(), js, f.Story); err != nil {
						return err
					}
				}
				if err := writeStory(c.OutOrStdout(), f, asJSON, i); err != nil {
					return err
				}
			}
			return nil
		},
	}
	flags.Bind(c)
	flags.Place(c)
	c.Flags().StringVar(&provider, "provider", "", "the agency, where several use the same URI")
	c.Flags().BoolVar(&diff, "diff", false, "show what each revision changed in the text, word by word, also what is held")
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a story")
	return c
}
