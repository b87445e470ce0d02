package ingest

import (
	"strconv"
	"sync"

	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// lately remembers where in RAW the last document of each story stands, so that the next one can say what it comes
// after: where several enrich workers share the work, a version then waits for the one before it. It knows the stories
// of this process's last hours; a story it has forgotten is ordered by its versions alone.
type lately struct {
	mu       sync.Mutex
	now, old map[string]uint64
}

const latelyMost = 1 << 16

func (l *lately) stamp(unit []stream.Message) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range unit {
		story := m.Header.Get(stream.HStory)
		before, ok := l.now[story]
		if !ok {
			before = l.old[story]
		}
		if before > 0 {
			m.Header[stream.HAfter] = []string{strconv.FormatUint(before, 10)}
		}
	}
}

func (l *lately) note(unit []stream.Message, acks []commit.Ack) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now == nil || len(l.now) >= latelyMost {
		l.old, l.now = l.now, map[string]uint64{}
	}
	for i, m := range unit {
		if story := m.Header.Get(stream.HStory); story != "" {
			l.now[story] = max(l.now[story], l.old[story], acks[i].Sequence)
		}
	}
}
