// Command wiredesk is a newsroom's wire line in one program: it takes copy in, works out who it credits and what it is
// about, and fans the articles out on NATS JetStream. Try: wiredesk demo.
package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	_ "time/tzdata" // zones of feeds, where the machine has none

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
)

func main() { shell.Main(run) }

// run is the whole program: its exit code is the answer. Stdout is data, stderr is talk.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := command()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	shell.Tell(stderr, "wiredesk", err)
	return shell.Code(ctx, err)
}

func command() *cobra.Command {
	root := &cobra.Command{
		Use: "wiredesk", Short: "a newsroom's wire line on NATS JetStream",
		Long: strings.TrimSpace(`
wiredesk takes newswire copy in, works out who it credits and what it is about, and fans the finished articles out to
whoever subscribes, on NATS JetStream. Begin with: wiredesk demo`),
		SilenceErrors: true, SilenceUsage: true,
		Args: noSuch, RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetFlagErrorFunc(shell.BadFlag)
	root.AddCommand(demo(), up(), watching(), send(), parse(), annotate(), explain(), routes(), tap(), trace(), kill(), hold(), lift(), dead(), outputs(), feeds(), check(), contracts(), streams(), ready(), bench(), configure(), version(), tests(), replays(), doctors(), tops(), manual(), completion())
	completing(root)
	examples(root)
	for _, c := range all(root) {
		c.Args = shell.BadArgs(c.Args)
	}
	return root
}

func all(c *cobra.Command) []*cobra.Command {
	out := []*cobra.Command{c}
	for _, sub := range c.Commands() {
		out = append(out, all(sub)...)
	}
	return out
}

func noSuch(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := fmt.Sprintf("see %s --help", c.CommandPath())
	c.SuggestionsMinimumDistance = 2
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		hint = fmt.Sprintf("did you mean %q?", strings.Join(near, `" or "`))
	}
	return shell.Misuse("no command %q, %s", args[0], hint)
}
