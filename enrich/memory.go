package enrich

import "sync"

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

// Decided is a decision and the feed of the copy it is about.
type Decided struct {
	Feed string
	Decision
}

// pending keeps the decisions about arrivals in hand, so that they are counted once, when the arrival is settled,
// however often it was decided.
type pending struct {
	mu sync.Mutex
	by map[uint64][]Decided
}

func (p *pending) clear(sequence uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.by, sequence)
}

func (p *pending) note(sequence uint64, feed string, d Decision) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.by == nil {
		p.by = map[uint64][]Decided{}
	}
	p.by[sequence] = append(p.by[sequence], Decided{feed, d})
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
