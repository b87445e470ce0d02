package feed

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"time"
)

// document is a feed as it is sent.
type document struct {
	body, packed []byte // plain, and as gzip
	tag          string // of the body
	changed      time.Time
}

// selection is what one document shows.
type selection struct {
	entries []*entry
	deleted []*entry
}

// updated is when anything in the feed changed last; the beginning of the epoch where nothing is in it.
func (s selection) updated() time.Time {
	at := time.Unix(0, 0).UTC()
	for _, list := range [][]*entry{s.entries, s.deleted} {
		for _, e := range list {
			if e.updated.After(at) {
				at = e.updated
			}
		}
	}
	return at
}

// head is what every format says of the feed itself.
type head struct {
	title, self, base, software string
	hubs                        []string
}

func (h head) story(e *entry) string { return h.base + "/v1/stories/" + e.story }

// writer writes a feed in one format.
type writer func(head, selection) ([]byte, error)

// writers are the formats, by the ending of the address.
var writers = map[string]writer{"atom": writeAtom, "rss": writeRSS, "json": writeJSON}

// mediaTypes are those of the formats.
var mediaTypes = map[string]string{
	"atom": "application/atom+xml; charset=utf-8", "rss": "application/rss+xml; charset=utf-8", "json": "application/feed+json",
}

func render(f *Feeds, a ask, s selection, changed time.Time) (*document, error) {
	base := f.Base()
	h := head{title: a.title(), self: base + a.path(a.format), base: base, software: f.Software, hubs: f.Hubs}
	body, err := writers[a.format](h, s)
	if err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	sum := sha256.Sum256(body)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(body); err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	return &document{body: body, packed: packed.Bytes(), tag: hex.EncodeToString(sum[:12]), changed: changed}, nil
}

func marshalXML(root any) ([]byte, error) {
	body, err := xml.MarshalIndent(root, "", " ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), append(body, '\n')...), nil
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
