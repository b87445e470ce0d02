package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
)

func manual() *cobra.Command {
	return &cobra.Command{
		Use: "man DIR", Short: "write the manual pages, one for each command",
		Long: "Man writes wiredesk.1, wiredesk-up.1 and so on into a directory, which it makes if need be. Read one with:\nman -l DIR/wiredesk.1",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			pages := 0
			for _, sub := range all(c.Root()) {
				if sub.Hidden || sub.Name() == "help" {
					continue
				}
				if err := manPage(filepath.Join(args[0], manName(sub)+".1"), sub); err != nil {
					return err
				}
				pages++
			}
			shell.Say(c.ErrOrStderr(), "%d pages in %s\n", pages, args[0])
			return nil
		},
	}
}

func manName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

func manPage(file string, c *cobra.Command) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := writeMan(f, c); err != nil {
		_ = f.Close()
		return fmt.Errorf("%s: %w", file, err)
	}
	return f.Close()
}

// writeMan writes a command's help in the macros of man(7).
func writeMan(to io.Writer, c *cobra.Command) error {
	var b strings.Builder
	section := func(title string) { fmt.Fprintf(&b, ".SH %s\n", title) }
	fmt.Fprintf(&b, ".TH %q 1 \"\" %q \"wiredesk\"\n", strings.ToUpper(manName(c)), shell.Built().Software())
	section("NAME")
	fmt.Fprintf(&b, "%s \\- %s\n", roff(manName(c)), roff(c.Short))
	section("SYNOPSIS")
	fmt.Fprintf(&b, ".B %s\n", roff(c.UseLine()))
	section("DESCRIPTION")
	literal(&b, c.Long)
	if c.LocalFlags().HasAvailableFlags() {
		section("OPTIONS")
		c.LocalFlags().VisitAll(func(f *pflag.Flag) { option(&b, f) })
	}
	if c.Example != "" {
		section("EXAMPLES")
		literal(&b, c.Example)
	}
	if !c.HasParent() {
		section("EXIT STATUS")
		literal(&b, exitCodes)
	}
	related(&b, c)
	_, err := io.WriteString(to, b.String())
	return err
}

const exitCodes = "0    done\n1    failed\n2    wrong usage\n3    the configuration is invalid\n4    a dependency is unreachable, the broker above all\n5    a check or an expectation failed\n6    another process works on the data directory\n130  interrupted"

func option(b *strings.Builder, f *pflag.Flag) {
	name, text := pflag.UnquoteUsage(f)
	flag := "--" + f.Name
	if f.Shorthand != "" {
		flag = "-" + f.Shorthand + ", " + flag
	}
	fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(strings.TrimSpace(flag+" "+name)), roff(text))
}

// related names the pages above and below.
func related(b *strings.Builder, c *cobra.Command) {
	var pages []string
	if c.HasParent() {
		pages = append(pages, manName(c.Parent()))
	}
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			pages = append(pages, manName(sub))
		}
	}
	if len(pages) > 0 {
		fmt.Fprintf(b, ".SH SEE ALSO\n%s\n", roff(strings.Join(pages, "(1), ")+"(1)"))
	}
}

// literal keeps the lines of a text as they are.
func literal(b *strings.Builder, text string) {
	b.WriteString(".nf\n")
	for line := range strings.Lines(text) {
		b.WriteString(roff(strings.TrimRight(line, "\n")) + "\n")
	}
	b.WriteString(".fi\n")
}

// roff escapes what the formatter would take for its own.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "…", `\[u2026]`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}
