package route_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/publish/route"
)

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }

// condition writes a random expression of terms that the index knows and of such that it does not.
func condition(r *rand.Rand, depth int) string {
	if depth > 0 && r.IntN(3) > 0 {
		left, right := condition(r, depth-1), condition(r, depth-1)
		return pick(r, "("+left+" and "+right+")", "("+left+" or "+right+")", "not ("+left+")", left+" ? "+right+" : "+left)
	}
	return pick(r,
		fmt.Sprintf("%q in sources", pick(r, "sana", "tass", "ana")), fmt.Sprintf("%q in places", pick(r, "SY", "FR", "DE")),
		fmt.Sprintf("topic(%q)", pick(r, "sport", "economy-business-finance")), fmt.Sprintf("provider == %q", pick(r, "sana", "tass")),
		fmt.Sprintf("lang in [%q, %q]", pick(r, "en", "fr"), pick(r, "ar", "en")), fmt.Sprintf("%q != feed", pick(r, "sana-en", "tass-ru")),
		fmt.Sprintf("urgency <= %d", r.IntN(9)), fmt.Sprintf("%q == alert", pick(r, "", "flash", "urgent")), fmt.Sprintf("%q not in origin", pick(r, "sana", "tass")),
		fmt.Sprintf("text contains %q", pick(r, "grain", "wheat", "SILOS", "o", "harbour office said")),
		fmt.Sprintf("headline startsWith %q", pick(r, "Silos", "silos", "Si")), fmt.Sprintf("lower(text) contains %q", pick(r, "silos", "lundby", "Lundby")),
		fmt.Sprintf("text matches %q", pick(r, `(?i)\bGRAIN\b`, `wheat|grain`, `(?:sh|sl)ips?`, `d[aeiou]{1,2}ck(ed)+`, `(?i)(ſilos)`, `x*`, `^Silos`, `(ghost)?`, `(?i:ghost)|.`)),
	)
}

// TestTheIndexChangesNothing holds the index against the plain evaluation of every route, on random expressions.
func TestTheIndexChangesNothing(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 1))
	var desks []route.Desk
	for i := range 800 {
		desks = append(desks, route.Desk{Name: fmt.Sprint(i), When: condition(r, 3)})
	}
	table, err := route.New(desks)
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	for _, a := range []*wiredesk.Article{story(), {Text: "ſILOS and \u212Aelvin: GRAIN ghosts"}, {Provider: "sana"}, {Provider: "tass", Alert: "flash", Places: []wiredesk.Place{{Country: "FR"}}}, {}} {
		var want []string
		for _, e := range table.Explain(a) {
			if e.Matches {
				want = append(want, e.Desk)
			}
		}
		if got, failed := table.Desks(a); !slices.Equal(got, want) || len(failed) > 0 {
			t.Errorf("seed %d: by the index %v (failed %v), one by one %v", seed, got, failed, want)
		}
	}
}

// BenchmarkDesks is the curve: what more routes cost each article where each demands something of its own.
func BenchmarkDesks(b *testing.B) {
	for _, n := range []int{1, 100, 1000, 10_000} {
		desks := make([]route.Desk, 0, n)
		for i := range n {
			when := fmt.Sprintf(`lang == "en" and "outlet-%d" in sources and urgency <= %d`, i, i%9)
			if i == 0 {
				when = fmt.Sprintf(`lang == "en" and "sana" in sources and "person %d" not in people`, i)
			}
			if i%2 == 1 {
				when = fmt.Sprintf(`("place-%d" in keywords or topic("topic-%d")) and text matches "grain"`, i, i)
			}
			if i%4 == 3 {
				when = fmt.Sprintf(`text matches "(?i)\\bword%dstem\\b" and urgency <= 4`, i)
			}
			desks = append(desks, route.Desk{Name: fmt.Sprint(i), When: when})
		}
		table, err := route.New(desks)
		if err != nil {
			b.Fatal(err)
		}
		a := story()
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				table.Desks(a)
			}
		})
	}
}
