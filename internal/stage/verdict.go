package stage

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Reject says that the message is never going to work: it becomes a dead letter at once.
func Reject(err error) error { return &rejected{err} }

// After asks for the message again in d, without using up a try. Once a message has been put off for longer than
// Options.Patience, each further After uses up a try like any other error.
func After(d time.Duration, err error) error { return &postponed{d, err} }

// Away says that the broker did not answer what the handler asked it. An outage must not make dead letters of good
// copy: the message is handled again after a short wait, without using up a try, up to Options.Patience.
func Away(err error) error { return &away{err} }

// IsAway says whether an error is, or wraps, that of [Away].
func IsAway(err error) bool {
	var gone *away
	return errors.As(err, &gone)
}

type away struct{ error }

func (a *away) Unwrap() error { return a.error }

type rejected struct{ error }

func (r *rejected) Unwrap() error { return r.error }

type postponed struct {
	after time.Duration
	error
}

func (p *postponed) Unwrap() error { return p.error }

// panicked is a handler's panic. Its text is short; the stack is for the log.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %.300v", p.value) }

var (
	errAbandoned = errors.New("the handler did not return by its deadline and was left behind")
	errMenace    = fmt.Errorf("delivered more than %d times and never settled: it may be what ends the process", maxDeliveries)
)

// Backoff is how long to wait after a try, counted from 1: full jitter over an exponential that starts at first and
// never exceeds most. Chance, from 0 up to but not 1, picks the place in it.
func Backoff(try int, first, most time.Duration, chance float64) time.Duration {
	ceiling := float64(first) * math.Pow(2, float64(max(try, 1)-1))
	return time.Duration(min(ceiling, float64(most)) * chance)
}
