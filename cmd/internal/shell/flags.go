package shell

import (
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

// Flags are the flags of every command that reads the configuration.
type Flags struct {
	File  string
	Set   []string
	paths []override
}

type override struct {
	flag, path string
	value      *string
}

// Bind adds the flags that every command takes.
func (f *Flags) Bind(c *cobra.Command) {
	c.Flags().StringVarP(&f.File, "config", "c", os.Getenv("WIREDESK_CONFIG"), "configuration `FILE` (WIREDESK_CONFIG)")
	c.Flags().StringArrayVar(&f.Set, "set", nil, "set one value: a.b=`VALUE`")
	f.override(c, "log-level", "log.level", "trace, debug, info, warn or error")
}

// Place adds the flags that say where the line lives.
func (f *Flags) Place(c *cobra.Command) {
	f.override(c, "data", "data", "`DIR` of the embedded broker")
	f.override(c, "nats", "nats.url", "`URL` of a broker to use instead of the embedded one")
}

// Serve adds the flags of a command that listens.
func (f *Flags) Serve(c *cobra.Command) {
	f.Place(c)
	f.Listen(c)
	f.override(c, "nats-listen", "nats.listen", "`ADDR` the embedded broker listens on")
}

// Listen adds the flag that says where to answer HTTP.
func (f *Flags) Listen(c *cobra.Command) {
	f.override(c, "http", "http.listen", "`ADDR` to listen on; port 0 picks a free one")
}

func (f *Flags) override(c *cobra.Command, flag, path, help string) {
	f.paths = append(f.paths, override{flag, path, c.Flags().String(flag, "", help)})
}

// Read reads the configuration, all layers, and says its warnings on stderr. The error is config.Problems.
func (f *Flags) Read(stderr io.Writer) (*config.Config, error) {
	c, warnings, err := f.Load()
	for _, w := range warnings {
		Say(stderr, "warning: %s\n", w)
	}
	return c, err
}

// Load is Read for a command that tells the warnings itself.
func (f *Flags) Load() (*config.Config, []config.Problem, error) {
	set := f.Set
	for _, o := range f.paths {
		if *o.value != "" {
			set = append(set, o.path+"="+*o.value)
		}
	}
	c, warnings, err := config.Read(config.Source{File: f.File, Env: os.Environ(), Set: set, Formats: Formats(), Outputs: line.OutputKinds()})
	return c, warnings, f.asTyped(err)
}

// asTyped names in each problem the flag that was used for a setting.
func (f *Flags) asTyped(err error) error {
	var problems config.Problems
	if !errors.As(err, &problems) {
		return err
	}
	for i, p := range problems {
		for _, o := range f.paths {
			if *o.value != "" && p.File == "--set "+o.path {
				problems[i].File = "--" + o.flag
			}
		}
	}
	return problems
}

// Formats are the names that a format may be asked for by, in the order of the table.
func Formats() []string {
	var names []string
	for _, f := range ingest.Formats() {
		names = append(names, f.Name)
	}
	return names
}
