package ninjs

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// spoken are the names of the Superdesk dialect that dialect reads.
var spoken = map[string]bool{
	"keywords": true, "signal": true, "source": true, "evolvedfrom": true, "authors": true, "service": true, "creditline": true, "dateline": true,
}

// dialect reads what Superdesk adds to 1.x and we have a place for; its other names stay among the originals.
func (r *reader) dialect(v *strictjson.Value) {
	s := &r.story
	s.EvolvedFrom = r.parent(v.Get("evolvedfrom").Words())
	s.Credit = v.Get("creditline").Words()
	s.Dateline = v.Get("dateline").Words()
	if source := v.Get("source").Words(); source != "" {
		s.Item.InfoSources = append(s.Item.InfoSources, wiredesk.Party{Name: source, Role: "originator"})
		if s.Credit == "" {
			s.Credit = source
		}
	}
	for _, k := range v.Get("keywords").All() {
		if word := strings.TrimSpace(k.Words()); word != "" {
			s.Keywords = append(s.Keywords, word)
			s.Item.Subjects = append(s.Item.Subjects, wiredesk.Subject{Name: word, Rel: "keyword"})
		}
	}
	for _, c := range r.members(v, "signal", "") {
		r.signal(c)
	}
	for _, c := range r.members(v, "service", "") {
		r.service(c)
	}
	if v.Get("type").Words() == "advisory" {
		s.NotForPublication = "advisory"
	}
	r.authors(v)
	if s.EmbargoUnknown || !s.Item.EmbargoedUntil.IsZero() {
		return
	}
	if words := v.Get("embargotime"); words != nil && words.Kind != strictjson.Null {
		s.Item.EmbargoedUntil = r.embargo(&strictjson.Value{Kind: strictjson.Object, Names: []string{"embargoed"}, Items: []strictjson.Value{*words}}, "")
	}
}

// parent is the identity of the item that this one rewrites, as that item's own parse makes it.
func (r *reader) parent(id string) string {
	if id == "" {
		return ""
	}
	return ninjs.URI(r.raw.Provider, id)
}

func (r *reader) signal(c *strictjson.Value) {
	code := c.Get("code").Words()
	if code == "" {
		code = c.Get("name").Words()
	}
	if code == "" {
		return
	}
	r.story.Signals = append(r.story.Signals, code)
	if strings.HasSuffix(strings.ToLower(code), "correction") {
		r.story.Correction = true
	}
}

// service is the product a story was sent on. Some services are for editors only.
func (r *reader) service(c *strictjson.Value) {
	name, code := c.Get("name").Words(), c.Get("code").Words()
	subject := wiredesk.Subject{Name: name, Rel: "service"}
	if code != "" {
		subject.Literal = "service:" + code
	}
	r.story.Item.Subjects = append(r.story.Item.Subjects, subject)
	switch strings.ToLower(name) {
	case "advisory", "advisories":
		r.story.NotForPublication = "advisory"
	case "line check", "line checks", "test":
		r.story.NotForPublication = "test line"
	}
}

func (r *reader) authors(v *strictjson.Value) {
	var names []string
	list := v.Get("authors").All()
	for i := range list {
		name := list[i].Get("name").Words()
		if name == "" {
			continue
		}
		names = append(names, name)
		r.story.Item.People = append(r.story.Item.People, wiredesk.Party{Name: name, Rel: "author"})
		r.rest(&list[i], "authors."+name, "name")
	}
	if r.story.Item.By == "" {
		r.story.Item.By = strings.Join(names, ", ")
	}
}
