package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/doctor"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/publish"
)

// examiner is the doctor's errand.
type examiner struct {
	flags       shell.Flags
	role        string
	feeds, json bool
	all         bool
}

func doctors() *cobra.Command {
	e := &examiner{}
	c := &cobra.Command{
		Use: "doctor", Short: "examine a line: what is wrong, why it matters, what to do",
		Long: "Doctor looks at the configuration, disk and sync time, clock, the broker's version and limits, streams and consumers,\n" +
			"rights, outputs, dead letters and kills, and with --feeds asks the polled feeds. It changes nothing. The exit code is 0\n" +
			"where all is well or only worth a look, 1 where something is wrong, 3 where the configuration is invalid, 4 where the\n" +
			"broker is not reachable.",
		Example: "  wiredesk doctor\n  wiredesk doctor --json --feeds",
		Args:    cobra.NoArgs, RunE: e.run,
	}
	e.flags.Bind(c)
	e.flags.Place(c)
	c.Flags().StringVar(&e.role, "role", shell.Operator, "whose rights on the broker are tried: ingest, enrich, publish or operator")
	c.Flags().BoolVar(&e.feeds, "feeds", false, "ask every polled feed for its document")
	c.Flags().BoolVar(&e.all, "all", false, "show what is well, too")
	c.Flags().BoolVar(&e.json, "json", false, "one JSON object a finding, those that are well too")
	return c
}

func (e *examiner) run(c *cobra.Command, _ []string) error {
	o := doctor.Options{Role: e.role, Now: time.Now, Outputs: standing}
	switch e.role {
	case "ingest", "enrich", "publish", shell.Operator:
	default:
		return shell.Misuse("no role %q: ingest, enrich, publish or operator", e.role)
	}
	conf, warnings, err := e.flags.Load()
	var problems config.Problems
	if errors.As(err, &problems) {
		return errors.Join(e.invalid(c.OutOrStdout(), problems), &shell.Exit{Code: shell.Configuration})
	}
	o.Config, o.Warnings, o.HTTP = conf, warnings, shell.Web(conf)
	if e.feeds {
		o.Reach = line.Reach
	}
	// Its own denied tries are findings, no news for the log.
	if o.NC, o.Away = shell.ConnectAs(c.Context(), e.role, conf, zerolog.New(io.Discard)); o.NC != nil {
		defer o.NC.Close()
	}
	ctx, cancel := context.WithTimeout(c.Context(), 5*time.Minute)
	defer cancel()
	return e.tell(c.OutOrStdout(), doctor.Examine(ctx, o), o.NC != nil)
}

// standing is how the outputs stand, for the doctor.
func standing(ctx context.Context, js jetstream.JetStream) ([]doctor.Output, error) {
	states, err := publish.States(ctx, js)
	var all []doctor.Output
	for _, s := range states {
		all = append(all, doctor.Output{Name: s.Name, Disabled: s.Disabled, Reason: s.Reason, Waiting: s.Pending + uint64(s.InHand), Took: s.Took})
	}
	return all, err
}

// invalid tells the problems of a configuration as findings.
func (e *examiner) invalid(out io.Writer, problems config.Problems) error {
	var all []doctor.Finding
	for _, p := range problems {
		all = append(all, doctor.Finding{
			Check: "configuration", Severity: doctor.Fail, What: p.String(), Why: "the line does not start with it", Remedy: "correct it at the place that is named: wiredesk check FILE",
		})
	}
	return e.print(out, all)
}

func (e *examiner) tell(out io.Writer, all []doctor.Finding, reached bool) error {
	if err := e.print(out, all); err != nil {
		return err
	}
	wrong := 0
	for _, f := range all {
		if f.Severity == doctor.Fail {
			wrong++
		}
	}
	switch {
	case !reached:
		return &shell.Exit{Code: shell.Unreachable, Err: errors.New("the broker is not reachable: the rest was examined")}
	case wrong > 0:
		return &shell.Exit{Code: shell.Failed, Err: fmt.Errorf("%d things are wrong", wrong)}
	}
	return nil
}

func (e *examiner) print(out io.Writer, all []doctor.Finding) error {
	w := &page{to: out}
	worth := 0
	for _, f := range all {
		if e.json {
			if err := shell.JSON(out, f); err != nil {
				return err
			}
			continue
		}
		if f.Severity == doctor.OK {
			if e.all {
				w.say("ok    %s: %s\n", f.Check, f.What)
			}
			continue
		}
		worth++
		w.say("%-4s  %s: %s\n      why:    %s\n      remedy: %s\n", f.Severity, f.Check, f.What, f.Why, f.Remedy)
	}
	if !e.json && worth == 0 {
		w.say("all is well: %d findings, see them with --all\n", len(all))
	}
	return w.err
}
