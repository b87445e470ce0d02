package main

import (
	"errors"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/broker"
)

// streams makes the streams of a line on a broker whose workers may not make them.
func streams() *cobra.Command {
	var flags shell.Flags
	c := &cobra.Command{
		Use: "streams", Short: "make the line's streams on a broker, or say how they differ",
		Long: "Streams makes what is missing of the line's streams and consumers, as the configuration wants them, with the rights of\n" +
			"the broker's admin. Where something stands already and differs it changes nothing, lists the differences and exits\n" +
			"with 5. With --set streams.manage=false it only looks.",
		Example: "  wiredesk streams --nats nats://admin:secret@broker.example:4222",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			conf, err := flags.Read(c.ErrOrStderr())
			if err != nil {
				return err
			}
			nc, err := shell.ConnectAs(c.Context(), "admin", conf, shell.Logger(c.ErrOrStderr(), conf.Log))
			if err != nil {
				return err
			}
			defer nc.Close()
			js, err := jetstream.New(nc)
			if err != nil {
				return err
			}
			err = broker.Ensure(c.Context(), js, conf.Settings(), conf.Streams.Manage)
			var drifts broker.Drifts
			if errors.As(err, &drifts) {
				return &shell.Exit{Code: shell.Unmet, Err: err}
			}
			if err == nil {
				shell.Say(c.OutOrStdout(), "the streams are as configured\n")
			}
			return err
		},
	}
	flags.Bind(c)
	flags.Place(c)
	return c
}
