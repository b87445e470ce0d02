package related

import "time"

// Relations of a story to an earlier one.
const (
	Duplicate = "duplicate" // the same text from another outlet, or the very same text again
	Reprint   = "reprint"   // another outlet's version with most of the text
	Excerpt   = "excerpt"   // a small part of the one is most of the other
	Update    = "update"    // the same outlet, agency or slug, later: never called a duplicate
	Take      = "take"      // another piece of one story that its outlet sends in takes: never called a duplicate
)

const (
	same      = 0.9  // of both texts
	contained = 0.6  // of the smaller text
	alike     = 0.5  // Jaccard
	small     = 0.45 // of the larger text's size: below, the smaller is an excerpt
	leastHits = 4    // shared sequences in the sample, or a coincidence decides
)

// Card is what is known of a story besides its sketch.
type Card struct {
	Story    string
	URI      string
	Provider string
	Agency   uint64    // hash of the agency of origin, 0 where none is credited
	Slug     uint64    // hash of the slugline without the mark of a piece, 0 where there is none
	Take     Mark      // which piece it says it is
	First    time.Time // when the story first came in
	Latest   time.Time // when this revision came in
	Sketch   Sketch    // blank for short copy, which has nothing but its slug
}

// Relate says how a story is related to another one, and how much of the smaller text they share; empty where they
// are not. A version of a story under another URI by the same provider, or by the same agency or under the same slug
// with more text than before, is an update however much it shares; only the very same text is a duplicate there.
func Relate(c, other *Card) (relation string, score float64) {
	if c.Sketch.Size == 0 || other.Sketch.Size == 0 {
		return "", 0
	}
	mine, theirs, shared := c.Sketch.Overlap(&other.Sketch)
	part := max(mine, theirs)
	jaccard := mine * theirs / max(mine+theirs-mine*theirs, 1e-9)
	identical := c.Sketch.Exact == other.Sketch.Exact
	switch {
	case identical:
		return Duplicate, 1
	case shared < leastHits || part < contained && jaccard < alike:
		return "", 0
	case c.updates(other, mine, theirs):
		return Update, part
	case mine >= same && theirs >= same:
		return Duplicate, min(mine, theirs)
	case sizes(c, other) < small:
		return Excerpt, part
	}
	return Reprint, part
}

// updates says whether one of two stories with common text is the other brought up to date.
func (c *Card) updates(other *Card, mine, theirs float64) bool {
	if c.Provider == other.Provider {
		return true
	}
	kin := c.Agency != 0 && c.Agency == other.Agency || c.Slug != 0 && c.Slug == other.Slug
	later, superset := c.Latest.After(other.Latest), theirs >= same && mine < same
	return kin && later && superset
}

// sizes is the smaller text's size as a part of the larger one's.
func sizes(c, other *Card) float64 {
	a, b := float64(c.Sketch.Size), float64(other.Sketch.Size)
	return min(a, b) / max(a, b, 1)
}
