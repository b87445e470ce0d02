package enrich

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/enrich/related"
)

// Enricher is a line of the chain. Enrich finds one kind of fact in the shared view of the text and writes it into
// its own field of the article; Take copies that field, and no other, from the enricher's scratch article into the
// real one. So an enricher that fails, panics or hangs leaves no trace but its name in Article.Missing.
type Enricher struct {
	Name   string
	Enrich func(ctx context.Context, v *lexicon.View, a *wiredesk.Article) error
	Take   func(to, from *wiredesk.Article)
}

// Chain runs enrichers in order over one reading of the text. It is safe for concurrent use.
type Chain struct {
	Lexicon   *lexicon.Lexicon
	Enrichers []Enricher
	// Related links stories across feeds. Whoever runs the chain beside a broker lets it follow ARTICLES.
	Related *related.Index
	// Patience bounds each enricher on each story.
	Patience time.Duration
	// Failed hears of an enricher that gave no answer; it may be nil.
	Failed func(enricher string, story string, err error)
}

// Run fills the article. It always returns within Patience times the number of enrichers; whatever had no answer is
// named in Article.Missing, and the copy moves on.
func (c *Chain) Run(ctx context.Context, a *wiredesk.Article) {
	for from := 0; from < len(c.Enrichers); {
		from = c.runFrom(ctx, from, a)
	}
}

// runFrom runs enrichers from the given one on, in a goroutine of their own, until all are done or one runs out of
// time. It returns the index of the next one to run.
func (c *Chain) runFrom(ctx context.Context, from int, a *wiredesk.Article) int {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	run := &chainRun{into: a, next: from, done: make(chan struct{}), tick: make(chan struct{}, 1)}
	scratch := *a
	go c.walk(ctx, run, &scratch)
	patience := time.NewTimer(c.Patience)
	defer patience.Stop()
	for {
		select {
		case <-run.done:
			return len(c.Enrichers)
		case <-run.tick:
			patience.Reset(c.Patience)
		case <-patience.C:
			return c.abandon(run, a)
		}
	}
}

// abandon takes the run's article away from it and names the enricher that was too slow.
func (c *Chain) abandon(run *chainRun, a *wiredesk.Article) int {
	run.mu.Lock()
	defer run.mu.Unlock()
	if run.next >= len(c.Enrichers) {
		return run.next
	}
	run.into = nil
	c.missing(a, c.Enrichers[run.next].Name, fmt.Errorf("no answer within %s", c.Patience))
	return run.next + 1
}

func (c *Chain) missing(a *wiredesk.Article, name string, err error) {
	a.Missing = append(a.Missing, name)
	if c.Failed != nil {
		c.Failed(name, a.Story, err)
	}
}

// chainRun is one goroutine's way along the chain; into is nil once it was abandoned.
type chainRun struct {
	mu   sync.Mutex
	into *wiredesk.Article
	next int
	done chan struct{}
	tick chan struct{}
}

func (c *Chain) walk(ctx context.Context, run *chainRun, scratch *wiredesk.Article) {
	defer close(run.done)
	view := c.Lexicon.Read(scratch.Text)
	for i := run.next; i < len(c.Enrichers); i++ {
		e := c.Enrichers[i]
		err := safely(ctx, e, view, scratch)
		if !c.settle(run, e, scratch, err) {
			return
		}
	}
	view.Release()
}

// settle moves one enricher's field into the article, unless the run was abandoned in the meantime.
func (c *Chain) settle(run *chainRun, e Enricher, scratch *wiredesk.Article, err error) bool {
	run.mu.Lock()
	defer run.mu.Unlock()
	if run.into == nil {
		return false
	}
	if err != nil {
		c.missing(run.into, e.Name, err)
	} else {
		e.Take(run.into, scratch)
	}
	run.next++
	select {
	case run.tick <- struct{}{}:
	default:
	}
	return true
}

func safely(ctx context.Context, e Enricher, v *lexicon.View, a *wiredesk.Article) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("enricher %s: panic: %v", e.Name, r)
		}
	}()
	return e.Enrich(ctx, v, a)
}
