package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/ingest/poll/preset"
)

func feeds() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "feeds [WORD...]", Short: "list the public feeds that can be polled by name",
		Long: "Feeds lists the presets: public feeds of agencies and broadcasters, those with every word in their name, provider,\n" +
			"language or address. Poll one with\n\n  feeds:\n    - name: tass-en\n      poll: {preset: tass-en}\n\n" +
			"An address that is marked unverified was written down from knowledge and may have moved. Whether a house allows\n" +
			"polling, and what may be done with its copy, is for you to find out.",
		Example: "  wiredesk feeds\n  wiredesk feeds tass --json",
		RunE: func(c *cobra.Command, args []string) error {
			found := presets(args)
			if len(found) == 0 {
				return fmt.Errorf("no preset has %q in it, see wiredesk feeds; any other feed is polled with poll: {url: …}", strings.Join(args, " "))
			}
			if asJSON {
				return shell.JSON(c.OutOrStdout(), found)
			}
			return list(c.OutOrStdout(), found)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "a JSON array")
	return c
}

func presets(words []string) []preset.Preset {
	var found []preset.Preset
	for _, p := range preset.All() {
		text := strings.ToLower(strings.Join([]string{p.Name, p.Provider, p.Language, p.URL}, " "))
		all := true
		for _, w := range words {
			all = all && strings.Contains(text, strings.ToLower(w))
		}
		if all {
			found = append(found, p)
		}
	}
	return found
}

func list(to io.Writer, found []preset.Preset) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tPROVIDER\tLANGUAGE\tZONE\tFORMAT\tCHECKED\tADDRESS")
	for _, p := range found {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", p.Name, p.Provider, p.Language, p.Zone, p.Format, p.Checked, p.URL)
	}
	return w.Flush()
}
