// Package entry turns an entry of a syndication feed into a story. RSS and Atom say the same things in other words;
// what they mean, and what to make of their bad habits, is decided here once.
package entry

import (
	"encoding/json"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

// Entry is what a feed says of one story, in the feed's own spelling. Addresses are absolute where the feed allows it.
type Entry struct {
	At     int    // where it begins in the document, in bytes
	ID     string // guid or id
	Link   string
	Reused bool // the document gives the same ID to other stories

	Title     string
	Content   string       // the text: HTML or plain
	Within    *markup.Node // the element that the text stands in, by which its relative addresses are resolved; may be nil
	Tree      *markup.Node // the text where it is markup of the document itself; it wins over Content
	Summary   string
	Published string
	Updated   string
	Expires   string
	Authors   []string
	Helpers   []string // who added to it: the writers where no author is named
	Language  string
	Rights    string
	Publisher string
	Agency    string // who the feed says the story is from, RSS's source
	AgencyURI string
	Tags      []Tag
	Media     []Media
	Point     string // georss: latitude and longitude
	Place     string
	Draft     string // why it is not published yet, in the sender's word
	Signal    string // what the feed's habits say of the text
	Urgency   string // in the sender's word or number
	Note      string // to editors
	Broken    string // why the entry cannot be read; then nothing else is set
	Deleted   bool   // the sender took the story with this ID back
	Picture   bool   // the entry is a picture, not a text
	IDs       []wiredesk.AltID
}

// Tag is a category of an entry: a word, and where the feed names it, the scheme it is from.
type Tag struct{ Term, Scheme, Label string }

// Channel is what a feed says of all its entries.
type Channel struct {
	Title, Home, Language, Rights string
}

// Story makes the story. The error is a fault of the entry's text.
func (e *Entry) Story(raw wiredesk.Raw, format string, ch Channel, repairs []string) (wiredesk.Story, error) {
	d := draft.New(raw, format, repairs)
	d.Item.Type = "text"
	d.EdNote(e.Note)
	if e.Deleted {
		return e.kill(d, raw)
	}
	if e.Picture {
		d.Item.Type = "picture"
	}
	d.Headline("main", e.Title)
	e.absolute(ch.Home)
	if err := e.text(d); err != nil {
		return wiredesk.Story{}, wiredesk.Faultf(1, 1, "%s", err)
	}
	e.identity(d, raw, ch)
	e.times(d)
	e.people(d)
	d.Item.Language = first(e.Language, ch.Language)
	d.Item.CopyrightNotice = first(e.Rights, ch.Rights)
	d.Credit = e.Publisher
	d.Urgency(rank(e.Urgency))
	d.Signal(e.Signal)
	e.tags(d, raw.Provider)
	d.Item.Associations = associations(raw.Provider, append(e.Media, e.images()...))
	e.place(d)
	if e.Draft != "" {
		d.NotForPublication = "draft"
		d.Original("pubStatus", e.Draft)
	}
	return d.Finish()
}

// Stories makes the stories of a document's entries, once it is known which ids stand for several, and the faults of
// those that cannot be read, with their places.
func Stories(entries []*Entry, text string, story func(*Entry) (wiredesk.Story, error)) ([]wiredesk.Story, []error) {
	Compare(entries)
	places := Places{Text: text}
	stories := make([]wiredesk.Story, 0, len(entries))
	var faults []error
	for _, e := range entries {
		if e.Broken != "" {
			faults = append(faults, places.Fault(e.At, e.Broken))
			continue
		}
		s, err := story(e)
		if err != nil {
			faults = append(faults, places.Fault(e.At, wiredesk.Faults(err)[0].Reason))
			continue
		}
		stories = append(stories, s)
	}
	return stories, faults
}

// kill takes back the story that has the id. The id alone names it, as it names an entry.
func (e *Entry) kill(d *draft.Draft, raw wiredesk.Raw) (wiredesk.Story, error) {
	if e.ID == "" {
		return wiredesk.Story{}, wiredesk.Faultf(1, 1, "a tombstone that names no entry: the attribute ref is missing (RFC 6721, section 3)")
	}
	id := Identity(e.ID, "", "", false)
	d.Item.URI, d.Item.PubStatus = ninjs.URI(raw.Provider, id.URI), wiredesk.Canceled
	d.AltID("guid", e.ID)
	d.Item.VersionCreated = d.Time("versionCreated", e.Updated)
	d.Original("pubStatus", "at:deleted-entry")
	return d.Finish()
}

func (e *Entry) times(d *draft.Draft) {
	d.Item.FirstCreated = d.Time("firstCreated", e.Published)
	d.Item.VersionCreated = d.Time("versionCreated", e.Updated)
	if d.Item.VersionCreated.IsZero() {
		d.Item.VersionCreated = d.Item.FirstCreated
	}
	d.Item.Expires = d.Time("expires", e.Expires)
}

func (e *Entry) people(d *draft.Draft) {
	var names []string
	writers := e.Authors
	if len(writers) == 0 {
		writers = e.Helpers
	}
	for _, a := range writers {
		if n := Person(a); n != "" && (len(names) == 0 || names[len(names)-1] != n) {
			names = append(names, n)
		}
	}
	d.Item.By = strings.Join(names, ", ")
	if e.Agency != "" || e.AgencyURI != "" {
		d.InfoSource("", draft.Coded{Name: first(e.Agency, e.AgencyURI), URI: e.AgencyURI})
	}
}

func (e *Entry) tags(d *draft.Draft, provider string) {
	for _, t := range e.Tags {
		term, label := strings.TrimSpace(t.Term), strings.TrimSpace(t.Label)
		if better, ok := charset.Unescape(term); ok && label == "" {
			term = better
		}
		switch {
		case term == "":
		case t.Scheme == "" && label == "":
			d.Keyword(term)
		case strings.HasPrefix(term, "medtop:") || strings.HasPrefix(term, "subj:"):
			d.Subject(draft.Coded{QCode: term, Name: label})
		default:
			d.Keywords = append(d.Keywords, first(label, term))
			d.Subject(draft.Coded{Literal: first(t.Scheme, provider) + ":" + term, Name: first(label, term)})
		}
	}
}

// place reads georss: a point of latitude and longitude becomes GeoJSON, which has them the other way round.
func (e *Entry) place(d *draft.Draft) {
	p := wiredesk.Party{Name: e.Place}
	if f := strings.FieldsFunc(e.Point, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' }); len(f) == 2 {
		lat, lon := json.Number(f[0]), json.Number(f[1])
		if degrees(lat, 90) && degrees(lon, 180) {
			p.GeoJSON = json.RawMessage(`{"type":"Point","coordinates":[` + lon.String() + `,` + lat.String() + `]}`)
		}
	}
	if p.Name != "" || p.GeoJSON != nil {
		d.Item.Places = append(d.Item.Places, p)
	}
}

func degrees(n json.Number, limit float64) bool {
	f, err := n.Float64()
	return err == nil && f >= -limit && f <= limit && json.Valid([]byte(n))
}

// identity sets the URI by [Identity], and keeps what the sender calls the story.
func (e *Entry) identity(d *draft.Draft, raw wiredesk.Raw, ch Channel) {
	id := Identity(e.ID, e.Link, ch.Home, e.Reused, d.Item.Headline(), e.Published, e.Content, e.Summary)
	d.Item.URI, d.Item.Version = ninjs.URI(raw.Provider, id.URI), id.Version
	for _, r := range id.Repairs {
		d.Repair("%s", r)
	}
	d.AltID("guid", e.ID)
	d.AltID("link", e.Link)
	for _, a := range e.IDs {
		d.AltID(a.Role, a.Value)
	}
}

func first(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}
