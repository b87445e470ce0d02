package dpajson

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// planning are the genres of dpa that are for editors only.
var planning = map[string]string{
	"tagesvorschau": "daybook", "terminvorschau": "daybook", "terminhinweis": "daybook", "vorschau": "news schedule", "wochenvorschau": "daybook",
	"themenübersicht": "news schedule", "disposition": "news schedule", "redaktionshinweis": "advisory", "hinweis an die redaktionen": "advisory", "achtung": "advisory",
}

// categories sorts dpa's one list by type. Codes keep dpa's schemes.
func (r reader) categories() {
	list := r.entry.Get("categories").All()
	for i := range list {
		c := &list[i]
		kind := strings.TrimPrefix(c.Get("type").Words(), "dnltype:")
		r.category(kind, draft.Coded{Name: c.Get("name").Words(), QCode: c.Get("qcode").Words()}, last(c.Get("role").Words()))
	}
	for _, word := range r.entry.Get("keyword_names").All() {
		r.Keyword(word.Words())
	}
	for _, name := range r.entry.Get("genre_names").All() {
		r.Genre(draft.Coded{Name: name.Words()})
		if reason := planning[strings.ToLower(name.Words())]; reason != "" && r.NotForPublication == "" {
			r.NotForPublication = reason
		}
	}
	r.unsorted()
}

func (r reader) category(kind string, c draft.Coded, role string) {
	switch kind {
	case "signal":
		r.Signal(c.QCode)
	case "pubstatus", "urgency":
	case "located", "locationcreated":
		if r.Item.Located == "" {
			r.Item.Located = c.Name
		}
	case "provider":
		r.InfoSource("distributor", c)
	case "keyword":
		r.Keyword(c.Name)
	case "geosubject", "poi", "scope":
		c.Rel = kind
		r.Item.Places = draft.Party(r.Item.Places, c)
	case "genre":
		r.Genre(c)
	case "creator", "contributor", "person":
		c.Rel = kind
		r.Item.People = draft.Party(r.Item.People, c)
	case "organisation":
		r.Item.Organisations = draft.Party(r.Item.Organisations, c)
	case "infosource":
		if role == "" {
			role = "originator"
		}
		r.InfoSource(role, c)
	case "dpasubject", "subject", "mediatopic", "":
		r.Subject(c)
	default:
		c.Rel = kind
		r.Subject(c)
	}
}

// unsorted reads the lists of bare names, which say again what the categories say with codes, where those are missing.
func (r reader) unsorted() {
	for _, name := range r.entry.Get("dpasubject_names").All() {
		if !r.has(name.Words()) {
			r.Subject(draft.Coded{Name: name.Words()})
		}
	}
	if len(r.Item.Places) > 0 {
		return
	}
	for _, list := range []string{"geosubject_names", "poi_names", "scope_names"} {
		for _, name := range r.entry.Get(list).All() {
			r.Item.Places = draft.Party(r.Item.Places, draft.Coded{Name: name.Words(), Rel: strings.TrimSuffix(list, "_names")})
		}
	}
}

func (r reader) has(name string) bool {
	for _, s := range r.Item.Subjects {
		if s.Name == name {
			return true
		}
	}
	return false
}

// renditions are the forms of a picture or sound, by reference.
func renditions(list []strictjson.Value) []wiredesk.Rendition {
	var all []wiredesk.Rendition
	for i := range list {
		f := &list[i]
		rendition := wiredesk.Rendition{Name: f.Get("role").Words(), ContentType: f.Get("mimetype").Words(), Width: number(f.Get("width")), Height: number(f.Get("height"))}
		if link := f.Get("url").Words(); ninjs.IsURI(link) {
			rendition.Href = link
		}
		if rate := number(f.Get("audiobitrate")); rate > 0 {
			rendition.Bitrate = f.Get("audiobitrate").Words()
		}
		all = append(all, rendition)
	}
	return all
}

func number(v *strictjson.Value) int {
	n, _ := v.Integer()
	return max(n, 0)
}
