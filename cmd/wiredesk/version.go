package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
)

func version() *cobra.Command {
	asJSON := false
	c := &cobra.Command{
		Use: "version", Short: "what this program was built from", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			v := shell.Built()
			if asJSON {
				return shell.JSON(c.OutOrStdout(), v)
			}
			_, err := fmt.Fprintf(c.OutOrStdout(), "wiredesk %s %s (%s, %s, nats-server %s)\n", v.Version, v.Revision, v.Go, v.Platform, v.Broker)
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return c
}
