package score

import (
	"context"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/enrich/attribution"
	"github.com/wiredesk/wiredesk/enrich/dateline"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/enrich/structure"
)

// Engine is the part of the chain that finds credit, as it ships. It is safe for concurrent use. Once ctx has ended its
// articles name what is missing from them.
func Engine(ctx context.Context) (Reader, error) {
	l, err := enrich.NewLexicon()
	if err != nil {
		return nil, err
	}
	if err := attribution.Check(); err != nil {
		return nil, err
	}
	return func(text string) wiredesk.Article {
		v := l.Read(text)
		defer v.Release()
		a := wiredesk.Article{Text: text}
		for _, enrich := range []func(context.Context, *lexicon.View, *wiredesk.Article) error{structure.Enrich, dateline.Enrich, attribution.Enrich} {
			if err := enrich(ctx, v, &a); err != nil {
				a.Missing = append(a.Missing, err.Error())
			}
		}
		return a
	}, nil
}
