package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/kills"
)

// outstanding lists the notices of kills that are not confirmed.
func (o *order) outstanding(c *cobra.Command) error {
	conf, err := o.flags.Read(c.ErrOrStderr())
	if err != nil {
		return err
	}
	nc, js, err := reach(c.Context(), conf, c.ErrOrStderr())
	if err != nil {
		return err
	}
	defer nc.Close()
	all, err := kills.New(js).Outstanding(c.Context())
	if err != nil {
		return err
	}
	for _, n := range all {
		if o.asJSON {
			err = shell.JSON(c.OutOrStdout(), n)
		} else {
			_, err = fmt.Fprintf(c.OutOrStdout(), "%-20s %s  %s (provider %s, story %s)\n",
				shell.Printable(n.Sink), confirmed(n), shell.Printable(n.URI), shell.Printable(n.Provider), n.Story)
		}
		if err != nil {
			return err
		}
	}
	if len(all) == 0 && !o.asJSON {
		shell.Say(c.ErrOrStderr(), "every kill is confirmed by whoever was told\n")
	}
	return nil
}

// confirmed says since when a notice is outstanding, or when it was confirmed.
func confirmed(n kills.Notice) string {
	at := func(t time.Time) string { return t.Local().Format("2006-01-02 15:04:05") }
	switch {
	case n.Letter > 0:
		return fmt.Sprintf("outstanding since %s: dead letter %d holds the notice", at(n.Since), n.Letter)
	case n.Outstanding():
		return "outstanding since " + at(n.Since)
	}
	return "confirmed by " + at(n.Confirmed)
}
