package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

func check() *cobra.Command {
	var asJSON, strict bool
	c := &cobra.Command{
		Use: "check CONFIG", Short: "check a configuration: every mistake in one pass, each with its place",
		Long: "Check reads a configuration as up and the workers would, environment included, and connects to nothing.\nExit code 3 when it is invalid.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			_, warnings, err := config.Read(config.Source{File: args[0], Env: os.Environ(), Formats: shell.Formats(), Outputs: line.OutputKinds()})
			if asJSON {
				return checkJSON(c.OutOrStdout(), args[0], warnings, err, strict)
			}
			for _, w := range warnings {
				shell.Say(c.ErrOrStderr(), "warning: %s\n", w)
			}
			if err == nil && strict && len(warnings) > 0 {
				return &shell.Exit{Code: shell.Configuration, Err: fmt.Errorf("%d warnings, and --strict makes them errors", len(warnings))}
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s: well\n", args[0])
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object with the problems and warnings")
	c.Flags().BoolVar(&strict, "strict", false, "warnings are errors")
	return c
}

func checkJSON(stdout io.Writer, file string, warnings []config.Problem, err error, strict bool) error {
	out := struct {
		File     string           `json:"file"`
		OK       bool             `json:"ok"`
		Problems []config.Problem `json:"problems"`
		Warnings []config.Problem `json:"warnings"`
	}{File: file, Problems: []config.Problem{}, Warnings: append([]config.Problem{}, warnings...)}
	var problems config.Problems
	if errors.As(err, &problems) {
		out.Problems = problems
	}
	out.OK = err == nil && (!strict || len(warnings) == 0)
	if err := shell.JSON(stdout, out); err != nil || out.OK {
		return err
	}
	return &shell.Exit{Code: shell.Configuration}
}
