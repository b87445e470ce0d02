package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
)

// ready asks the line, or the worker, of this machine whether it takes copy and moves it on: the probe of an image
// that has no shell.
func ready() *cobra.Command {
	var flags shell.Flags
	var live bool
	c := &cobra.Command{
		Use: "ready", Short: "ask the line of this machine whether it takes copy and moves it on",
		Long: "Ready asks /readyz of the line, or the worker, of this machine and prints the answer. It exits with 0 when all is well,\n" +
			"with 5 when the answer is no, and with 4 when nobody answers: the health check of a container.",
		Example: "  wiredesk ready --http 127.0.0.1:8080",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			conf, err := flags.Read(c.ErrOrStderr())
			if err != nil {
				return err
			}
			path := "/readyz"
			if live {
				path = "/livez"
			}
			return probe(c.Context(), conf, path, c.OutOrStdout())
		},
	}
	flags.Bind(c)
	flags.Serve(c)
	c.Flags().BoolVar(&live, "live", false, "ask only whether the process answers")
	return c
}

func probe(ctx context.Context, conf *config.Config, path string, out io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, here(shell.Web(conf))+path, http.NoBody)
	if err != nil {
		return fmt.Errorf("http.listen: %w", err)
	}
	if token := conf.HTTP.Token.Reveal(); token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := (&http.Client{Transport: &http.Transport{}}).Do(r)
	if err != nil {
		return &shell.Exit{Code: shell.Unreachable, Err: fmt.Errorf("nobody answers: %w; start it with wiredesk up, or name its address with --http", err)}
	}
	defer answer.Body.Close()
	if _, err := io.Copy(out, io.LimitReader(answer.Body, 1<<16)); err != nil {
		return &shell.Exit{Code: shell.Unreachable, Err: err}
	}
	if answer.StatusCode != http.StatusOK {
		return &shell.Exit{Code: shell.Unmet, Err: fmt.Errorf("not ready: %s", answer.Status)}
	}
	return nil
}

// here is how this machine reaches an address that listens on all of its networks.
func here(address string) string {
	host, port, err := net.SplitHostPort(strings.TrimPrefix(address, "http://"))
	if err == nil && (host == "" || net.ParseIP(host).IsUnspecified()) {
		return "http://" + net.JoinHostPort("127.0.0.1", port)
	}
	return address
}
