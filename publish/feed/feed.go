// Package feed serves the news as feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, one for every value of every facet.
//
// GET /v1/feeds/<facet>/<value>.atom, .rss or .json gives the newest stories of that audience, as they stand in NEWS;
// /v1/feeds/wire/all.atom those of all. The query may say limit=N. A killed story is a tombstone (RFC 6721) in Atom, an
// entry of _wiredesk.deleted in JSON Feed, and absent in RSS; a story that is held or withheld is absent everywhere.
// Readers ask conditionally (If-None-Match, If-Modified-Since). Where hubs are configured, each feed names them, and
// [Feeds.Follow] tells them when a feed that was asked for has changed (WebSub).
package feed

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/internal/web"
)

// Route is the pattern to mount the handler under.
const Route = "GET /v1/feeds/{facet}/{file}"

// Limits of feeds.
const (
	DefaultLimit = 50
	MaxLimit     = 500
	MaxText      = 16 << 20 // bytes of the stories of one feed; older ones are left out
	maxCached    = 64 << 20 // bytes of all feeds that are remembered
	maxFeeds     = 256      // feeds that are remembered
)

// all names, under the facet wire, the feed of everything.
const all = "all"

// Options are what feeds need. News and Base are required.
type Options struct {
	News *News
	// Base is the address that readers and hubs use, without a slash at its end, e.g. "https://wire.example.org".
	Base     func() string
	Hubs     []string // of WebSub, as addresses
	Software string   // named as the generator
	// Fresh is how long a feed is served without asking NEWS whether it changed; zero is 250 ms.
	Fresh time.Duration
	// Pause is how often Follow looks for changes, at least; zero is 2 s.
	Pause time.Duration
	Now   func() time.Time // nil is time.Now
	// Readers decides who may read which feed; nil: everybody may read all.
	Readers *web.Readers
	// Observe hears of every try to tell a hub; it may be nil.
	Observe func(hub, outcome string)
	Log     zerolog.Logger
}

// Feeds answers requests for feeds at [Route]. It is safe for concurrent use, and remembers no more than it says above.
type Feeds struct {
	Options
	cache *cache
}

// New makes the handler. It reads nothing before it is asked.
func New(o Options) *Feeds {
	if o.Fresh == 0 {
		o.Fresh = 250 * time.Millisecond
	}
	if o.Pause == 0 {
		o.Pause = 2 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Feeds{Options: o, cache: newCache(maxFeeds, maxCached)}
}

// ask is what a request asks for.
type ask struct {
	facet, value string // as tokens of a subject
	format       string
	limit        int
}

// refusal is an error with its HTTP status.
type refusal struct {
	code int
	text string
}

func (r refusal) Error() string { return r.text }

func read(r *http.Request) (ask, error) {
	a := ask{facet: r.PathValue("facet"), limit: DefaultLimit}
	if facets := wiredesk.FacetNames(); !slices.Contains(facets, a.facet) {
		return a, refusal{http.StatusNotFound, "no such facet: use one of " + strings.Join(facets, ", ")}
	}
	name := r.PathValue("file")
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 || writers[name[dot+1:]] == nil {
		return a, refusal{http.StatusNotFound, "no such format: end the address with .atom, .rss or .json"}
	}
	a.format = name[dot+1:]
	var err error
	if a.value, err = token(name[:dot]); err != nil {
		return a, refusal{http.StatusNotFound, err.Error()}
	}
	if text := r.URL.Query().Get("limit"); text != "" {
		a.limit, err = strconv.Atoi(text)
		if err != nil || a.limit < 1 || a.limit > MaxLimit {
			return a, refusal{http.StatusBadRequest, fmt.Sprintf("limit: use 1 to %d", MaxLimit)}
		}
	}
	return a, nil
}

// token is a value as subjects spell it. What is a token already stays as it is.
func token(value string) (string, error) {
	if _, err := stream.Untoken(value); err == nil {
		return value, nil
	}
	return stream.Token(value)
}

func (a ask) everything() bool { return a.facet == "wire" && a.value == all }

// filter matches the messages of the feed.
func (a ask) filter() string {
	if a.everything() {
		return stream.NewsPrefix + "wire.*.*"
	}
	return stream.NewsPrefix + a.facet + "." + a.value + ".*"
}

// title is the feed's name for people.
func (a ask) title() string {
	if a.everything() {
		return "wiredesk: everything"
	}
	value, err := stream.Untoken(a.value)
	if err != nil {
		value = a.value
	}
	return "wiredesk: " + wiredesk.Facet{Name: a.facet, Value: value}.String()
}

// path is the feed's address in a format, below the base.
func (a ask) path(format string) string {
	p := "/v1/feeds/" + a.facet + "/" + a.value + "." + format
	if a.limit != DefaultLimit {
		p += "?limit=" + strconv.Itoa(a.limit)
	}
	return p
}

func (f *Feeds) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	reader, ok := f.admit(w, r)
	if !ok {
		return
	}
	a, err := read(r)
	if err == nil && !reader.May(a.filter()) {
		err = refusal{http.StatusForbidden, "this token is for other subjects of the news"}
	}
	if err != nil {
		refuse(w, err)
		return
	}
	s := f.cache.shelf(a)
	doc, err := s.document(r.Context(), f, a)
	if err != nil {
		if r.Context().Err() == nil {
			f.Log.Warn().Err(err).Str("feed", a.path(a.format)).Msg("a feed cannot be read")
		}
		refuse(w, err)
		return
	}
	f.cache.weigh()
	f.answer(w, r, a, doc)
}

func (f *Feeds) admit(w http.ResponseWriter, r *http.Request) (web.Reader, bool) {
	if f.Readers == nil {
		return web.Reader{}, true
	}
	return f.Readers.Admit(w, r)
}

// refuse tells an error: what is no refusal is the broker's, and passes.
func refuse(w http.ResponseWriter, err error) {
	var no refusal
	if errors.As(err, &no) {
		http.Error(w, no.text, no.code)
		return
	}
	w.Header().Set("Retry-After", "2")
	http.Error(w, "the news cannot be read at the moment: try again", http.StatusServiceUnavailable)
}
