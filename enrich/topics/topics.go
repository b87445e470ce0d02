// Package topics says what a text is about, as IPTC Media Topics: weighted terms speak for a topic, more in the
// headline and the lead than further down; what speaks for a topic speaks for those above it.
package topics

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

const (
	inTitle, inHead, inLead, inBody = 3, 2, 2, 1 // how often a mention counts, by place

	enough     = 2.0  // points that make a topic
	perToken   = 4000 // tokens of a text that double what is enough: long texts mention much
	mostLeaves = 6    // topics beside those above them
	ofTop      = 0.12 // of the best topic's points, the least that others need
	ofSibling  = 0.34 // the same among topics with one parent
	halfSure   = 2.0  // points at which the score is one half
	mostSpans  = 8    // of evidence for one topic
	passedUp   = 0.5  // of a topic's points, what its parent gets
	leadBytes  = 700  // of the body
)

// Enrich fills Article.Topics: at most six topics with the spans that speak for them, each followed by those above
// it up to the top level, best first. It reads Article.Headline, Sections, Dateline and Item.Language where they are
// known, and takes time linear in the number of hits.
func Enrich(_ context.Context, v *lexicon.View, a *wiredesk.Article) error {
	t, err := load()
	if err != nil {
		return err
	}
	p := newPolling(t, v, a)
	p.poll()
	p.passUp()
	a.Topics = p.result()
	return nil
}

// polling is the points of one text.
type polling struct {
	table  *table
	v      *lexicon.View
	zones  zones
	langs  []string
	terms  map[int32]mentions
	points []float64 // by topic, its own terms
	total  []float64 // with those of the topics below
	seen   []int     // topics with points of their own
	spans  map[int][]wiredesk.Span
}

// mentions are how often a term stands in the text, weighted by place.
type mentions struct {
	term
	n float64
}

func newPolling(t *table, v *lexicon.View, a *wiredesk.Article) *polling {
	return &polling{
		table: t, v: v, zones: zonesOf(v, a), langs: languages(a),
		terms: map[int32]mentions{}, spans: map[int][]wiredesk.Span{},
		points: make([]float64, len(t.topics)), total: make([]float64, len(t.topics)),
	}
}

// languages are those whose terms in Latin letters count; nil where any may.
func languages(a *wiredesk.Article) []string {
	base, _, _ := strings.Cut(strings.ToLower(a.Item.Language), "-")
	if !slices.Contains(columns, base) {
		return nil
	}
	langs := []string{base}
	for _, l := range a.Languages {
		other, _, _ := strings.Cut(l.Language, "-")
		langs = append(langs, other)
	}
	return langs
}

// spoken says whether a term belongs to a language of the text; other scripts speak for themselves.
func (p *polling) spoken(e *lexicon.Entry) bool {
	switch e.Lang {
	case "", "ar", "ru", "fa", "zh":
		return true
	}
	return p.langs == nil || slices.Contains(p.langs, e.Lang)
}

func (p *polling) poll() {
	for _, h := range p.v.Hits(lexicon.Topic) {
		e := p.v.Entry(h)
		if !p.spoken(e) {
			continue
		}
		weight := p.zones.weight(h.Start)
		key, t, ok := p.table.termOf(h, e)
		if weight == 0 || !ok {
			continue
		}
		p.terms[key] = mentions{t, p.terms[key].n + weight}
		if spans := p.spans[t.topic]; len(spans) < mostSpans {
			p.spans[t.topic] = append(spans, wiredesk.Span{Start: int(h.Start), End: int(h.End)})
		}
	}
	for _, m := range p.terms {
		if p.points[m.topic] == 0 {
			p.seen = append(p.seen, m.topic)
		}
		p.points[m.topic] += m.worth * math.Log2(1+m.n)
	}
	slices.Sort(p.seen)
}

// passUp gives each topic a share of the points of those below it. The table has parents before children.
func (p *polling) passUp() {
	copy(p.total, p.points)
	for i := len(p.total) - 1; i >= 0; i-- {
		if above := p.table.topics[i].parent; above >= 0 {
			p.total[above] += passedUp * p.total[i]
		}
	}
}
