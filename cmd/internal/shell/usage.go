package shell

import (
	"errors"
	"strings"

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
		if len(args) > 0 && check(c, nil) == nil && check(c, []string{"x"}) != nil {
			return Misuse("%s takes no %q, only flags; see %s --help", c.CommandPath(), args[0], c.CommandPath())
		}
		return Misuse("write it like: %s; see %s --help", strings.TrimSuffix(c.UseLine(), " [flags]"), c.CommandPath())
	}
}
