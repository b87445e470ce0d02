package feed

import (
	"container/list"
	"sync"
)

// cache remembers the feeds that were asked for last. It is safe for concurrent use.
type cache struct {
	feeds int
	bytes int64

	mu    sync.Mutex
	order *list.List // of *shelf, the last asked for first
	at    map[string]*list.Element
}

func newCache(feeds int, bytes int64) *cache {
	return &cache{feeds: feeds, bytes: bytes, order: list.New(), at: map[string]*list.Element{}}
}

// shelf is the one of a feed, new where it is not remembered.
func (c *cache) shelf(a ask) *shelf {
	c.mu.Lock()
	defer c.mu.Unlock()
	filter := a.filter()
	if e, ok := c.at[filter]; ok {
		c.order.MoveToFront(e)
		return e.Value.(*shelf)
	}
	s := newShelf(filter)
	c.at[filter] = c.order.PushFront(s)
	return s
}

// weigh forgets what was not asked for the longest, until the rest is within the bounds. The newest stays.
func (c *cache) weigh() {
	c.mu.Lock()
	defer c.mu.Unlock()
	var total int64
	for e := c.order.Front(); e != nil; e = e.Next() {
		total += e.Value.(*shelf).bytes.Load()
	}
	for c.order.Len() > 1 && (c.order.Len() > c.feeds || total > c.bytes) {
		e := c.order.Back()
		s := c.order.Remove(e).(*shelf)
		delete(c.at, s.filter)
		total -= s.bytes.Load()
	}
}

// shelves are the remembered feeds.
func (c *cache) shelves() []*shelf {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []*shelf
	for e := c.order.Front(); e != nil; e = e.Next() {
		all = append(all, e.Value.(*shelf))
	}
	return all
}
