package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/publish/contract"
)

func contracts() *cobra.Command {
	return &cobra.Command{
		Use: "contract NAME", Short: "print what programs are promised: a JSON Schema, openapi or asyncapi",
		Long:      "Contract prints one of the documents that a line serves under /v1/: " + strings.Join(contract.Names(), ", ") + ".",
		ValidArgs: contract.Names(), Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			doc, ok := contract.Document(args[0])
			if !ok {
				return shell.Misuse("no contract %q; there are %s", args[0], strings.Join(contract.Names(), ", "))
			}
			_, err := c.OutOrStdout().Write(doc)
			return err
		},
	}
}
