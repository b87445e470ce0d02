package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

// completion prints what a shell needs to complete command lines of this program.
func completion() *cobra.Command {
	return &cobra.Command{
		Use: "completion bash|zsh|fish", Short: "print what a shell needs to complete commands, flags, feeds and formats",
		Long: "Completion prints a script for a shell. For bash, in a file that it reads at its start: source <(wiredesk completion bash).\n" +
			"For zsh, in a folder of its fpath: wiredesk completion zsh > _wiredesk. For fish: wiredesk completion fish | source",
		Example:   "  wiredesk completion bash\n  wiredesk completion zsh\n  wiredesk completion fish",
		ValidArgs: []string{"bash", "zsh", "fish"}, Args: cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		RunE: func(c *cobra.Command, args []string) error {
			switch args[0] {
			case "zsh":
				return c.Root().GenZshCompletion(c.OutOrStdout())
			case "fish":
				return c.Root().GenFishCompletion(c.OutOrStdout(), true)
			}
			return c.Root().GenBashCompletionV2(c.OutOrStdout(), true)
		},
	}
}

// completing adds what can be completed beyond names of commands and flags: feeds and outputs of the configuration,
// formats, and words that a flag knows.
func completing(root *cobra.Command) {
	words := map[string][]string{
		"format": append([]string{"auto"}, shell.Formats()...), "role": {"ingest", "enrich", "publish", shell.Operator}, "log-level": {"debug", "info", "warn", "error"},
	}
	for _, c := range all(root) {
		for flag, list := range words {
			if c.Flags().Lookup(flag) != nil {
				_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(list, cobra.ShellCompDirectiveNoFileComp))
			}
		}
		if c.Flags().Lookup("feed") != nil {
			_ = c.RegisterFlagCompletionFunc("feed", configured(func(conf *config.Config) (names []string) {
				for _, f := range conf.Feeds {
					names = append(names, f.Name)
				}
				return names
			}))
		}
		if p := c.Parent(); p != nil && p.Name() == "outputs" && c.Name() != "ls" {
			c.ValidArgsFunction = configured(func(conf *config.Config) (names []string) {
				for _, o := range conf.Outputs {
					names = append(names, o.Name)
				}
				return names
			})
		}
	}
}

// configured completes names of the configuration that the command line asks for. A configuration with mistakes completes
// nothing: its checker has a command of its own.
func configured(names func(*config.Config) []string) cobra.CompletionFunc {
	return func(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		file, err := c.Flags().GetString("config")
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		conf, _, err := config.Read(config.Source{File: file, Env: os.Environ(), Formats: shell.Formats(), Outputs: line.OutputKinds()})
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return names(conf), cobra.ShellCompDirectiveNoFileComp
	}
}
