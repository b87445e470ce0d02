package shell

import (
	"context"
	"io"

	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

// Worker is the whole program of a worker binary: one role of the line against a broker elsewhere.
func Worker(ctx context.Context, role line.Role, does string, args []string, stdout, stderr io.Writer) int {
	name := "wiredesk-" + string(role)
	c := Serving(name+" -c FILE", "the "+string(role)+" part of a wiredesk line", "This process "+does+".\nIt needs a broker: set nats.url, or --nats.", []line.Role{role})
	c.SilenceErrors, c.SilenceUsage = true, true
	c.Version = Built().Version
	c.SetFlagErrorFunc(BadFlag)
	c.Args = BadArgs(c.Args)
	c.SetArgs(args)
	c.SetOut(stdout)
	c.SetErr(stderr)
	err := c.ExecuteContext(ctx)
	Tell(stderr, name, err)
	return Code(ctx, err)
}

// suits fits the configuration to a worker. Alone on an embedded broker it would work for nobody, so it needs one
// elsewhere; and as only ingest has an address that others must know, the other roles answer for their health at a free
// port unless told otherwise, so that several fit on one machine.
func suits(c *config.Config, role line.Role) error {
	if c.NATS.URL == "" {
		return config.Problems{{File: "configuration", Reason: "nats.url is not set: a worker shares a broker with the others; set it, WIREDESK_NATS_URL, or --nats"}}
	}
	if role != line.Ingest && c.Origin("http.listen") == "default" {
		c.HTTP.Listen = "127.0.0.1:0"
	}
	return nil
}
