package main

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// documents are the files that parse, annotate and explain read, and how to take them.
type documents struct {
	flags     shell.Flags
	format    string
	feed      string
	recursive bool
	conf      *config.Config // as each read it
	lines     *intake.Lines
	failed    bool
	stderr    io.Writer
}

func (d *documents) bind(c *cobra.Command) {
	d.flags.Bind(c)
	c.Flags().StringVar(&d.format, "format", "auto", "format of the files: auto, "+strings.Join(shell.Formats(), ", "))
	c.Flags().StringVar(&d.feed, "feed", "", "read them as this feed's copy, `NAME` in the configuration")
	c.Flags().BoolVar(&d.recursive, "recursive", false, "go down into directories")
}

// each reads the documents that the arguments name, in order; "-" is stdin. What cannot be read is said on stderr
// and the rest goes on.
func (d *documents) each(c *cobra.Command, args []string, handle func(wiredesk.Raw, ingest.Reading) error) error {
	d.stderr = c.ErrOrStderr()
	conf, err := d.flags.Read(d.stderr)
	if err != nil {
		return err
	}
	d.conf = conf
	if _, known := ingest.Find(d.format); !known && d.format != "auto" {
		return shell.Misuse("no format %q: use auto, %s", d.format, strings.Join(shell.Formats(), ", "))
	}
	if d.lines, err = shell.Lines(conf); err != nil {
		return err
	}
	for _, arg := range args {
		if err := d.argument(c, arg, handle); err != nil {
			return err
		}
		if err := c.Context().Err(); err != nil {
			return err
		}
	}
	if d.failed {
		return &shell.Exit{Code: shell.Failed}
	}
	return nil
}

func (d *documents) argument(c *cobra.Command, arg string, handle func(wiredesk.Raw, ingest.Reading) error) error {
	if arg == "-" {
		return d.document("-", c.InOrStdin(), time.Now(), handle)
	}
	return filepath.WalkDir(arg, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			d.say(path, 1, 1, shell.Plainly(err))
			return nil
		case c.Context().Err() != nil:
			return c.Context().Err()
		case e.IsDir() && path != arg && (!d.recursive || strings.HasPrefix(e.Name(), ".")):
			return fs.SkipDir
		case e.IsDir(), path != arg && (strings.HasPrefix(e.Name(), ".") || !e.Type().IsRegular()):
			return nil
		}
		return d.file(path, handle)
	})
}

func (d *documents) file(path string, handle func(wiredesk.Raw, ingest.Reading) error) error {
	f, err := os.Open(path)
	if err != nil {
		d.say(path, 1, 1, shell.Plainly(err))
		return nil
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		d.say(path, 1, 1, "not a file")
		return nil
	}
	return d.document(path, f, info.ModTime(), handle)
}

// document reads one file. What its times leave out is completed from when it was last changed.
func (d *documents) document(name string, from io.Reader, at time.Time, handle func(wiredesk.Raw, ingest.Reading) error) error {
	content, err := io.ReadAll(io.LimitReader(from, stream.MaxDocument+1))
	if err != nil {
		d.say(name, 1, 1, shell.Plainly(err))
		return nil
	}
	raw := d.raw(name, content, at)
	reading, err := ingest.Read(raw)
	for _, f := range wiredesk.Faults(err) {
		d.say(name, f.Line, f.Column, f.Reason)
	}
	for _, p := range reading.Parts {
		for _, f := range wiredesk.Faults(p.Err) {
			f = f.From(p.Raw.Line, p.Raw.Column)
			d.say(name, f.Line, f.Column, f.Reason)
		}
	}
	return handle(raw, reading)
}

func (d *documents) raw(name string, content []byte, at time.Time) wiredesk.Raw {
	feed := d.feed
	if feed == "" {
		feed = "files"
	}
	raw := wiredesk.Raw{
		Feed: feed, Provider: feed, Via: "file", Name: name, Format: d.format, Received: at.UTC().Round(0),
		Bytes: content, House: d.lines.House(feed),
	}
	if known, err := d.lines.Find(feed); err == nil {
		raw.Provider = known.Provider
		if raw.Format == "auto" {
			raw.Format = known.Format
		}
	}
	return raw
}

func (d *documents) say(name string, line, column int, reason string) {
	d.failed = true
	shell.Say(d.stderr, "%s:%d:%d: %s\n", shell.Printable(name), line, column, shell.Printable(reason))
}
