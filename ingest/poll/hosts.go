package poll

import (
	"context"
	"strings"
	"sync"
	"time"
)

// hostGap is the least time between two requests to one host.
const hostGap = time.Second

// Hosts keeps a process polite: it makes one request at a time to a host, and leaves a gap after each. All feeds of a
// process share one; it is safe for concurrent use. The zero value leaves the usual gap of a second.
type Hosts struct {
	Gap time.Duration

	mu    sync.Mutex
	hosts map[string]*host
}

type host struct {
	turn  chan struct{}
	users int
	free  time.Time // nothing is asked of it before
	held  time.Time // it said so itself, with Retry-After
}

// enter waits for a turn at a host. The turn ends with leave.
func (h *Hosts) enter(ctx context.Context, name string) (leave func(), err error) {
	at := h.at(strings.ToLower(name))
	select {
	case at.turn <- struct{}{}:
	case <-ctx.Done():
		h.done(at, false)
		return nil, ctx.Err()
	}
	timer := time.NewTimer(time.Until(h.free(at)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return func() { h.done(at, true); <-at.turn }, nil
	case <-ctx.Done():
		h.done(at, false)
		<-at.turn
		return nil, ctx.Err()
	}
}

func (h *Hosts) at(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.hosts == nil || len(h.hosts) > 1024 {
		h.sweep()
	}
	at, ok := h.hosts[name]
	if !ok {
		at = &host{turn: make(chan struct{}, 1)}
		h.hosts[name] = at
	}
	at.users++
	return at
}

// sweep forgets the hosts that nobody waits for. Redirects may lead to ever new ones.
func (h *Hosts) sweep() {
	kept := map[string]*host{}
	for name, at := range h.hosts {
		if at.users > 0 || !at.held.IsZero() {
			kept[name] = at
		}
	}
	h.hosts = kept
}

func (h *Hosts) free(at *host) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return at.free
}

func (h *Hosts) done(at *host, asked bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	at.users--
	if !asked {
		return
	}
	gap := h.Gap
	if gap == 0 {
		gap = hostGap
	}
	at.free = time.Now().Add(gap)
}

// hold keeps all feeds away from a host that asked for it.
func (h *Hosts) hold(name string, until time.Time) {
	at := h.at(strings.ToLower(name))
	h.mu.Lock()
	defer h.mu.Unlock()
	at.users--
	if until.After(at.held) {
		at.held = until
	}
}

// until is how long a host wants to be left alone; the zero time where it does not.
func (h *Hosts) until(name string, now time.Time) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	at, ok := h.hosts[strings.ToLower(name)]
	switch {
	case !ok:
		return time.Time{}
	case !at.held.After(now):
		at.held = time.Time{}
	}
	return at.held
}
