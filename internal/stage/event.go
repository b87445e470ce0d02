package stage

import "time"

// Outcome is what became of a message, or of one try at it.
type Outcome string

// A message that is Taken ends in exactly one of Done, Dead and Released: per feed, taken is their sum plus what is in
// hand. Everything else happens on the way.
const (
	Taken    Outcome = "taken"
	Done     Outcome = "done"     // what follows is stored, the message acknowledged
	Dead     Outcome = "dead"     // the dead letter is stored, the message terminated
	Released Outcome = "released" // given back unsettled, for another process or the next start

	Retried     Outcome = "retried"     // an error, again with back-off
	Postponed   Outcome = "postponed"   // After
	Conflict    Outcome = "conflict"    // somebody else wrote, again at once
	Unavailable Outcome = "unavailable" // the broker does not answer, or does not take what follows or the dead letter; waiting
	Full        Outcome = "full"        // the store has no room; waiting
	Panicked    Outcome = "panicked"
	Abandoned   Outcome = "abandoned" // a handler ignored its deadline and runs on unheard
	Stalled     Outcome = "stalled"   // the broker fell silent and was asked again; no message
)

// Event is one outcome. Took is the handler's time, Lag the age of the message since the broker stored it. Stored says
// that this process stored something that follows, or the dead letter, or may have. A message that ends without was
// brought to its end by whoever had it before, and only the acknowledgement was lost; after a crash the broker may not
// even know that it delivered it before. Or nothing followed from it at all.
type Event struct {
	Stage, Feed string
	Outcome     Outcome
	Try         int
	Took, Lag   time.Duration
	Stored      bool
	Message     Message // none where Outcome is Stalled
}

// Observer hears of every event. It is called concurrently, in the middle of the work: it must be quick.
type Observer interface{ Observe(Event) }

func (l *loop) observe(outcome Outcome, it *item) {
	if l.o.Observe == nil {
		return
	}
	e := Event{Stage: l.o.Name, Outcome: outcome}
	if it != nil {
		e.Feed, e.Try, e.Took, e.Lag = it.feed, it.tries, it.took, time.Since(it.message.Stored)
		e.Message, e.Stored = it.message, it.stored
	}
	l.o.Observe.Observe(e)
}
