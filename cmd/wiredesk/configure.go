package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
)

func configure() *cobra.Command {
	var flags shell.Flags
	var effective, asJSON bool
	c := &cobra.Command{
		Use: "config", Short: "print a commented configuration to start from",
		Long: "Config prints every setting at its default with what it is for. With --effective it prints the values as they\nstand, and where each comes from: default, file, environment or flag. Secrets are shown as stars.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if !effective && !asJSON {
				_, err := io.WriteString(c.OutOrStdout(), config.Commented())
				return err
			}
			conf, err := flags.Read(c.ErrOrStderr())
			if err != nil {
				return err
			}
			if asJSON {
				return shell.JSON(c.OutOrStdout(), conf.Effective())
			}
			for _, s := range conf.Effective() {
				if _, err := fmt.Fprintf(c.OutOrStdout(), "%-28s %-28s # %s\n", s.Path+":", shell.Printable(s.Value), s.Origin); err != nil {
					return err
				}
			}
			return nil
		},
	}
	flags.Bind(c)
	flags.Serve(c)
	c.Flags().BoolVar(&effective, "effective", false, "the values as they stand, with their origin")
	c.Flags().BoolVar(&asJSON, "json", false, "the same as one JSON list")
	return c
}
