package wiredesk

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"
	"time"
)

// Raw is one document as it arrived. Ingest stores it before anybody parses it, and nothing ever changes it.
type Raw struct {
	Feed      string // the line it came down, e.g. "sana-en"; chosen by the credential, never by the document
	Provider  string // the agency on that line; the feed's name unless configured
	Via       string // how it came: "http", "nats", "dir", "poll"
	Name      string // a file name or address for people to read; may be empty
	Format    string // the format asked for; empty or "auto" to let the table sniff
	MediaType string // as declared by the sender; a hint, not a fact
	Charset   string // as declared outside the document; a hint, not a fact
	Received  time.Time
	Bytes     []byte

	// URI and Version are the sender's own identity for a document whose format has none (plain text). A format
	// that carries an identity wins.
	URI     string
	Version string

	// Item is the place of this part in a document of many items, counted from 1; 0 when the document is whole.
	Item int
	// Line and Column are where this part began in the document it was cut from, counted from 1; 0 when whole.
	Line, Column int

	// House holds what the feed's configuration knows and the document does not say.
	House House
}

// House is what a newsroom knows about a line: the defaults its documents leave out.
type House struct {
	Zone     *time.Location // of naive times; nil is UTC, but leaves the end of an embargo unknown
	Language string         // BCP 47; empty when unknown
	Urgency  map[string]int // the provider's own urgency words or letters → 1..9
	Usage    string         // usage terms where the document states none
}

// Location is the zone of times that name none.
func (h House) Location() *time.Location {
	if h.Zone == nil {
		return time.UTC
	}
	return h.Zone
}

// SHA256 is the hex digest of the bytes.
func (r Raw) SHA256() string {
	sum := sha256.Sum256(r.Bytes)
	return hex.EncodeToString(sum[:])
}

// Receipt is the name of this arrival, made from what it is: the same feed and the same bytes, pushed again, have
// the same receipt on every machine. An explicit URI or Version makes another.
func (r Raw) Receipt() string {
	return "r" + ShortHash(r.Feed, r.SHA256(), r.URI, r.Version)
}

// ShortHash is 120 bits of SHA-256 over the parts, in 24 characters of [a-z2-7]. Parts cannot run into one another.
func ShortHash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)[:15]))
}
