package people

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// organisations finds the organisations of the table and the bodies of states. A form that is an acronym of other
// things too counts where a safe form of the same organisation stands anywhere in the text.
func (r *reading) organisations() {
	r.orgs = slices.Grow(r.orgs, len(r.v.Hits(lexicon.Organisation)))
	sure := map[string]bool{}
	for _, h := range r.v.Hits(lexicon.Organisation) {
		if e := r.v.Entry(h); e.Class == lexicon.Safe {
			sure[e.ID] = true
		}
	}
	hits(r.v, lexicon.Organisation, func(at []lexicon.Hit) {
		h, e := at[0], r.v.Entry(at[0])
		switch {
		case r.v.Covered(h, lexicon.Outlet):
		case strings.HasPrefix(e.ID, bodyID):
			r.body(h, e)
		case e.Class == lexicon.Safe || sure[e.ID]:
			r.organisation(h.First, h.Last, h.Start, e.Name, e.ID)
		}
	})
}

func (r *reading) organisation(first, last, start int32, name, id string) {
	if !r.free(first, last) {
		return
	}
	span := r.span(first, last)
	span.Start = max(span.Start, int(start))
	r.use(first, last)
	r.orgs = append(r.orgs, found{first, last, wiredesk.Named{Name: name, ID: id, Span: span}})
}

// state is a country as the words beside a body name it.
type state struct{ code, name string }

// body makes an organisation of a word like government and the country or its people beside it: the Syrian
// government, le gouvernement syrien, the Trump administration.
func (r *reading) body(h lexicon.Hit, e *lexicon.Entry) {
	first, last := h.First, h.Last
	of, ok := r.stateBefore(&first)
	if !ok {
		if of, ok = r.stateAfter(&last); !ok {
			return
		}
	}
	start := h.Start
	if first < h.First {
		start = r.v.Tokens[first].Start
	}
	r.organisation(first, last, start, of.name+" "+e.Name, strings.ToLower(of.code)+"-"+strings.TrimPrefix(e.ID, bodyID))
}

// stateBefore is the country named right before a token, and moves the token to where its name begins. A possessive
// may stand between; the name of a politician stands for the country.
func (r *reading) stateBefore(at *int32) (state, bool) {
	end := *at
	if end >= 3 && r.v.Tokens[end-2].Rune == '\'' && r.v.Tokens[end-1].End-r.v.Tokens[end-1].Start <= 3 {
		end -= 2
	}
	for _, k := range []lexicon.Kind{lexicon.Place, lexicon.Person} {
		for _, h := range r.v.HitsIn(k, max(0, end-longestName), end) {
			e := r.v.Entry(h)
			if h.Last != end || e.Country == "" || k == lexicon.Place && !isCountry(e) {
				continue
			}
			*at = h.First
			if k == lexicon.Person {
				return state{e.Country, countryName(e.Country)}, true
			}
			return state{e.Country, e.Name}, true
		}
	}
	return state{}, false
}

const longestName = 5 // tokens

// stateAfter is the country named right after a token, or after one small word between: of, de, von. It moves the
// token to where its name ends.
func (r *reading) stateAfter(at *int32) (state, bool) {
	for _, h := range r.v.HitsIn(lexicon.Place, *at, *at+2) {
		e := r.v.Entry(h)
		beside := h.First == *at && !(r.v.Grammar() == "en" && r.latin(*at))
		if isCountry(e) && (beside || h.First == *at+1 && r.v.Tag(*at)&lexicon.Preposition != 0) {
			*at = h.Last
			return state{e.Country, e.Name}, true
		}
	}
	return state{}, false
}

// latin says whether a token is written in Latin letters.
func (r *reading) latin(i int32) bool { return r.v.Text[r.v.Tokens[i].Start] < 0xCD }

// isCountry says whether a place is a country or its people, not a place within it.
func isCountry(e *lexicon.Entry) bool {
	return e.Country != "" && len(e.ID) == len("place/xx")
}

// countryName is the English name of a country by its code.
func countryName(code string) string {
	r, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	return display.English.Regions().Name(r)
}

// outlets adds the outlets that the text credits, as organisations.
func (r *reading) outlets(credits []wiredesk.Attribution) {
	for _, c := range credits {
		if c.Source.ID == "" || c.Source.Empty() || c.Role == wiredesk.RoleSpeaker || c.Role == wiredesk.RoleByline || c.Role == wiredesk.RoleDocument {
			continue
		}
		first, last := r.v.TokenAt(c.Source.Start), r.v.TokenAt(c.Source.End-1)+1
		if first < last && int(last) <= len(r.v.Tokens) && r.free(first, last) {
			r.use(first, last)
			n := wiredesk.Named{Name: c.Source.Name, ID: c.Source.ID, Span: c.Source.Span}
			r.orgs = append(r.orgs, found{first, last, n})
		}
	}
}
