package enrich_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

func setCredit(name string) func(context.Context, *lexicon.View, *wiredesk.Article) error {
	return func(_ context.Context, _ *lexicon.View, a *wiredesk.Article) error {
		a.Credit = name
		return nil
	}
}

func bad(name string, do func() error) enrich.Enricher {
	return enrich.Enricher{
		Name:   name,
		Enrich: func(context.Context, *lexicon.View, *wiredesk.Article) error { return do() },
		Take:   func(to, from *wiredesk.Article) { to.Keywords = append(to.Keywords, name) },
	}
}

const composite = `URGENT

Ferry service resumes after storm, says port authority

LATAKIA, Syria (SANA) - The port authority said on Monday that "all ferries run again", according to Xinhua.

Minister: no delay in repairs

The minister told AFP that repairs would end in June.

Nadia Example
`

// TestEnrichersFillOnlyTheirOwnFields runs each enricher by itself and holds it to the field its line in the table
// takes: the rest of its scratch article must be as it was.
func TestEnrichersFillOnlyTheirOwnFields(t *testing.T) {
	lex, err := enrich.NewLexicon()
	if err != nil {
		t.Fatal(err)
	}
	chain := &enrich.Chain{Lexicon: lex, Patience: 5 * time.Second}
	for _, e := range enrich.Enrichers() {
		chain.Enrichers = append(chain.Enrichers, enrich.Enricher{
			Name: e.Name, Take: e.Take,
			Enrich: func(ctx context.Context, v *lexicon.View, a *wiredesk.Article) error {
				before := *a
				if err := e.Enrich(ctx, v, a); err != nil {
					return err
				}
				taken := before
				e.Take(&taken, a)
				if fields := differing(taken, *a); fields != "" {
					t.Errorf("enricher %s also changes %s", e.Name, fields)
				}
				return nil
			},
		})
	}
	a := wiredesk.Article{Text: composite, Item: wiredesk.Item{URI: "urn:x"}}
	chain.Run(t.Context(), &a)
	if len(a.Missing) > 0 {
		t.Errorf("missing: %v", a.Missing)
	}
}

func differing(a, b wiredesk.Article) string {
	var names []string
	va, vb := reflect.ValueOf(a), reflect.ValueOf(b)
	for i := range va.NumField() {
		if !reflect.DeepEqual(va.Field(i).Interface(), vb.Field(i).Interface()) {
			names = append(names, va.Type().Field(i).Name)
		}
	}
	return strings.Join(names, ", ")
}
