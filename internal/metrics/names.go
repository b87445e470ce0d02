package metrics

import "sync"

const other = "other"

// names bounds the labels of feeds: the configured ones, and as many more as fit, in the order they come.
type names struct {
	most int
	mu   sync.RWMutex
	own  map[string]struct{}
}

func newNames(most int, configured []string) *names {
	n := &names{most: most, own: map[string]struct{}{}}
	for _, name := range configured {
		n.own[name] = struct{}{}
	}
	return n
}

func (n *names) label(feed string) string {
	n.mu.RLock()
	_, known := n.own[feed]
	n.mu.RUnlock()
	if known {
		return feed
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.own) >= n.most || feed == "" {
		return other
	}
	n.own[feed] = struct{}{}
	return feed
}
