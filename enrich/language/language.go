package language

import (
	"context"
	"fmt"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// sureMargin is the lead, per word, at which a language that the sender states is taken for contradicted. Headlines
// and lists of names stay below it.
const sureMargin = 0.12

// Enrich fills Article.Item.Language where the sender states none, and Article.Languages with the sections that are
// in another language than the item. It reads Article.Sections, so it runs after the structure is known; without
// sections it goes by the whole text. A stated language is kept even where the text contradicts it: then the whole
// text stands in Article.Languages with what it reads as, and Article.Repairs says so.
func Enrich(_ context.Context, v *lexicon.View, a *wiredesk.Article) error {
	whole, parts, err := survey(v.Text, a.Sections)
	if err != nil {
		return err
	}
	stated := a.Item.Language
	if stated == "" {
		a.Item.Language = whole.Tag
	}
	a.Languages = a.Languages[:0:0]
	if contradicts(stated, whole) {
		a.Repairs = append(a.Repairs, fmt.Sprintf("language: the sender states %q, the text reads as %q", stated, whole.Tag))
		if len(parts) == 0 {
			a.Languages = append(a.Languages, wiredesk.Tongue{Language: whole.Tag, Span: wiredesk.Span{End: len(v.Text)}})
		}
	}
	for _, p := range parts {
		if p.Language != Unknown && !Same(p.Language, a.Item.Language) {
			a.Languages = append(a.Languages, p)
		}
	}
	return nil
}

// survey detects the language of each section and, by the letters each has, of the whole.
func survey(text string, sections []wiredesk.Part) (Guess, []wiredesk.Tongue, error) {
	if len(sections) < 2 {
		g, err := Detect(text)
		return g, nil, err
	}
	var parts []wiredesk.Tongue
	bytes := map[string]int{}
	best := Guess{Tag: Unknown}
	for _, s := range sections {
		g, err := detect(s.In(text), sectionSample)
		if err != nil {
			return g, nil, err
		}
		parts = append(parts, wiredesk.Tongue{Language: g.Tag, Span: s.Span})
		if g.Tag == Unknown {
			continue
		}
		bytes[g.Tag] += s.End - s.Start
		if best.Tag == Unknown || g.Tag != best.Tag && bytes[g.Tag] > bytes[best.Tag] {
			best = g
		}
	}
	return best, parts, nil
}

// contradicts says whether the text is surely in another language than the one stated.
func contradicts(stated string, g Guess) bool {
	return stated != "" && stated != Unknown && g.Tag != Unknown && g.Margin >= sureMargin && !Same(stated, g.Tag)
}

// twins are languages whose tags senders use for one another, each by the tag of the table.
var twins = map[string]string{"no": "nb", "nn": "nb", "bs": "hr", "sh": "hr", "in": "id", "iw": "he", "cmn": "zh", "fil": "tl", "prs": "fa"}

// Same says whether two BCP 47 tags name the same language, regions, scripts and letter case left aside.
func Same(a, b string) bool { return primary(a) == primary(b) }

func primary(tag string) string {
	p, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	if t, ok := twins[p]; ok {
		return t
	}
	return p
}
