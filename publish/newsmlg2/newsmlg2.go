// Package newsmlg2 writes stories as IPTC NewsML-G2.
package newsmlg2

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/outcopy"
)

// Namespace is that of every element of NewsML-G2.
const Namespace = "http://iptc.org/std/nar/2006-10-01/"

// Encode writes a story as a NewsML-G2 2.34 newsItem: text as inline XHTML, everything else by reference. lost names, by
// its ninjs path, what the format has no place for. A story without a URI, or with a body over the caps of HTML, is an
// error. Encode keeps no state and may be called concurrently.
func Encode(s wiredesk.Story) (doc []byte, lost []string, err error) {
	if s.Item.URI == "" {
		return nil, nil, errors.New("newsmlg2: a story without a URI cannot be written")
	}
	e := encoder{Story: s}
	item := &e.Item
	e.Open("newsItem", "xmlns", Namespace, "guid", item.URI, "version", item.Version, "standard", "NewsML-G2",
		"standardversion", "2.34", "conformance", "power", "xml:lang", item.Language)
	e.Empty("catalogRef", "href", "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml")
	e.hops()
	e.rights()
	e.itemMeta()
	e.contentMeta()
	if err := e.contentSet(); err != nil {
		return nil, nil, fmt.Errorf("newsmlg2: %s: %w", item.URI, err)
	}
	e.Close()
	e.without()
	return e.Document(), e.lost, nil
}

// EncodeArticle writes an article as [Encode] writes its story.
func EncodeArticle(a wiredesk.Article) (doc []byte, lost []string, err error) {
	return Encode(outcopy.Story(a))
}

type encoder struct {
	wiredesk.Story
	markup.Writer
	lost []string
}

func (e *encoder) lose(path string, is bool) {
	if is {
		e.lost = append(e.lost, path)
	}
}

// without names what NewsML-G2 has no place for.
func (e *encoder) without() {
	e.lose("eventDetails", len(e.Item.EventDetails) > 0)
	e.lose("plannedCoverage", len(e.Item.PlannedCoverage) > 0)
	e.lose("trustIndicators", len(e.Item.TrustIndicators) > 0)
	e.lose("notForPublication", e.NotForPublication != "")
	e.lose("partial", e.Partial)
	e.lose("representationType", e.Item.RepresentationType == "partial")
	e.lose("type", e.Item.Type == "planning" || e.Item.Type == "event")
	e.lose("orders", len(e.Orders) > 0)
}

// coded are the attributes of a concept: a literal with an alias is a qcode.
func coded(uri, literal string) []string {
	if _, _, ok := newscodes.Split(literal); ok && !strings.ContainsAny(literal, " /") {
		if newscodes.URI(literal) == uri {
			uri = ""
		}
		return []string{"qcode", literal, "uri", uri}
	}
	if code := newscodes.Code(uri); code != "" && literal == "" {
		return []string{"qcode", code}
	}
	return []string{"uri", uri, "literal", literal}
}

// concept writes an element for a coded or named thing.
func (e *encoder) concept(element, name string, attrs ...string) {
	if name == "" {
		e.Empty(element, attrs...)
		return
	}
	e.Open(element, attrs...)
	e.Leaf("name", name)
	e.Close()
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}
