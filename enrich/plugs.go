package enrich

import (
	"fmt"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/dateline"
	"github.com/wiredesk/wiredesk/enrich/language"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/enrich/structure"
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
	}
}

// NewLexicon builds the one table of words that all enrichers of the chain read, and the operator's own entries.
func NewLexicon(own ...[]lexicon.Entry) (*lexicon.Lexicon, error) {
	l, err := lexicon.Standard(own...)
	if err != nil {
		return nil, fmt.Errorf("enrich: %w", err)
	}
	return l, nil
}
