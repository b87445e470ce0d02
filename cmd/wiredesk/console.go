package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/internal/web"
	"github.com/wiredesk/wiredesk/publish/route"
)

func watching() *cobra.Command {
	var flags shell.Flags
	c := &cobra.Command{
		Use: "console", Short: "serve the console of a line that runs elsewhere",
		Long: "Console serves the pages that wiredesk up has at /console/: the wire as it comes, each story's fate, feeds, dead letters,\n" +
			"holds and routes, of the line whose broker --nats names, or that runs on the data directory. It reads as the operator\n" +
			"does. On this machine it is open; any other address needs http.token_file. Who may act, try again, drop, hold or kill,\n" +
			"is console.act_token_file's to say; without it, whoever uses it on this machine.\n\n" +
			"Once it answers it prints one JSON line: {\"ready\":true,\"http\":…,\"nats\":…}.",
		Example: "  wiredesk console --nats nats://broker.example:4222 --http 127.0.0.1:8090",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			conf, err := flags.Read(c.ErrOrStderr())
			if err != nil {
				return err
			}
			if conf.Origin("http.listen") == "default" && taken(conf.HTTP.Listen) {
				conf.HTTP.Listen = "127.0.0.1:0"
			}
			return watch(c, conf)
		},
	}
	flags.Bind(c)
	flags.Place(c)
	flags.Listen(c)
	return c
}

// watch serves the console until it is told to stop.
func watch(c *cobra.Command, conf *config.Config) error {
	log := shell.Logger(c.ErrOrStderr(), conf.Log)
	nc, err := shell.Connect(c.Context(), conf, log)
	if err != nil {
		return err
	}
	defer nc.Close()
	table, err := conf.Routes()
	if err != nil {
		return err
	}
	lists, end := context.WithCancel(c.Context())
	defer end()
	pages, err := line.NewConsole(lists, nc, conf, line.Insight{Routes: func() *route.Table { return table }}, shell.Built().Software(), log)
	if err != nil {
		return err
	}
	o := web.Options{
		Listen: conf.HTTP.Listen, Hosts: conf.HTTP.Names(), Token: conf.HTTP.Token.Reveal(), Mount: map[string]http.Handler{}, Log: log,
		Ready: func(context.Context) web.Readiness {
			var r web.Readiness
			r.Add("broker", reachable(nc))
			return r
		},
	}
	line.MountConsole(o.Mount, pages)
	s, err := web.Listen(c.Context(), o)
	if err != nil {
		return err
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve() }()
	if err := shell.JSON(c.OutOrStdout(), shell.Ready{Ready: true, HTTP: s.URL(), NATS: nc.ConnectedUrlRedacted()}); err != nil {
		return err
	}
	select {
	case err := <-served:
		return err
	case <-c.Context().Done():
	}
	end()
	stopping, cancel := context.WithTimeout(context.WithoutCancel(c.Context()), time.Duration(conf.Limits.Drain))
	defer cancel()
	return errors.Join(s.Drain(stopping), <-served)
}

func reachable(nc *nats.Conn) error {
	if nc.IsConnected() {
		return nil
	}
	return fmt.Errorf("the connection is %s", nc.Status())
}
