package enrich

import (
	"slices"
	"sync"
)

// seen remembers the stories this process has met lately.
type seen struct {
	mu       sync.Mutex
	most     int
	now, old map[string]struct{}
}

// first says whether the story is met for the first time, and remembers it.
func (s *seen) first(story string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, inNow := s.now[story]
	_, inOld := s.old[story]
	if s.now == nil || len(s.now) >= s.most {
		s.old, s.now = s.now, make(map[string]struct{}, 1024)
	}
	s.now[story] = struct{}{}
	return !inNow && !inOld
}

// Decided is a decision, and the story and feed it is about.
type Decided struct {
	Story, Feed string
	Decision
}

// pending keeps the decisions about arrivals in hand, so that they are counted once, when the arrival is settled,
// however often it was decided.
type pending struct {
	mu sync.Mutex
	by map[uint64][]Decided
}

// note keeps a decision in place of an earlier one about the same story. That an arrival is done says nothing new: the
// decision that did it is kept where it was made here, and where it was made elsewhere it is counted there.
func (p *pending) note(sequence uint64, d Decided) {
	if d.Done {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.by == nil {
		p.by = map[uint64][]Decided{}
	}
	all := slices.DeleteFunc(p.by[sequence], func(x Decided) bool { return x.Story == d.Story })
	p.by[sequence] = append(all, d)
}

// Settled takes out what was decided about the RAW message with this sequence. The loop's observer calls it once the
// message is settled.
func (d *Desk) Settled(sequence uint64) []Decided {
	d.pending.mu.Lock()
	defer d.pending.mu.Unlock()
	out := d.pending.by[sequence]
	delete(d.pending.by, sequence)
	return out
}
