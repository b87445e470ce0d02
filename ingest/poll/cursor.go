package poll

import (
	"cmp"
	"slices"
	"time"

	"github.com/wiredesk/wiredesk"
)

// How many items a cursor remembers besides those that stand in the feed now.
const maxSeen = 2000

// cursor is where a feed stands: what of it is in the store, and by what the server would recognise that.
type cursor struct {
	Address string `json:"address"` // digest of the configured one; another address begins anew
	Moved   string `json:"moved,omitempty"`
	validators
	Body   string    `json:"body,omitempty"` // digest of the last document
	Whole  time.Time `json:"whole,omitzero"` // when the document was last asked for without conditions
	Hold   time.Time `json:"hold,omitzero"`  // not before: the server's own wish
	ByLink bool      `json:"byLink,omitempty"`
	Rhythm rhythm    `json:"rhythm"`
	Seen   []*seen   `json:"seen,omitempty"`
}

// seen is an item that is in the store.
type seen struct {
	Key     string    `json:"k"`
	Print   string    `json:"p,omitempty"`
	Link    string    `json:"l,omitempty"`
	Head    string    `json:"h,omitempty"`
	Like    sketch    `json:"s"`
	Last    time.Time `json:"t"` // when it last stood in the feed
	Several bool      `json:"several,omitempty"`
}

// same says whether an item with the same id is the same story: it has the same link, or words in common.
func (s *seen) same(it *item) bool {
	if it.link != "" && it.link == s.Link {
		return true
	}
	return s.related(it)
}

// related says whether an item shares text with the one that was seen. Headlines decide only where one of them has no
// more than that, a flash above all: those of a series are alike, and its stories are not.
func (s *seen) related(it *item) bool {
	if s.Like.empty() || it.like.empty() {
		return alike(s.Head, it.head)
	}
	common, both := s.Like.shared(it.like)
	return common >= 2 || common > 0 && common*2 >= both
}

// book is a cursor with its indexes, and the changes that are not yet in the store.
type book struct {
	cursor
	byKey, byLink map[string]*seen
}

func open(c cursor) *book {
	b := &book{cursor: c, byKey: map[string]*seen{}, byLink: map[string]*seen{}}
	for _, s := range c.Seen {
		b.index(s)
	}
	return b
}

func (b *book) index(s *seen) {
	b.byKey[s.Key] = s
	if s.Link != "" {
		b.byLink[s.Link] = s
	}
}

// newest leaves out the items of a document of which a newer version stands in it too: at every look they would change
// into each other.
func newest(items []item) []item {
	last := make(map[string]*seen, len(items))
	kept := make([]item, 0, len(items))
	for _, it := range slices.Backward(items) {
		if later := last[it.key]; later != nil && later.same(&it) {
			continue
		}
		last[it.key] = &seen{Link: it.link, Head: it.head, Like: it.like}
		kept = append(kept, it)
	}
	slices.Reverse(kept)
	return kept
}

// What an item is to the book.
type verdict int

const (
	known verdict = iota
	changed
	fresh
)

// settle decides what an item is, by its identity and never by its date, and remembers it. An id that now stands on
// unrelated text names another story: that item is read again, by its link or words.
func (b *book) settle(it item, r *reader, now time.Time) (item, verdict) {
	s := b.byKey[it.key]
	switch {
	case it.fault != nil:
	case s == nil:
		it, s = b.unknown(it, r)
	case !s.same(&it):
		if other, ok := r.byLink(it); ok && other.key != it.key {
			s.Several, s.Last = true, now
			it, s = other, b.byKey[other.key]
		}
	}
	return it, b.note(s, &it, now)
}

// unknown looks for an item under the other name it may have been seen by. An id that changes while link and text stay is
// no identity: from then on new items of the feed are known by their link.
func (b *book) unknown(it item, r *reader) (item, *seen) {
	if before := b.byLink[it.link]; before != nil && before.related(&it) {
		if plain, ok := r.byID(it); ok && plain.key == before.Key {
			return plain, before
		}
		b.ByLink = true
	}
	if !b.ByLink || it.id == "" || it.link == "" {
		return it, nil
	}
	if other, ok := r.byLink(it); ok {
		return other, b.byKey[other.key]
	}
	return it, nil
}

func (b *book) note(s *seen, it *item, now time.Time) verdict {
	v := known
	switch {
	case s == nil:
		s, v = &seen{Key: it.key}, fresh
		b.Seen = append(b.Seen, s)
	case s.Print != it.print:
		v = changed
	}
	s.Print, s.Link, s.Head, s.Like, s.Last = it.print, it.link, it.head, it.like, now
	b.index(s)
	return v
}

// prune forgets what left the feed longest ago. An item that comes back after that is offered again, which is harmless.
func (b *book) prune(now time.Time) {
	slices.SortStableFunc(b.Seen, func(x, y *seen) int { return cmp.Compare(y.Last.UnixNano(), x.Last.UnixNano()) })
	kept := b.Seen[:0:0]
	for i, s := range b.Seen {
		if i < maxSeen || s.Last.Equal(now) || s.Several && i < 2*maxSeen {
			kept = append(kept, s)
		}
	}
	if len(kept) < len(b.Seen) {
		b.Seen = kept
		*b = *open(b.cursor)
	}
}

func digest(parts ...string) string { return wiredesk.ShortHash(parts...) }
