package feed

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// shelf holds the newest stories of one audience, as far as readers have asked for them.
type shelf struct {
	filter string
	turn   chan struct{} // held by whoever reads or changes what follows

	last    uint64    // in NEWS: everything up to here is known
	changed time.Time // when that was stored
	checked time.Time // when NEWS was last asked
	whole   time.Time // when the shelf was last read anew
	depth   int       // how many stories were asked for
	stories map[string]*entry
	pages   map[ask]*document
	topics  map[string]uint64 // addresses that readers asked for, and the state their hubs know

	bytes atomic.Int64
}

// anew is how long a shelf is kept up to date by what is new alone. Then it is read again, for what NEWS let go of.
const anew = 5 * time.Minute

// maxTopics bounds the addresses of one feed that hubs are told of.
const maxTopics = 12

func newShelf(filter string) *shelf {
	return &shelf{filter: filter, turn: make(chan struct{}, 1), stories: map[string]*entry{}, pages: map[ask]*document{}, topics: map[string]uint64{}}
}

// document is the feed as it stands, in the format asked for. What the broker cannot confirm is not served: it might
// have been killed.
func (s *shelf) document(ctx context.Context, f *Feeds, a ask) (*document, error) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.turn }()
	if now := f.Now(); now.Sub(s.checked) > f.Fresh || now.Before(s.checked) || a.limit > s.depth {
		if err := s.refresh(ctx, f.News, max(a.limit, s.depth), now); err != nil {
			return nil, err
		}
		s.checked = now
	}
	if len(f.Hubs) > 0 {
		s.asked(f.Base() + a.path(a.format))
	}
	if doc, ok := s.pages[a]; ok {
		return doc, nil
	}
	doc, err := render(f, a, s.newest(a.limit), s.changed)
	if err != nil {
		return nil, err
	}
	s.pages[a] = doc
	s.bytes.Add(int64(len(doc.body) + len(doc.packed)))
	return doc, nil
}

func (s *shelf) asked(address string) {
	if _, ok := s.topics[address]; !ok && len(s.topics) < maxTopics {
		s.topics[address] = s.last
	}
}

// refresh brings the shelf up to what NEWS holds, with so many stories.
func (s *shelf) refresh(ctx context.Context, news *News, depth int, now time.Time) error {
	last, err := news.last(ctx, s.filter)
	if err != nil {
		return err
	}
	aged := now.Sub(s.whole) > anew || now.Before(s.whole)
	switch {
	case aged || depth > s.depth || last.sequence > s.last && s.far(ctx, news, depth):
		return s.fill(ctx, news, last, depth, now)
	case last.sequence > s.last:
		fresh, err := collectFrom(ctx, news, s.filter, s.last+1, last.sequence)
		if err != nil {
			return err
		}
		maps.Copy(s.stories, fresh)
		s.settle(last)
	}
	return nil
}

// far says that more came than is worth reading one by one.
func (s *shelf) far(ctx context.Context, news *News, depth int) bool {
	n, err := news.count(ctx, s.filter, s.last+1)
	return err == nil && n > uint64(4*depth)
}

// fill reads the shelf anew.
func (s *shelf) fill(ctx context.Context, news *News, last message, depth int, now time.Time) error {
	stories := map[string]*entry{}
	for want := uint64(depth); last.sequence > 0; want *= 4 {
		from, err := begin(ctx, news, s.filter, last.sequence, want)
		if err != nil {
			return err
		}
		if stories, err = collectFrom(ctx, news, s.filter, from, last.sequence); err != nil {
			return err
		}
		if from == 1 || len(stories) >= depth {
			break
		}
	}
	s.stories, s.depth, s.whole = stories, depth, now
	s.settle(last)
	return nil
}

// begin is a sequence from which on NEWS holds at least so many messages of the filter, and not many times more; 1
// where it holds fewer. It looks from the end, where counting is cheap.
func begin(ctx context.Context, news *News, filter string, last, want uint64) (uint64, error) {
	few := last
	for width := 16 * want; ; width *= 4 {
		from := uint64(1)
		if last > width {
			from = last - width
		}
		n, err := news.count(ctx, filter, from)
		switch {
		case err != nil:
			return 0, err
		case n > 4*want:
			return between(ctx, news, filter, from, few, want)
		case n >= want || from == 1:
			return from, nil
		}
		few = from
	}
}

// between halves the way from a sequence with too many behind it to one with too few.
func between(ctx context.Context, news *News, filter string, many, few, want uint64) (uint64, error) {
	for few-many > 1 {
		middle := many + (few-many)/2
		n, err := news.count(ctx, filter, middle)
		switch {
		case err != nil:
			return 0, err
		case n < want:
			few = middle
		case n > 4*want:
			many = middle
		default:
			return middle, nil
		}
	}
	return many, nil
}

// collectFrom are the stories of the messages between two sequences, each as its newest message says.
func collectFrom(ctx context.Context, news *News, filter string, from, to uint64) (map[string]*entry, error) {
	stories := map[string]*entry{}
	for from <= to {
		found, rest, err := news.next(ctx, filter, from)
		if err != nil {
			return nil, err
		}
		for _, m := range found {
			stories[stream.LastToken(m.subject)] = newEntry(m)
			from = m.sequence + 1
		}
		if rest == 0 || len(found) == 0 {
			break
		}
	}
	return stories, nil
}

// settle forgets what is too much, and every page that was made of the old state.
func (s *shelf) settle(last message) {
	s.last, s.changed = last.sequence, last.stored
	clear(s.pages)
	kept, bytes := 0, 0
	for _, e := range s.sorted(func(a, b *entry) int { return cmp.Compare(b.sequence, a.sequence) }) {
		if e.gone == absent || kept == 2*s.depth || kept > 0 && bytes+e.size > MaxText {
			delete(s.stories, e.story)
			continue
		}
		kept, bytes = kept+1, bytes+e.size
	}
	s.bytes.Store(int64(bytes))
}

func (s *shelf) sorted(compare func(a, b *entry) int) []*entry {
	return slices.SortedFunc(maps.Values(s.stories), compare)
}

// newest are the stories that came last, and as many tombstones, each by the time of its version.
func (s *shelf) newest(limit int) (list selection) {
	for _, e := range s.sorted(func(a, b *entry) int { return cmp.Compare(b.sequence, a.sequence) }) {
		into := &list.entries
		if e.gone == killed {
			into = &list.deleted
		}
		if len(*into) < limit {
			*into = append(*into, e)
		}
	}
	latest := func(a, b *entry) int {
		return cmp.Or(b.updated.Compare(a.updated), cmp.Compare(b.sequence, a.sequence))
	}
	slices.SortFunc(list.entries, latest)
	slices.SortFunc(list.deleted, latest)
	return list
}
