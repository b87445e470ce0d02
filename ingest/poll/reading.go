package poll

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// polled are the formats that a feed may have without naming its format. Whatever else an address answers with, an error
// page in HTML above all, is no story.
var polled = []string{"rss", "atom", "jsonfeed"}

// item is one story of a document, or one that could not be read.
type item struct {
	raw   wiredesk.Raw
	key   string // identity, as the parser decided it
	print string // of what a reader would see
	id    string // as the feed gave it
	link  string // without trackers; empty where it does not tell stories apart
	like  sketch
	head  string
	at    time.Time
	fault error
}

// reader reads the documents of one feed.
type reader struct {
	feed   wiredesk.Raw // what is known of each of its documents
	reader *ingest.Reader
}

func newReader(o *Options, address *url.URL) *reader {
	formats := o.Formats
	if o.Format == "" || o.Format == "auto" {
		formats = slices.DeleteFunc(slices.Clone(formats), func(f wiredesk.Format) bool { return !slices.Contains(polled, f.Name) })
	}
	return &reader{
		feed:   wiredesk.Raw{Feed: o.Feed, Provider: o.Provider, Via: "poll", Name: shown(address), Format: o.Format, House: o.House},
		reader: ingest.NewReader(formats, 0),
	}
}

// read takes a document apart, the oldest item first. A document that is no feed is an error; one without items is not.
func (r *reader) read(doc []byte, mediaType string, now time.Time) ([]item, error) {
	raw := r.feed
	raw.Bytes, raw.MediaType, raw.Charset, raw.Received = doc, mediaType, parameter(mediaType), now.UTC()
	reading, err := r.reader.Read(raw)
	raw.Format = reading.Format
	if (err != nil || len(reading.Parts) == 1 && len(reading.Parts[0].Stories) == 0) && r.empty(raw) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the document is no feed that can be read: %w", first(err))
	}
	items := make([]item, 0, len(reading.Parts))
	for _, p := range reading.Parts {
		items = append(items, itemOf(p))
	}
	if good := slices.ContainsFunc(items, func(i item) bool { return i.fault == nil }); !good {
		return nil, fmt.Errorf("none of the %d items can be read: %w", len(items), first(items[0].fault))
	}
	if !items[0].at.Before(items[len(items)-1].at) {
		slices.Reverse(items) // as most feeds are: the newest first
	}
	return items, nil
}

// first is the first fault alone; a page has one for every tag.
func first(err error) error {
	if faults := wiredesk.Faults(err); len(faults) > 0 {
		return faults[0]
	}
	return err
}

// empty says whether a document is a whole feed that holds nothing.
func (r *reader) empty(raw wiredesk.Raw) bool {
	switch raw.Format {
	case "jsonfeed":
		top, _, _, err := strictjson.Document(raw)
		items := top.Get("items")
		return err == nil && items != nil && items.Kind == strictjson.Array && len(items.Items) == 0
	case "rss", "atom":
		stories, err := r.reader.Parse(raw)
		return len(stories) == 0 && err != nil && strings.HasSuffix(first(err).Error(), ": no story in it") && closed(raw.Bytes)
	}
	return false
}

// closed says whether a document ends with the end of its root.
func closed(doc []byte) bool {
	end := doc[max(0, bytes.LastIndex(doc, []byte("</"))):]
	for _, root := range []string{"rss", "RDF", "feed", "channel"} {
		if bytes.Contains(end, []byte(root)) && bytes.HasPrefix(end, []byte("</")) {
			return true
		}
	}
	return false
}

func itemOf(p ingest.Part) item {
	it := item{raw: p.Raw, fault: p.Err}
	if len(p.Stories) == 0 {
		it.key = wiredesk.ShortHash("unread", string(itself(p.Raw.Bytes)))
		return it
	}
	it.fault = nil
	var keys, prints []string
	for i := range p.Stories {
		keys, prints = append(keys, p.Stories[i].Item.URI), append(prints, fingerprint(p.Stories[i]), p.Stories[i].Item.Version)
	}
	it.key, it.print = wiredesk.ShortHash(keys...)[:16], wiredesk.ShortHash(prints...)[:16]
	s := &p.Stories[0]
	it.at = s.Item.VersionCreated
	for _, alt := range s.Item.AltIDs {
		switch alt.Role {
		case "guid":
			it.id = alt.Value
		case "link":
			it.link = telling(alt.Value)
		}
	}
	headline := s.Item.Headline()
	it.like, it.head = sketchOf(strings.TrimPrefix(s.Text, headline)), heading(headline)
	return it
}

var query = regexp.MustCompile(`\?[^"'\s<>]*`)

// fingerprint is a story's own, without the queries of the addresses in its markup: some houses put a new number into
// them at every look.
func fingerprint(s wiredesk.Story) string {
	s.Item.Bodies = slices.Clone(s.Item.Bodies)
	for i := range s.Item.Bodies {
		s.Item.Bodies[i].Value = query.ReplaceAllString(s.Item.Bodies[i].Value, "?")
	}
	return s.Fingerprint()
}

// itself is the item's own bytes, without what the feed says around it and changes with every look.
func itself(part []byte) []byte {
	for _, mark := range []string{"<item", "<entry", `"items"`} {
		if i := bytes.LastIndex(part, []byte(mark)); i >= 0 {
			return part[i:]
		}
	}
	return part
}

// telling is a link without trackers, as a short hash; empty where it leads to a whole site, which tells nothing apart.
func telling(link string) string {
	link, _ = entry.Canonical(strings.TrimSpace(link))
	u, err := url.Parse(link)
	if err != nil || u.Host == "" || strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
		return ""
	}
	return wiredesk.ShortHash(link)[:16]
}

// byLink reads an item again, now by its link or its words: its id has been seen on other stories.
func (r *reader) byLink(it item) (item, bool) {
	text, _, _, err := charset.Decode(it.raw.Bytes, it.raw.Charset)
	if err != nil {
		return it, false
	}
	return r.again(it, entry.AsReused([]byte(text)))
}

// byID reads an item again, now by its id, although the document gives that to others as well: it was known by it before.
func (r *reader) byID(it item) (item, bool) {
	plain, ok := entry.AsOwn(it.raw.Bytes)
	if !ok {
		return it, false
	}
	return r.again(it, plain)
}

func (r *reader) again(it item, part []byte) (item, bool) {
	raw := it.raw
	raw.Bytes, raw.Charset = part, "utf-8"
	stories, err := r.reader.Parse(raw)
	if len(stories) == 0 {
		return it, false
	}
	return itemOf(ingest.Part{Raw: raw, Stories: stories, Err: err}), true
}
