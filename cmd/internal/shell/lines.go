package shell

import (
	"errors"
	"io/fs"

	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/line"
)

// Lines are the configured feeds, opened.
func Lines(c *config.Config) (*intake.Lines, error) {
	lines, err := line.Feeds(c).Lines()
	if err != nil {
		return nil, &Exit{Configuration, err}
	}
	return lines, nil
}

// Plainly is an error of a file without the path that is said beside it.
func Plainly(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
