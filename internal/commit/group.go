package commit

import (
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nuid"
)

// Headers of an atomic batch.
const (
	batchID       = "Nats-Batch-Id"
	batchSequence = "Nats-Batch-Sequence"
	batchCommit   = "Nats-Batch-Commit"
)

const (
	maxBatch  = 1000 // messages, the broker's own limit
	batchFrom = 12   // messages; fewer are quicker one by one, a batch costs several syncs by itself
	batchRoom = 160  // bytes that the headers of a batch add to a message, at most
)

// group is the units that wait for one stream. While one commit is on its way the next gathers; nobody waits for
// company.
type group struct {
	committer *Committer

	mu      sync.Mutex
	waiting []*unit
	busy    bool
}

func (g *group) add(u *unit) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting = append(g.waiting, u)
	if !g.busy {
		g.busy = true
		go g.run()
	}
}

func (g *group) run() {
	for {
		units := g.take()
		if len(units) == 0 {
			return
		}
		g.commit(units)
	}
}

// take is the units of the next commit; none ends the run.
func (g *group) take() []*unit {
	g.mu.Lock()
	defer g.mu.Unlock()
	o := g.committer.options
	n, messages, bytes := 0, 0, 0
	for _, u := range g.waiting {
		messages, bytes = messages+len(u.messages), bytes+u.bytes
		if n > 0 && (messages > o.MaxGroup || bytes > o.MaxBytes) {
			break
		}
		n++
	}
	units := g.waiting[:n:n]
	g.waiting = g.waiting[n:]
	if n == 0 {
		g.busy, g.waiting = false, nil
	}
	return units
}

func (g *group) commit(units []*unit) {
	began := time.Now()
	e := Event{Units: len(units)}
	fits := true
	for _, u := range units {
		e.Messages += len(u.messages)
		fits = fits && int64(u.largest+batchRoom) <= g.committer.nc.MaxPayload()
	}
	if e.Batch = fits && e.Messages >= batchFrom && e.Messages <= maxBatch; e.Batch {
		e.Err = g.batch(units, e.Messages)
		e.Took = time.Since(began)
		g.committer.options.Observe(e)
		if e.Err == nil {
			return
		}
		if errors.Is(e.Err, ErrUnavailable) && !errors.Is(e.Err, errRefused) {
			fail(units, e.Err)
			return
		}
		began, e = time.Now(), Event{Units: e.Units, Messages: e.Messages}
	}
	g.singles(units)
	e.Took = time.Since(began)
	g.committer.options.Observe(e)
}

func fail(units []*unit, err error) {
	for _, u := range units {
		for i := range u.messages {
			u.answer(i, reply{}, err)
		}
	}
}

// singles sends every unit message by message and waits for all of them, so that a unit that the broker refuses
// harms no other.
func (g *group) singles(units []*unit) {
	c := g.committer
	late := time.NewTimer(c.options.Timeout)
	defer late.Stop()
	first := make([]uint64, len(units))
	for i, u := range units {
		first[i] = c.send(u)
	}
	for i, u := range units {
		select {
		case <-u.done:
			continue
		case <-late.C:
		}
		for j, u := range units[i:] {
			c.replies.expire(first[i+j], len(u.messages), c.options.Timeout)
		}
		return
	}
}

// errRefused marks an answer of the broker by which nothing of the batch is stored.
var errRefused = errors.New("batch refused")

// batch stores all units or none. The broker answers the last message only.
func (g *group) batch(units []*unit, total int) error {
	c := g.committer
	answered := make(chan error, 1)
	var last uint64
	number := c.replies.expect(1, func(_ int, r reply, err error) {
		if err == nil && r.Error != nil {
			err = fmt.Errorf("%w: %w", errRefused, r.Error)
		}
		last = r.Sequence
		answered <- err
	})
	defer c.replies.forget(number, 1)
	if err := g.sendBatch(units, total, c.replies.subject(number)); err != nil {
		return unsent(err)
	}
	timeout := time.NewTimer(c.options.Timeout)
	defer timeout.Stop()
	select {
	case err := <-answered:
		if err != nil {
			return err
		}
	case <-timeout.C:
		return fmt.Errorf("commit: %w: no answer to a batch of %d messages within %s", ErrUnavailable, total, c.options.Timeout)
	}
	sequence := last - uint64(total) + 1
	for _, u := range units {
		u.stored(sequence)
		sequence += uint64(len(u.messages))
	}
	return nil
}

// sendBatch lends the messages the headers of a batch: one that is refused is sent again without them.
func (g *group) sendBatch(units []*unit, total int, answerTo string) error {
	id, n := []string{nuid.Next()}, 0
	for _, u := range units {
		for _, m := range u.messages {
			n++
			m.Header[batchID], m.Header[batchSequence], m.Reply = id, []string{strconv.Itoa(n)}, ""
			if n == total {
				m.Header[batchCommit], m.Reply = []string{"1"}, answerTo
			}
			err := g.committer.nc.PublishMsg(m)
			delete(m.Header, batchID)
			delete(m.Header, batchSequence)
			delete(m.Header, batchCommit)
			if err != nil {
				return err
			}
		}
	}
	return nil
}
