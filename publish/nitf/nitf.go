// Package nitf writes stories as NITF 3.6.
package nitf

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/outcopy"
)

// Namespace is that of every element of NITF.
const Namespace = "http://iptc.org/std/NITF/2006-10-18/"

// Encode writes a story as an NITF document. lost names, by its ninjs path, what the format has no place for: it holds
// one text, into which all bodies go, and no confidence, no roles of sources. A story without a URI, or with a body over the caps of HTML, is an
// error. Encode keeps no state and may be called concurrently.
func Encode(s wiredesk.Story) (doc []byte, lost []string, err error) {
	if s.Item.URI == "" {
		return nil, nil, errors.New("nitf: a story without a URI cannot be written")
	}
	e := encoder{Story: s}
	e.Open("nitf", "xmlns", Namespace, "version", "-//IPTC//DTD NITF 3.6//EN", "xml:lang", e.Item.Language)
	e.head()
	if err := e.body(); err != nil {
		return nil, nil, fmt.Errorf("nitf: %s: %w", s.Item.URI, err)
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

// without names what NITF has no place for.
func (e *encoder) without() {
	i := &e.Item
	e.lose("eventDetails", len(i.EventDetails) > 0)
	e.lose("plannedCoverage", len(i.PlannedCoverage) > 0)
	e.lose("trustIndicators", len(i.TrustIndicators) > 0)
	e.lose("digitalSourceType", i.DigitalSourceType != nil)
	e.lose("rightsInfo", i.RightsInfo != nil)
	e.lose("renditions", len(i.Renditions) > 0)
	e.lose("events", len(i.Events) > 0)
	e.lose("contentCreated", !i.ContentCreated.IsZero())
	e.lose("notForPublication", e.NotForPublication != "")
	e.lose("evolvedFrom", e.EvolvedFrom != "")
	e.lose("partial", e.Partial)
	e.lose("representationType", i.RepresentationType == "partial")
	e.lose("type", i.Type != "" && i.Type != "text")
	e.lose("kicker", e.Kicker != "")
	e.lose("orders", len(e.Orders) > 1)
}

// head writes what stands above the text: the data of the document, and in meta elements what NITF has no element for.
func (e *encoder) head() {
	e.Open("head")
	e.Leaf("title", e.title())
	e.Leaf("meta", "", "name", metaIf("slug", e.Item.Slugline), "content", e.Item.Slugline)
	for _, id := range e.Item.AltIDs {
		if id.Role != "du-key" && id.Role != "fixture" {
			e.Empty("meta", "name", "altid:"+id.Role, "content", id.Value)
		}
	}
	for _, s := range e.Signals {
		e.Empty("meta", "name", "signal", "content", s)
	}
	e.tobject()
	e.docdata()
	words := 0
	for _, b := range e.Item.Bodies {
		words += b.WordCount
	}
	if words > 0 {
		e.Empty("pubdata", "item-length", strconv.Itoa(words), "unit-of-measure", "word")
	}
	if f := e.Item.FirstCreated; !f.IsZero() && f.Before(e.Item.VersionCreated) {
		e.Empty("revision-history", "norm", moment(f))
	}
	e.Close()
}

func metaIf(name, content string) string {
	if content == "" {
		return ""
	}
	return name
}

func (e *encoder) title() string {
	if e.Item.Title != "" {
		return e.Item.Title
	}
	return e.Item.Headline()
}

// moment is a time as NITF writes it: ISO 8601, basic.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("20060102T150405Z0700")
}

func (e *encoder) docdata() {
	i := &e.Item
	status := e.status()
	other, order := "", ""
	if len(e.Orders) > 0 {
		other, order = e.Orders[0].URI, e.Orders[0].Status
	}
	e.Open("docdata", "management-status", status, "management-doc-idref", other, "management-idref-status", order)
	if e.Correction {
		e.Empty("correction", "id-string", i.URI)
	}
	e.Empty("doc-id", "id-string", i.URI)
	if i.Urgency > 0 {
		e.Empty("urgency", "ed-urg", strconv.Itoa(i.Urgency))
	}
	e.Leaf("date.issue", "", "norm", moment(i.VersionCreated))
	e.Leaf("date.release", "", "norm", moment(i.EmbargoedUntil))
	e.Leaf("date.expire", "", "norm", moment(i.Expires))
	e.keys()
	for line := range strings.SplitSeq(i.EdNote, "\n") {
		e.Leaf("ed-msg", "", "info", line)
	}
	e.sources()
	e.identified()
	e.Close()
}

// status is the status in NITF's words, which have one for an embargo.
func (e *encoder) status() string {
	if e.Item.Status() == wiredesk.Usable && (e.EmbargoUnknown || !e.Item.EmbargoedUntil.IsZero()) {
		return "embargoed"
	}
	return e.Item.Status()
}

// keys writes the version and the identifiers that NITF has elements for.
func (e *encoder) keys() {
	key := ""
	for _, id := range e.Item.AltIDs {
		switch id.Role {
		case "du-key":
			key = id.Value
		case "fixture":
			e.Empty("fixture", "fix-id", id.Value)
		}
	}
	e.Leaf("du-key", "", "key", key, "generation", e.Item.Version)
	if len(e.Keywords) > 0 {
		e.Open("key-list")
		for _, k := range e.Keywords {
			e.Empty("keyword", "key", k)
		}
		e.Close()
	}
}
