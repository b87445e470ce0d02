package route

import (
	"encoding/json"
	"fmt"
	"sync/atomic"

	"github.com/wiredesk/wiredesk"
)

// Live is a table that may be replaced while articles go through it. The zero Live has no routes. It is safe for
// concurrent use.
type Live struct {
	table atomic.Pointer[Table]
	// Failed hears of each route that could not be evaluated, and may be nil.
	Failed func(desk, story string, err error)
}

// Set replaces the table: an article in hand goes by the old one, the next by the new one.
func (l *Live) Set(t *Table) { l.table.Store(t) }

// Table is the table as it stands; nil before the first Set.
func (l *Live) Table() *Table { return l.table.Load() }

// Desks are the desks that get the article, given as JSON. Without routes the article is not even read. The error is an
// article that cannot be.
func (l *Live) Desks(article []byte) ([]string, error) {
	t := l.table.Load()
	if t == nil || t.Len() == 0 {
		return nil, nil
	}
	var a wiredesk.Article
	if err := json.Unmarshal(article, &a); err != nil {
		return nil, fmt.Errorf("route: article: %w", err)
	}
	desks, failed := t.Desks(&a)
	for _, f := range failed {
		if l.Failed != nil {
			l.Failed(f.Desk, a.Story, f.Err)
		}
	}
	return desks, nil
}
