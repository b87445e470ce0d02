package main

import (
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/line"
)

func up() *cobra.Command {
	return shell.Serving("up", "run the whole line in this process",
		"Up runs ingest, enrich and publish in one process, on an embedded broker unless --nats names another. Once it\ntakes copy it prints one JSON line: {\"ready\":true,\"http\":…,\"nats\":…,\"data\":…}.",
		line.Everything())
}
