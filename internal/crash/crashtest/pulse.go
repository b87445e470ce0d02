package crashtest

import (
	"sync"
	"time"
)

// Pulse knows the longest time between two of its beats. A nil Pulse does nothing. It may be used concurrently.
type Pulse struct {
	mu      sync.Mutex
	beats   int
	last    time.Time
	longest time.Duration
}

// Beat counts a beat.
func (p *Pulse) Beat() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if p.beats > 0 {
		p.longest = max(p.longest, now.Sub(p.last))
	}
	p.beats++
	p.last = now
}

// Beats is how many there were.
func (p *Pulse) Beats() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.beats
}

// Longest is the longest pause so far.
func (p *Pulse) Longest() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.longest
}
