package topics

import (
	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// zones are where mentions count more.
type zones struct {
	title   wiredesk.Span
	heads   []wiredesk.Span
	leadEnd int
	none    []wiredesk.Span // kicker, dateline and byline say nothing about the topic
}

func zonesOf(v *lexicon.View, a *wiredesk.Article) zones {
	var z zones
	switch {
	case a.Headline != nil:
		z.title = *a.Headline
	case len(v.Blocks) > 1 && v.Blocks[0].End-v.Blocks[0].Start < 200:
		z.title = wiredesk.Span{Start: int(v.Blocks[0].Start), End: int(v.Blocks[0].End)}
	}
	z.leadEnd = z.title.End + leadBytes
	for _, s := range a.Sections {
		if s.Title != "" {
			z.heads = append(z.heads, wiredesk.Span{Start: s.Start, End: s.Start + len(s.Title)})
		}
	}
	if a.Kicker != nil {
		z.none = append(z.none, *a.Kicker)
	}
	if a.Dateline != nil {
		z.none = append(z.none, a.Dateline.Span)
	}
	if a.Byline != nil {
		z.none = append(z.none, a.Byline.Span)
	}
	return z
}

// weight is what a mention counts. It is asked in the order of the text.
func (z *zones) weight(at int32) float64 {
	here := wiredesk.Span{Start: int(at), End: int(at) + 1}
	for _, n := range z.none {
		if n.Covers(here) {
			return 0
		}
	}
	if z.title.Covers(here) {
		return inTitle
	}
	for len(z.heads) > 0 && z.heads[0].End <= here.Start {
		z.heads = z.heads[1:]
	}
	if len(z.heads) > 0 && z.heads[0].Covers(here) {
		return inHead
	}
	if int(at) < z.leadEnd {
		return inLead
	}
	return inBody
}
