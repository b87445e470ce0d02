package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os/user"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/edict"
)

// order is a command by which the operator says the last word on a story.
type order struct {
	flags  shell.Flags
	edict  edict.Edict
	asJSON bool
}

func kill() *cobra.Command {
	o := &order{edict: edict.Edict{Act: edict.Kill}}
	list := false
	c := o.command("kill URI|STORY --reason TEXT | --outstanding",
		"kill a story for good, and tell everyone who had it",
		"Kill takes a story back from everyone who got any version of it, and tells them why. It is final: no version that its\n"+
			"sender sends brings the story back. A story is named by its URI or by the last token of its subjects.\n"+
			"With --outstanding it kills nothing, and lists who has not confirmed which kill, the oldest first.")
	c.Flags().BoolVar(&list, "outstanding", false, "list the kills that are not confirmed, and kill nothing")
	act := c.RunE
	c.Args = cobra.MaximumNArgs(1)
	c.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case list && len(args) == 0:
			return o.outstanding(c)
		case list || len(args) == 0:
			return shell.Misuse("name one story to kill, or say --outstanding alone")
		}
		return act(c, args)
	}
	return c
}

func hold() *cobra.Command {
	return (&order{edict: edict.Edict{Act: edict.Hold}}).command("hold URI|STORY",
		"keep every version of a story back until it is lifted",
		"Hold takes a story back from everyone who has it, and keeps what its sender sends of it, until wiredesk lift or\nwiredesk kill.")
}

func lift() *cobra.Command {
	return (&order{edict: edict.Edict{Act: edict.Lift}}).command("lift URI|STORY",
		"let a story go that wiredesk hold holds",
		"Lift ends the operator's own hold. The newest version gets the meaning that its sender gave it: it goes out, unless it\nis withheld or under embargo.")
}

func (o *order) command(use, short, long string) *cobra.Command {
	c := &cobra.Command{
		Use: use, Short: short, Long: long, Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.edict.URI, o.edict.By = args[0], cmp.Or(o.edict.By, operator())
			return o.run(c)
		},
	}
	o.flags.Bind(c)
	o.flags.Place(c)
	c.Flags().StringVar(&o.edict.Reason, "reason", "", "why, in words for everyone who had the story")
	c.Flags().StringVar(&o.edict.By, "by", "", "`NAME` of who says so, the user of this machine unless set; kept with the story, told to no subscriber")
	c.Flags().StringVar(&o.edict.Provider, "provider", "", "the agency, where several use the same URI")
	c.Flags().BoolVar(&o.asJSON, "json", false, "the receipt as one JSON object")
	return c
}

// operator is who runs this program; nobody where the system does not know.
func operator() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}

func (o *order) run(c *cobra.Command) error {
	if err := o.edict.Check(); err != nil {
		return &shell.Exit{Code: shell.Usage, Err: err}
	}
	conf, err := o.flags.Read(c.ErrOrStderr())
	if err != nil {
		return err
	}
	nc, js, err := reach(c.Context(), conf, c.ErrOrStderr())
	if err != nil {
		return err
	}
	defer nc.Close()
	receipt, err := edict.Issue(c.Context(), js, o.edict)
	if errors.Is(err, edict.ErrUnknown) || errors.Is(err, edict.ErrAmbiguous) || errors.Is(err, edict.ErrDone) {
		return &shell.Exit{Code: shell.Failed, Err: err}
	}
	if err != nil {
		return err
	}
	return o.print(c.OutOrStdout(), receipt)
}

func (o *order) print(out io.Writer, r wiredesk.Receipt) error {
	if o.asJSON {
		return shell.JSON(out, r)
	}
	s := r.Stories[0]
	_, err := fmt.Fprintf(out, "%s  %s %s\n    who has it, and who has confirmed: %s\n", r.Receipt, o.edict.Act, shell.Printable(s.URI), s.Trace)
	return err
}
