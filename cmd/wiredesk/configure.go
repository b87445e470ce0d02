package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

func configure() *cobra.Command {
	c := &cobra.Command{
		Use: "config", Short: "print a commented configuration to start from",
		Long:    "Config prints every setting at its default with what it is for.",
		Example: "  wiredesk config\n  wiredesk config print --origin -c wiredesk.yaml",
		Args:    noSuch,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := io.WriteString(c.OutOrStdout(), config.Commented())
			return err
		},
	}
	c.AddCommand(configPrint(), configSchema())
	return c
}

func configPrint() *cobra.Command {
	var flags shell.Flags
	var origin, redacted, asJSON bool
	c := &cobra.Command{
		Use: "print", Short: "print every value as it stands, with where it comes from",
		Long: "Print reads the configuration as up and the workers would, environment and flags included. With --origin each value\n" +
			"says where it comes from: default, FILE:LINE:COLUMN, a variable, a flag. Secrets are shown as stars, always; with\n--redacted so is every other text that tells of your house, so that the list can be shown to a stranger.",
		Example: "  wiredesk config print --origin -c wiredesk.yaml\n  wiredesk config print --redacted --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			conf, err := flags.Read(c.ErrOrStderr())
			if err != nil {
				return err
			}
			all := conf.Effective()
			if redacted {
				all = conf.Redacted()
			}
			if asJSON {
				return shell.JSON(c.OutOrStdout(), all)
			}
			w := &page{to: c.OutOrStdout()}
			for _, s := range all {
				if origin {
					w.say("%-28s %-28s # %s\n", s.Path+":", s.Value, s.Origin)
				} else {
					w.say("%s: %s\n", s.Path, s.Value)
				}
			}
			return w.err
		},
	}
	flags.Bind(c)
	flags.Serve(c)
	c.Flags().BoolVar(&origin, "origin", false, "say where each value comes from")
	c.Flags().BoolVar(&redacted, "redacted", false, "hide what tells of your house, besides the secrets")
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON list, with the origins")
	return c
}

func configSchema() *cobra.Command {
	return &cobra.Command{
		Use: "schema", Short: "print the JSON Schema of the configuration file, for editors",
		Long:    "Schema prints a JSON Schema 2020-12 that knows every setting. For an editor with YAML language support, begin the file\nwith: # yaml-language-server: $schema=wiredesk.schema.json",
		Example: "  wiredesk config schema",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			doc, err := json.MarshalIndent(config.Schema(shell.Formats(), line.OutputKinds()), "", "  ")
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s\n", doc)
			return err
		},
	}
}
