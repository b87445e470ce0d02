package stream

import "context"

// once tells the first copy of a revision on a set from its further ones. Whether a copy is the first depends on what
// NEWS held before it and on nothing else, so that a reader who resumes anywhere sees each revision once.
type once struct {
	set      set
	shelf    shelf
	complete bool // everything that stood before was seen, so nobody needs to ask for it
	young    map[string]int
	old      map[string]int
}

// maxRemembered is how many stories one generation of memory holds; there are two.
const maxRemembered = 16_384

// again says whether another copy of the message's revision, or of a later one, stands before it.
func (o *once) again(ctx context.Context, m *message) (bool, error) {
	if o.set.once() || m.revision == 0 {
		return false, nil
	}
	had, known := o.young[m.story]
	if !known {
		had, known = o.old[m.story]
	}
	if !known && !o.complete && m.seq > 1 {
		before, err := o.shelf.last(ctx, o.set.of(m.story), m.seq-1)
		if err != nil {
			return false, err
		}
		for _, b := range before {
			had = max(had, b.revision)
		}
	}
	o.remember(m.story, max(had, m.revision))
	return had >= m.revision, nil
}

func (o *once) remember(story string, revision int) {
	if len(o.young) >= maxRemembered {
		if len(o.old) > 0 {
			o.complete = false
		}
		o.old, o.young = o.young, nil
	}
	if o.young == nil {
		o.young = map[string]int{}
	}
	o.young[story] = revision
}
