package main

import (
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/ingest"
)

// parsed is what parse prints for one story.
type parsed struct {
	File    string        `json:"source_file"`
	Format  string        `json:"format"`
	Item    wiredesk.Item `json:"item"`
	Repairs []string      `json:"repairs"`
}

func parse() *cobra.Command {
	var d documents
	c := &cobra.Command{
		Use: "parse FILE|DIR|-...", Short: "read documents and print each story as ninjs 3.1",
		Long: "Parse prints one JSON object per story and line: {\"source_file\",\"format\",\"item\",\"repairs\"}. It needs no broker.\nA document that cannot be read is said on stderr as FILE:LINE:COL: reason; the rest goes on, and the exit code is 1.",
		Args: cobra.MinimumNArgs(1),
	}
	d.bind(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return d.each(c, args, func(raw wiredesk.Raw, r ingest.Reading) error {
			for _, p := range r.Parts {
				for _, s := range p.Stories {
					out := parsed{raw.Name, s.Format, s.Item, append([]string{}, s.Repairs...)}
					out.Item.Standard = wiredesk.NINJS()
					if err := shell.JSON(c.OutOrStdout(), out); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	return c
}
