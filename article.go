package wiredesk

import "time"

// Events of a revision: what this version means to who has the earlier ones.
const (
	EventNew        = "new"
	EventUpdate     = "update"
	EventCorrection = "correction"
	EventKill       = "kill"
	EventWithhold   = "withhold"
	EventRelease    = "release"
	EventEmbargo    = "embargo"
)

// Article is one revision of a story, enriched: what subscribers get. Spans index Text in UTF-8 bytes, half open.
type Article struct {
	Item     Item     `json:"item"`
	Provider string   `json:"provider"`
	Feed     string   `json:"feed"`
	Receipt  string   `json:"receipt"`
	Original Original `json:"original"`

	Story    string    `json:"story"`
	Revision int       `json:"revision"` // ours: 1, 2, 3 … for every accepted version
	Event    string    `json:"event"`
	Reason   string    `json:"reason,omitempty"`  // why it was decided so
	Changed  bool      `json:"changed,omitempty"` // the sender gave other content under the same version
	Previous *Previous `json:"previous,omitempty"`

	Publishable       bool   `json:"publishable"`
	NotForPublication string `json:"notForPublication,omitempty"`

	Text       string   `json:"text"`
	Kicker     *Span    `json:"kicker,omitempty"`
	Headline   *Span    `json:"headline,omitempty"`
	Dateline   *Line    `json:"dateline,omitempty"`
	Byline     *Named   `json:"byline,omitempty"`
	Sections   []Part   `json:"sections,omitempty"`
	Credit     string   `json:"credit,omitempty"`
	Signals    []string `json:"signals,omitempty"`
	Keywords   []string `json:"keywords,omitempty"`
	Languages  []Tongue `json:"languages,omitempty"` // of each section, where they differ from Item.Language
	Alert      string   `json:"alert,omitempty"`     // flash, bulletin, urgent
	Supersedes string   `json:"supersedes,omitempty"`

	Attributions  []Attribution `json:"attributions"`
	Quotes        []Quote       `json:"quotes,omitempty"`
	Topics        []Topic       `json:"topics,omitempty"`
	Places        []Place       `json:"places,omitempty"`
	People        []Named       `json:"people,omitempty"`
	Organisations []Named       `json:"organisations,omitempty"`
	Related       []Relation    `json:"related,omitempty"`

	// Audience is every facet value that any revision of the story went to, as "facet.value": a later revision, a
	// kill above all, goes to all of them.
	Audience []string `json:"audience,omitempty"`

	Missing []string `json:"missing,omitempty"` // enrichers that failed or ran out of time; the copy moved on
	Repairs []string `json:"repairs,omitempty"`
	Hops    []Hop    `json:"hops,omitempty"`
}

// Original describes the bytes as they came; the bytes themselves are in RAW.
type Original struct {
	SHA256    string `json:"sha256"`
	MediaType string `json:"mediaType,omitempty"`
	Format    string `json:"format"`
	Bytes     int    `json:"bytes"`
}

// Previous is the revision this one follows.
type Previous struct {
	Revision int    `json:"revision"`
	Version  string `json:"version,omitempty"`
	// Published is the newest revision before this one that went to subscribers; 0 if none did.
	Published int `json:"published,omitempty"`
}

// Span is a stretch of Text in UTF-8 bytes, half open. It never cuts a character.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// In is the surface of the span in the text.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Empty says whether the span covers nothing.
func (s Span) Empty() bool { return s.End <= s.Start }

// Overlaps says whether two spans share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Covers says whether o lies within s.
func (s Span) Covers(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Line is a dateline found in the text.
type Line struct {
	Span
	City    string   `json:"city,omitempty"`
	Country string   `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Date    string   `json:"date,omitempty"`    // as ISO 8601, without a year where the text states none: "--06-14"
	Credits []string `json:"credits,omitempty"` // outlet ids
}

// Named is a name and where it stands.
type Named struct {
	Name string `json:"name"`
	ID   string `json:"id,omitempty"`
	Span
}

// Part is a section of the text: a stretch under one head. The first has no title.
type Part struct {
	Title string `json:"title"`
	Span
}

// Tongue is the language of a stretch of text, as a BCP 47 tag.
type Tongue struct {
	Language string `json:"language"`
	Span
}

// Roles of an attribution.
const (
	RoleOrigin      = "origin"       // whose copy this is: dateline credit, sign-off
	RoleCited       = "cited_outlet" // an outlet the text leans on: "according to TASS"
	RoleVenue       = "venue"        // where it was said: "told Reuters"
	RoleSpeaker     = "speaker"
	RoleDocument    = "document" // a communiqué, a report
	RoleByline      = "byline"
	RoleAffiliation = "affiliation" // "MSNBC host X said"
	RolePoll        = "poll"        // "Reuters/Ipsos poll"
)

// Attribution is one link of a chain of credit: who, by which words, for which part of the text.
type Attribution struct {
	ID      string  `json:"id"`
	Role    string  `json:"role"`
	Source  Source  `json:"source"`
	Cue     *Cue    `json:"cue,omitempty"`
	Content []Span  `json:"content,omitempty"` // may be discontinuous
	Speech  string  `json:"speech,omitempty"`  // direct, indirect, mixed, none
	Parent  string  `json:"parent,omitempty"`  // the outer link: Putin stressed, according to TASS
	Scope   string  `json:"scope,omitempty"`   // headline, sentence, paragraph, section, article
	Guess   string  `json:"inferredScope,omitempty"`
	Via     string  `json:"via,omitempty"` // communiqué, interview, post
	By      string  `json:"resolvedBy,omitempty"`
	Score   float64 `json:"confidence"`
	// Rules are the names of the rules that fired: every answer explains itself.
	Rules []string `json:"rules,omitempty"`
}

// Source is who an attribution credits. ID is empty when unresolved, and never guessed.
type Source struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Span
}

// Cue is the words that credit.
type Cue struct {
	Type string `json:"type"` // verb, prep_front, prep_tail, verb_medial, headline_colon_prefix, headline_colon_suffix, paren, slash, dateline, signoff, continuation
	Span
}

// Quote is a stretch in quotation marks and the attribution that carries it, where one does.
type Quote struct {
	Span
	Attribution string `json:"attribution,omitempty"`
}

// Topic is an IPTC Media Topic with what in the text speaks for it.
type Topic struct {
	Code     string  `json:"code"` // medtop:20000640
	Name     string  `json:"name"`
	Score    float64 `json:"score"`
	Evidence []Span  `json:"evidence,omitempty"`
}

// Place is a place the text names.
type Place struct {
	Name    string `json:"name"`
	Country string `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Span
}

// Relation links this story to another.
type Relation struct {
	Story    string  `json:"story"`
	URI      string  `json:"uri,omitempty"`
	Relation string  `json:"relation"` // duplicate, reprint, excerpt, update, take, rewrite
	Score    float64 `json:"score"`
}

// Hop is one station on the way, for provenance.
type Hop struct {
	Stage    string    `json:"stage"`
	At       time.Time `json:"at"`
	By       string    `json:"by,omitempty"`
	Software string    `json:"software,omitempty"`
}

// Held says that no subscriber may see this revision: an embargo, or withheld.
func (a *Article) Held() bool { return a.Event == EventEmbargo || a.Event == EventWithhold }
