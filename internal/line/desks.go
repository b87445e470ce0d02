package line

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/publish/route"
)

// desks are the operator's routes as they stand, and what keeps newer ones from taking their place.
type desks struct {
	live *route.Live

	mu    sync.Mutex
	fault error
}

func newDesks(l *Line) *desks {
	return &desks{live: &route.Live{Failed: func(desk, story string, err error) {
		l.figures.RouteFailed(desk)
		l.Log.Warn().Err(err).Str("desk", desk).Str("story", story).Msg("a route could not be evaluated: the desk does not get the story")
	}}}
}

// take puts the desks of a checked configuration to work.
func (d *desks) take(c *config.Config) error {
	table, err := c.Routes()
	if err == nil {
		d.live.Set(table)
	}
	return err
}

// stale says why the desks at work are not those of the configuration as it is now; nil where they are.
func (d *desks) stale() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.fault
}

func (d *desks) doubt(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fault = err
}

// Reload takes the desks of a configuration that was read again, between two articles. With an error of the reading the
// old ones stay at work, and the log, a metric and /readyz say so. Whatever else has changed waits for the next start.
// It may be called while Run runs.
func (l *Line) Reload(c *config.Config, err error) {
	if err == nil {
		err = l.desks.take(c)
	}
	if err != nil {
		err = fmt.Errorf("the configuration is invalid, the desks from before stay at work: %w", first(err))
		l.desks.doubt(err)
		l.figures.ReadAgain("invalid")
		l.Log.Error().Err(err).Msg("the configuration was read again")
		return
	}
	l.desks.doubt(nil)
	l.figures.ReadAgain("applied")
	event := l.Log.Info()
	if waiting := changed(l.Config, c); len(waiting) > 0 {
		event = l.Log.Warn().Strs("for_the_next_start", waiting)
	}
	event.Int("desks", len(c.Desks)).Msg("the configuration was read again")
}

// first is the first problem of a configuration, without the line it shows.
func first(err error) error {
	var all config.Problems
	if !errors.As(err, &all) || len(all) == 0 {
		return err
	}
	return fmt.Errorf("%s: %s", all[0].Place(), all[0].Reason)
}

// changed are the settings, desks left out, that differ between two configurations.
func changed(from, to *config.Config) []string {
	values := map[string]string{}
	for _, s := range from.Effective() {
		values[s.Path] = s.Value
	}
	var out []string
	for _, s := range to.Effective() {
		if before, ok := values[s.Path]; !ok || before != s.Value {
			out = append(out, s.Path)
		}
		delete(values, s.Path)
	}
	for gone := range values {
		out = append(out, gone)
	}
	out = slices.DeleteFunc(out, func(path string) bool { return strings.HasPrefix(path, "desks") })
	slices.Sort(out)
	return out
}
