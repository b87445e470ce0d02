package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/line"
)

func annotate() *cobra.Command {
	var d documents
	c := &cobra.Command{
		Use: "annotate FILE|DIR|-...", Short: "read documents and print each story as a finished article",
		Long: "Annotate prints one article per story and line, as subscribers get it, with its source_file. It needs no broker.\nA document that cannot be read is said on stderr as FILE:LINE:COL: reason; the rest goes on, and the exit code is 1.",
		Args: cobra.MinimumNArgs(1),
	}
	d.bind(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		desk, err := line.NewReadingDesk(shell.Built().Software())
		if err != nil {
			return err
		}
		return d.each(c, args, func(raw wiredesk.Raw, r ingest.Reading) error {
			return desk.Articles(c.Context(), r, func(body []byte) error { return withFile(c.OutOrStdout(), raw.Name, body) })
		})
	}
	return c
}

// withFile writes an article as one line, with the file it was read from before everything else.
func withFile(to io.Writer, name string, body []byte) error {
	file, err := json.Marshal(name)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(to, "{\"source_file\":%s,%s\n", file, body[1:])
	return err
}
