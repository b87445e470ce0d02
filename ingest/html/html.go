// Package html reads the page of a news article: first what the page says of itself in schema.org's words (JSON-LD and
// microdata), then in OpenGraph's, then in its title and meta elements; the text is the declared body, or the part of the
// page that reads like one. Nothing is fetched and no script runs.
package html

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/looks"
	"github.com/wiredesk/wiredesk/internal/markup"
)

const name = "html"

// Sniff scores the head of a document: a DOCTYPE of HTML or an html element, or an article's markup sent as a fragment.
func Sniff(head []byte) (int, string) {
	if bytes.IndexByte(head, '<') < 0 {
		return 0, "no element"
	}
	low := bytes.ToLower(bytes.TrimLeft(bytes.ReplaceAll(head, []byte{0}, nil), " \t\r\n\ufeff"))
	root, _ := looks.Root(low)
	switch {
	case bytes.HasPrefix(low, []byte("<!doctype html")) && root != "rss" && root != "feed":
		return 85, "a DOCTYPE of HTML opens it"
	case root == "html":
		return 85, "the root element is <html>"
	case bytes.Contains(low[:min(len(low), 4096)], []byte("application/ld+json")):
		return 70, "it holds JSON-LD in a script element"
	}
	switch root {
	case "head", "body", "article", "div", "p", "main", "section", "h1":
		return 55, "it opens with <" + root + ">, an element of HTML"
	}
	return 0, "it does not open as HTML does"
}

// foreign is what a document is that is plainly something else: JSON, or XML with a root of its own.
func foreign(text string) string {
	start := strings.TrimSpace(text[:min(len(text), 4096)])
	root, _ := looks.Root([]byte(start))
	switch strings.ToLower(root) {
	case "rss", "rdf", "feed", "nitf", "newsml", "newsmessage", "newsitem", "packageitem":
		return looks.Like(start)
	}
	if start != "" && (start[0] == '{' || start[0] == '[') && json.Valid([]byte(text)) {
		return "JSON"
	}
	return ""
}

// Parse reads a page as one story, known by its canonical address; a page that names none is known by what it says, or by
// the address the sender gives. It fails on a page without a headline and a text.
func Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	text, repairs, err := draft.Text(raw)
	if err != nil {
		return nil, err
	}
	if what := foreign(text); what != "" {
		return nil, wiredesk.Faultf(1, 1, "this is %s, and not a page of HTML", what)
	}
	root, err := markup.ParseHTML(text)
	if err != nil {
		return nil, wiredesk.Faultf(1, 1, "%s", err)
	}
	p := read(root)
	e := p.entry(root)
	if e.Link == "" {
		e.Link = raw.URI
	}
	if e.Title == "" && e.Content == "" && e.Tree == nil {
		return nil, wiredesk.Faultf(1, 1, "no article in this page: it has neither a headline nor paragraphs of text")
	}
	s, err := e.Story(raw, name, entry.Channel{}, repairs)
	if err != nil {
		return nil, err
	}
	p.rest(&s)
	return []wiredesk.Story{s}, nil
}

// entry joins what the page says of itself, the surest first.
func (p *page) entry(root *markup.Node) *entry.Entry {
	e := &entry.Entry{
		Link:      p.address(),
		Title:     first(p.article.text("headline"), p.article.text("name"), p.item["headline"], p.meta["og:title"], p.heading, p.meta["twitter:title"], p.title),
		Summary:   markup.Escape(first(p.article.text("description"), p.meta["og:description"], p.meta["description"], p.meta["twitter:description"])),
		Published: first(p.article.text("datePublished"), p.item["datepublished"], p.meta["article:published_time"], p.meta["parsely-pub-date"], p.meta["dc.date"], p.meta["date"]),
		Updated:   first(p.article.text("dateModified"), p.item["datemodified"], p.meta["article:modified_time"], p.meta["og:updated_time"]),
		Expires:   first(p.article.text("expires"), p.meta["article:expiration_time"]),
		Authors:   p.authors(),
		Language:  strings.ReplaceAll(first(p.article.text("inLanguage"), p.lang, p.meta["og:locale"]), "_", "-"),
		Rights:    first(p.article.text("copyrightNotice"), p.meta["copyright"]),
		Publisher: first(p.article.text("creditText"), p.article.name("publisher"), p.meta["og:site_name"]),
		Place:     p.article.name("contentLocation"),
		Media:     p.pictures(),
	}
	e.Agency, e.AgencyURI = p.article.name("sourceOrganization"), ""
	e.Tags = p.tags()
	if id := p.article.text("identifier"); id != "" {
		e.IDs = append(e.IDs, wiredesk.AltID{Role: "identifier", Value: id})
	}
	if body := p.article.text("articleBody"); len(body) >= minBody {
		e.Content = markup.Escape(body)
		return e
	}
	e.Tree = body(root)
	return e
}

// rest sets what an entry of a feed has no word for.
func (p *page) rest(s *wiredesk.Story) {
	s.Dateline = p.article.text("dateline")
	if sub := p.article.text("alternativeHeadline"); sub != "" && sub != s.Item.Headline() {
		s.Item.Headlines = append(s.Item.Headlines, wiredesk.Content{Role: "sub", ContentType: "text/plain", Value: markup.OneLine(sub)})
	}
	if said := first(p.article.text("correction"), p.article.name("correction")); said != "" {
		s.Correction = true
		s.Item.EdNote = strings.TrimSpace(s.Item.EdNote + "\n" + said)
	}
	if s.Item.Version == "" {
		s.Item.Version = p.article.text("version")
	}
	s.Item.CopyrightHolder = p.article.name("copyrightHolder")
	if s.Item.UsageTerms == "" {
		s.Item.UsageTerms = p.article.text("usageInfo")
	}
	if licence := p.article.text("license"); markup.SafeLink(licence) {
		s.Item.RightsInfo = &wiredesk.RightsInfo{LinkedRights: licence}
	}
	switch {
	case p.article.is("AdvertiserContentArticle"):
		s.NotForPublication = "advertisement"
	case p.article.is("SatiricalArticle"):
		s.NotForPublication = "satire"
	}
}

func first(all ...string) string {
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}
