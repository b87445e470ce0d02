package wiredesk

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Statuses of an item, in the words of ninjs and NewsML-G2.
const (
	Usable   = "usable"
	Withheld = "withheld"
	Canceled = "canceled"
)

// Story is one item of a document, read by its format's parser. Nobody changes a Story after that.
type Story struct {
	Provider string
	Feed     string
	Format   string // the name in the format table, e.g. "nitf"

	// Item carries everything that ninjs 3.1 has a place for. Item.URI is never empty and is the family's identity,
	// without a version in it; Item.Version is the sender's, as text.
	Item Item

	// Text is what spans index, valid UTF-8: for plain text the document itself, byte for byte where it was valid;
	// for everything else headline, blank line, body as text.
	Text string

	// What a wire says that ninjs has no place for.
	Kicker     string   // "URGENT", "Breaking News"
	Dateline   string   // as the format's own field states it; the dateline in running text is enrich's to find
	Credit     string   // the line that must be printed
	Keywords   []string // free words, without a scheme
	Signals    []string // codes as sent, e.g. "sig:correction"
	Correction bool     // the sender says this version corrects an earlier one
	Partial    bool     // an instruction or a fragment; never blanks the body of an earlier version

	// EmbargoUnknown says that there is an embargo whose end is missing or unreadable: withheld until lifted.
	EmbargoUnknown bool

	// NotForPublication is empty for copy that may be published, else the reason in the trade's words: "advisory",
	// "test line", "daybook".
	NotForPublication string

	// Orders are what this document demands of other items (NITF management-doc-idref).
	Orders []Order

	// EvolvedFrom is the URI of the item that this one rewrites.
	EvolvedFrom string

	// Originals keeps what was read in the sender's own spelling, by ninjs field name: times, urgency, status.
	Originals map[string]string

	// Repairs names everything that was mended on the way in, in words an editor understands.
	Repairs []string
}

// Order is a status that a document sets for another item of the same provider.
type Order struct {
	URI    string `json:"uri"`
	Status string `json:"status"` // Usable, Withheld or Canceled
}

// ID names the story on subjects: a short hash of provider and URI, the same on every machine and every replay.
func (s *Story) ID() string { return StoryID(s.Provider, s.Item.URI) }

// StoryID is the story's name on subjects, made of (provider, uri).
func StoryID(provider, uri string) string { return ShortHash(provider, uri) }

// Fingerprint is a digest of what a reader would see and of the status: two versions with the same fingerprint have
// the same content, whatever their envelope says.
func (s *Story) Fingerprint() string {
	h := sha256.New()
	part := func(p string) { fmt.Fprintf(h, "%d:%s", len(p), p) }
	part(s.Text)
	part(s.Item.Status())
	part(timeKey(s.Item.EmbargoedUntil))
	part(strconv.FormatBool(s.EmbargoUnknown))
	part(s.Item.By)
	part(s.Item.EdNote)
	part(strconv.Itoa(s.Item.Urgency))
	part(s.Item.UsageTerms)
	part(s.NotForPublication)
	for _, b := range s.Item.Bodies {
		part(b.Value)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func timeKey(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// CompareVersions orders two versions of one item, each given as (version, versionCreated): negative when a is
// older, positive when it is newer, 0 when they say the same. Versions compare as integers; where either is not a
// number, the times decide; where those are missing too, the result is 0.
func CompareVersions(a string, at time.Time, b string, bt time.Time) int {
	an, aok := versionNumber(a)
	bn, bok := versionNumber(b)
	if aok && bok {
		return cmp.Or(cmp.Compare(len(an), len(bn)), strings.Compare(an, bn))
	}
	if at.IsZero() || bt.IsZero() {
		return 0
	}
	return at.Compare(bt)
}

// versionNumber is a version's digits without leading zeros, so that numbers of any length compare.
func versionNumber(v string) (string, bool) {
	v = strings.TrimPrefix(strings.TrimSpace(v), "+")
	if v == "" || strings.Trim(v, "0123456789") != "" {
		return "", false
	}
	return strings.TrimLeft(v, "0"), true
}
