package broker

import (
	"fmt"
	"sync/atomic"

	"github.com/rs/zerolog"
)

// journal takes the server's log lines, and remembers the last fatal one: the server tells why it could not start
// nowhere else.
type journal struct {
	log   zerolog.Logger
	fatal atomic.Pointer[string]
}

func (j *journal) Noticef(format string, v ...any) { j.log.Info().Msgf(format, v...) }
func (j *journal) Warnf(format string, v ...any)   { j.log.Warn().Msgf(format, v...) }
func (j *journal) Errorf(format string, v ...any)  { j.log.Error().Msgf(format, v...) }
func (j *journal) Debugf(format string, v ...any)  { j.log.Debug().Msgf(format, v...) }
func (j *journal) Tracef(format string, v ...any)  { j.log.Trace().Msgf(format, v...) }

func (j *journal) Fatalf(format string, v ...any) {
	text := fmt.Sprintf(format, v...)
	j.fatal.Store(&text)
}

func (j *journal) reason() string {
	if text := j.fatal.Load(); text != nil {
		return *text
	}
	return "it did not become ready in time"
}
