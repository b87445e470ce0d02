package line

import (
	"time"

	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/metrics"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// arrivals counts what came in. What is decided on the spot, a rejection or a repetition, has its fate at once; the
// rest gets it from the stages.
type arrivals struct{ figures *metrics.Figures }

// Arrived implements ingest.Observer.
func (a arrivals) Arrived(x ingest.Arrival) {
	f := a.figures
	f.Receipt(x.Feed, x.Outcome)
	f.In(x.Feed, x.Stories+x.Dead)
	f.Out(x.Feed, enrich.FateRejected, x.Dead)
	f.Dead("ingest", x.Feed, x.Dead)
	f.Out(x.Feed, enrich.FateDuplicate, x.Again)
}

// counted counts what every stage does.
type counted struct{ figures *metrics.Figures }

// Observe implements stage.Observer.
func (c counted) Observe(e stage.Event) {
	switch e.Outcome {
	case stage.Taken:
	case stage.Done, stage.Dead, stage.Released:
		c.figures.Handled(e.Stage, string(e.Outcome), e.Lag-e.Took, e.Took)
		if e.Outcome == stage.Dead {
			c.figures.Dead(e.Stage, e.Feed, 1)
		}
	default:
		c.figures.Retry(e.Stage, string(e.Outcome))
	}
}

// decided counts the fates that enrich decides. What is on its way to subscribers is counted where it arrives.
type decided struct {
	figures *metrics.Figures
	desk    *enrich.Desk
}

// Observe implements stage.Observer.
func (d decided) Observe(e stage.Event) {
	counted{d.figures}.Observe(e)
	switch e.Outcome {
	case stage.Done:
		for _, x := range d.desk.Settled(e.Message.Sequence) {
			if x.Fate != enrich.FatePublished {
				d.figures.Out(x.Feed, x.Fate, 1)
			}
		}
	case stage.Dead:
		d.desk.Settled(e.Message.Sequence)
		if e.Stored && e.Message.Header.Get(stream.HCopy) == "" { // what is read anew was counted when it came in
			d.figures.Out(e.Feed, enrich.FateDead, 1)
		}
	}
}

// published counts what went out, or could not.
type published struct{ figures *metrics.Figures }

// Observe implements stage.Observer.
func (p published) Observe(e stage.Event) {
	counted(p).Observe(e)
	h := e.Message.Header
	received, err := time.Parse(time.RFC3339Nano, h.Get(stream.HReceived))
	if err != nil || h.Get(stream.HFate) != enrich.FatePublished || !e.Stored {
		return // the end of an embargo, which had its fate when it was held; not for subscribers; or counted before
	}
	switch e.Outcome {
	case stage.Done:
		p.figures.Out(e.Feed, enrich.FatePublished, 1)
		p.figures.Published(e.Feed, time.Since(received))
	case stage.Dead:
		p.figures.Out(e.Feed, enrich.FateDead, 1)
	}
}
