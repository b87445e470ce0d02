// Package intake is what the ingest desk and its transports share: the feeds and who may push to them, and the ways in
// which a document is turned away.
package intake

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Feed is what a newsroom knows about one line of a provider to it. All but Name may be empty.
type Feed struct {
	Name     string         `yaml:"name"`
	Provider string         `yaml:"provider"` // the agency; the feed's name when empty
	Format   string         `yaml:"format"`   // a name of the format table; empty or "auto" sniffs
	Zone     string         `yaml:"zone"`     // IANA name of the zone of times that state none; empty is UTC, but for embargoes, which are then held
	Language string         `yaml:"language"` // BCP 47
	Urgency  map[string]int `yaml:"urgency"`  // the provider's own words or letters → 1..9
	Usage    string         `yaml:"usage"`    // usage terms where a document states none

	// Tokens are hex SHA-256 digests of the bearer tokens that may push, see [HashToken]; several, so that an old
	// and a new one overlap. None means that whoever can reach the line may push.
	Tokens []string `yaml:"tokens"`

	Rate  float64 `yaml:"rate"`  // documents a second; 0 is no limit
	Burst int     `yaml:"burst"` // documents at once; 0 is twice the rate, at least 10

	Dir    string        `yaml:"dir"`    // a watched directory
	Settle time.Duration `yaml:"settle"` // how long a file must stand still before it is read
	Remove bool          `yaml:"remove"` // delete a file once taken, instead of moving it to .done
}

// Feeds are the configured feeds. None at all lets any feed name push, from where the transport trusts.
type Feeds []Feed

// FeedError is what is wrong with one setting of a feed.
type FeedError struct {
	Path   string // "feeds[2].zone"
	Reason string
}

func (e *FeedError) Error() string { return e.Path + ": " + e.Reason }

// Check finds everything that is wrong with the feeds, in order, but for the names of formats, which only the format
// table knows. Each error is a [FeedError].
func (f Feeds) Check() []error {
	var errs []error
	seen, dirs := map[string]int{}, map[string]int{}
	for i, feed := range f {
		fail := func(field, format string, args ...any) {
			errs = append(errs, &FeedError{fmt.Sprintf("feeds[%d].%s", i, field), fmt.Sprintf(format, args...)})
		}
		if first, ok := seen[feed.Name]; ok {
			fail("name", "%q is configured already, as feeds[%d]", feed.Name, first)
		}
		if first, ok := dirs[feed.Dir]; ok && feed.Dir != "" {
			fail("dir", "%q is watched already, by feeds[%d]", feed.Dir, first)
		}
		seen[feed.Name], dirs[feed.Dir] = i, i
		feed.check(fail)
	}
	return errs
}

func (f Feed) check(fail func(field, format string, args ...any)) {
	if err := feedName(f.Name); err != nil {
		fail("name", "%s", err)
	}
	if f.Provider != "" && feedName(f.Provider) != nil {
		fail("provider", "%s", feedName(f.Provider))
	}
	if _, err := time.LoadLocation(f.Zone); err != nil {
		fail("zone", "no time zone %q: write it like Asia/Damascus", f.Zone)
	}
	for word, n := range f.Urgency {
		if n < 1 || n > 9 {
			fail("urgency."+word, "%d is no urgency: use 1 to 9", n)
		}
	}
	for _, t := range f.Tokens {
		if sum, err := hex.DecodeString(t); err != nil || len(sum) != sha256.Size {
			fail("tokens", "not a hex SHA-256 digest of a token")
		}
	}
	if f.Rate < 0 || f.Burst < 0 || f.Settle < 0 {
		fail("rate", "rate, burst and settle cannot be negative")
	}
}

// feedName says why a text cannot name a feed or a provider.
func feedName(name string) error {
	if _, err := stream.Token(name); err != nil {
		return fmt.Errorf("%w: %w", ErrUnknownFeed, err)
	}
	if !Printable(name) {
		return fmt.Errorf("%w: name %q has characters that do not print", ErrUnknownFeed, name)
	}
	return nil
}

// HashToken is how a bearer token is kept: the hex SHA-256 of it. Tokens are random and long, so a plain digest does.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Admits says whether the token is one of the feed's, in time that does not depend on the token. A feed without
// tokens admits none.
func (f Feed) Admits(token string) bool {
	got := []byte(HashToken(token))
	admitted := 0
	for _, want := range f.Tokens {
		admitted |= subtle.ConstantTimeCompare(got, []byte(want))
	}
	return admitted == 1
}

func (f Feed) house() (wiredesk.House, error) {
	house := wiredesk.House{Language: f.Language, Urgency: f.Urgency, Usage: f.Usage}
	if f.Zone == "" {
		return house, nil
	}
	zone, err := time.LoadLocation(f.Zone)
	if err != nil {
		return wiredesk.House{}, fmt.Errorf("no time zone %q: %w", f.Zone, err)
	}
	house.Zone = zone
	return house, nil
}

// Printable says whether text is valid UTF-8 without control or formatting characters, and without space around it.
func Printable(text string) bool {
	unseen := func(r rune) bool { return r != ' ' && !unicode.IsGraphic(r) }
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unseen) && strings.TrimSpace(text) == text
}
