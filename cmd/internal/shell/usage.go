package shell

import (
	"errors"

	"github.com/spf13/cobra"
)

// BadFlag makes a wrong flag an error of usage.
func BadFlag(c *cobra.Command, err error) error {
	return Misuse("%w; see %s --help", err, c.CommandPath())
}

// BadArgs makes wrong arguments an error of usage.
func BadArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if check == nil {
			return nil
		}
		err := check(c, args)
		var exit *Exit
		if err == nil || errors.As(err, &exit) {
			return err
		}
		return Misuse("%s: %w; see %s --help", c.Name(), err, c.CommandPath())
	}
}
