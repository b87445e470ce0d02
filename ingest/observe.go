package ingest

import (
	"context"
	"time"
)

// Outcomes of an arrival.
const (
	OutcomeStored    = "stored"    // a receipt: at least one part is in RAW
	OutcomeDuplicate = "duplicate" // a receipt: every part was there already
	OutcomeRejected  = "rejected"  // nothing of it could be read; kept as a dead letter, unless it was empty
	OutcomeRefused   = "refused"   // nothing was kept: too large, too fast, busy, unknown feed, broker away
)

// Arrival is what became of one document that a transport offered.
type Arrival struct {
	Feed    string // the name as it was asked for; a metric must bound how many it keeps apart
	Via     string
	Outcome string
	Bytes   int
	Parts   int // in RAW, without those that were there already
	Dead    int // dead letters
	Stories int // in the receipt
	Again   int // of these, in parts that were there already: no stage sees them again
	Took    time.Duration
}

// Observer is told of every arrival, after its fate is known. Arrived must not block.
type Observer interface {
	Arrived(Arrival)
}

// Gate says whether the line takes copy just now. A closed gate is a [intake.Busy] error that says why.
type Gate interface {
	Admit(ctx context.Context) error
}
