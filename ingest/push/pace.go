package push

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const maxPeers = 4096

// paces limits how fast each address may ask. It keeps the addresses that asked in the last minute, and at most
// maxPeers of them: when there are more, newcomers share one pace.
type paces struct {
	limit rate.Limit // 0 is no limit
	burst int

	mu    sync.Mutex
	peers map[string]*peerPace
	rest  *rate.Limiter
	swept time.Time
}

type peerPace struct {
	*rate.Limiter
	last time.Time
}

func newPaces(perSecond float64, burst int) *paces {
	return &paces{
		limit: rate.Limit(perSecond), burst: burst, peers: map[string]*peerPace{},
		rest: rate.NewLimiter(rate.Limit(perSecond), burst),
	}
}

// wait is how long the address has to wait before it may ask again; 0 when it may now.
func (p *paces) wait(address string, now time.Time) time.Duration {
	if p.limit == 0 {
		return 0
	}
	r := p.of(address, now).ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

func (p *paces) of(address string, now time.Time) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Sub(p.swept) > time.Minute {
		p.sweep(now)
	}
	known, ok := p.peers[address]
	if !ok && len(p.peers) >= maxPeers {
		return p.rest
	}
	if !ok {
		known = &peerPace{Limiter: rate.NewLimiter(p.limit, p.burst)}
		p.peers[address] = known
	}
	known.last = now
	return known.Limiter
}

func (p *paces) sweep(now time.Time) {
	p.swept = now
	for address, known := range p.peers {
		if now.Sub(known.last) > time.Minute {
			delete(p.peers, address)
		}
	}
}
