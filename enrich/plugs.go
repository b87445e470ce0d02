package enrich

import (
	"fmt"
	"slices"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/alert"
	"github.com/wiredesk/wiredesk/enrich/attribution"
	"github.com/wiredesk/wiredesk/enrich/dateline"
	"github.com/wiredesk/wiredesk/enrich/language"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/enrich/people"
	"github.com/wiredesk/wiredesk/enrich/places"
	"github.com/wiredesk/wiredesk/enrich/related"
	"github.com/wiredesk/wiredesk/enrich/structure"
	"github.com/wiredesk/wiredesk/enrich/topics"
)

// Enrichers is the chain, in order: a later enricher may read what an earlier one found. One line each.
func Enrichers() []Enricher {
	return []Enricher{
		{"structure", structure.Enrich, func(to, from *wiredesk.Article) {
			to.Kicker, to.Headline, to.Sections, to.Byline = from.Kicker, from.Headline, from.Sections, from.Byline
		}},
		{"language", language.Enrich, func(to, from *wiredesk.Article) {
			to.Item.Language, to.Languages, to.Repairs = from.Item.Language, from.Languages, from.Repairs
		}},
		{"dateline", dateline.Enrich, func(to, from *wiredesk.Article) { to.Dateline = from.Dateline }},
		{"attribution", attribution.Enrich, func(to, from *wiredesk.Article) {
			to.Attributions, to.Quotes = from.Attributions, from.Quotes
		}},
		{"alert", alert.Enrich, func(to, from *wiredesk.Article) { to.Alert = from.Alert }},
		{"people", people.Enrich, func(to, from *wiredesk.Article) {
			to.People, to.Organisations = from.People, from.Organisations
		}},
		{"places", places.Enrich, func(to, from *wiredesk.Article) { to.Places = from.Places }},
		{"topics", topics.Enrich, func(to, from *wiredesk.Article) { to.Topics = from.Topics }},
	}
}

// Related is the last line of the chain: it links a story to those that the index knows.
func Related(x *related.Index) Enricher {
	return Enricher{"related", x.Enrich, func(to, from *wiredesk.Article) { to.Related = from.Related }}
}

// tables are the words of the enrichers, one line each.
var tables = []func() ([]lexicon.Entry, error){alert.Terms, places.Terms, people.Terms, topics.Terms}

// NewLexicon builds the one table of words that all enrichers of the chain read, and the operator's own entries.
func NewLexicon(own ...[]lexicon.Entry) (*lexicon.Lexicon, error) {
	all := slices.Clone(own)
	for _, terms := range tables {
		entries, err := terms()
		if err != nil {
			return nil, fmt.Errorf("enrich: %w", err)
		}
		all = append(all, entries)
	}
	l, err := lexicon.Standard(all...)
	if err != nil {
		return nil, fmt.Errorf("enrich: %w", err)
	}
	return l, nil
}
