package apjson

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

type reader struct {
	*draft.Draft
	item *strictjson.Value
}

func (r reader) text(name string) string { return strings.TrimSpace(r.item.Get(name).Words()) }

func (r reader) read() error {
	r.identifiers()
	r.status()
	r.Item.Type = newscodes.Type(r.text("type"))
	r.Item.Language = r.text("language")
	r.Item.FirstCreated = r.Time("firstCreated", r.text("firstcreated"))
	r.Item.VersionCreated = r.Time("versionCreated", r.text("versioncreated"))
	r.Item.Title = r.text("title")
	r.Headline("main", r.dashes(r.text("headline")))
	r.Headline("extended", r.dashes(r.text("headline_extended")))
	r.slug(r.text("slugline"))
	r.bylines()
	r.EdNote(r.text("ednote"))
	r.Item.CopyrightNotice = r.text("copyrightnotice")
	r.Item.CopyrightHolder = r.text("copyrightholder")
	for _, u := range r.item.Get("usageterms").All() {
		r.UsageTerms(u.Words())
	}
	for _, k := range r.item.Get("keywords").All() {
		r.Keyword(k.Words())
	}
	r.located()
	r.concepts()
	r.Item.Renditions = renditions(r.item.Get("renditions"))
	r.associations()
	r.Description("summary", r.text("description_summary"))
	r.Description("caption", r.text("description_caption"))
	return r.bodies()
}

func (r reader) identifiers() {
	ids := r.item.Get("altids")
	for i := range ids.Len() {
		if ids.Names[i] != "itemid" {
			r.AltID(ids.Names[i], ids.Items[i].Words())
		}
	}
	r.AltID("uri", r.text("uri"))
}

// releases are AP's urgencies that say when copy may run, and no rank.
var releases = map[string]string{"6": "release at will", "7": "weekday advance", "8": "weekend advance"}

func (r reader) status() {
	embargoed := r.Status(r.text("pubstatus"))
	if e := r.item.Get("embargoed"); e != nil && e.Kind != strictjson.Null {
		r.Embargo(e.Words())
	} else if embargoed {
		r.Embargo("")
	}
	urgency := r.text("urgency")
	if class := releases[urgency]; class != "" {
		r.Original("urgency", urgency)
		r.Signal("ap:" + class)
	} else {
		r.Urgency(urgency)
	}
	r.Original("editorialpriority", r.text("editorialpriority"))
	signals := r.item.Get("signals")
	news := signals == nil || signals.Kind == strictjson.Null
	for _, s := range signals.All() {
		r.Signal(s.Words())
		news = news || strings.EqualFold(s.Words(), "newscontent")
	}
	if !news {
		r.NotForPublication = "advisory"
	}
	for _, t := range r.item.Get("editorialtypes").All() {
		r.Signal("editorialtype:" + t.Words())
		r.Notice(t.Words())
	}
}

// sports are the marks of AP's sports desks in front of a slug.
var sports = map[string]string{
	"BBA": "baseball", "BBN": "baseball", "BBI": "baseball", "BBO": "baseball", "BKN": "basketball", "BKC": "basketball", "BKW": "basketball", "BKL": "basketball",
	"FBN": "American football", "FBC": "American football", "SOC": "soccer", "HKN": "ice hockey", "HKO": "ice hockey", "GLF": "golf", "TEN": "tennis",
	"CAR": "motor racing", "BOX": "boxing", "RAC": "horse racing", "CYC": "cycling", "OLY": "Olympic Games", "ATH": "athletics", "SKI": "skiing", "SWM": "swimming", "CRI": "cricket", "RGU": "rugby union",
}

// slug keeps the slug as sent. The mark of a sport in front becomes a subject, what stands behind a comma, the take
// key, a keyword.
func (r reader) slug(slug string) {
	r.Item.Slugline = slug
	name, key, _ := strings.Cut(slug, ",")
	if key = strings.TrimSpace(key); key != "" {
		r.Keyword(key)
		r.Notice(key)
	}
	for _, cycle := range []string{"BC-", "AP-", "AM-", "PM-"} {
		name = strings.TrimPrefix(name, cycle)
	}
	mark, _, _ := strings.Cut(name, "-")
	if sport := sports[mark]; sport != "" {
		r.Subject(draft.Coded{Name: sport, Literal: "ap-sport:" + mark, Rel: "slug"})
	}
}

// dashes writes AP's underscore between spaces as the dash it stands for.
func (r reader) dashes(text string) string {
	if !strings.Contains(text, " _ ") {
		return text
	}
	r.Repair("an underscore between spaces was written as the dash it stands for")
	return strings.ReplaceAll(text, " _ ", " — ")
}

func (r reader) bylines() {
	var names []string
	list := r.item.Get("bylines").All()
	for i := range list {
		name := list[i].Get("by").Words()
		if name == "" {
			name = list[i].Get("name").Words()
		}
		if name != "" {
			names = append(names, name)
		}
	}
	r.By(strings.Join(names, ", "))
	for _, name := range []string{"photographer", "captionwriter"} {
		if p := r.item.Get(name); p != nil {
			r.Item.People = draft.Party(r.Item.People, draft.Coded{Name: p.Get("name").Words(), Rel: name})
		}
	}
	if r.Item.By == "" {
		r.By(r.item.At("photographer", "name").Words())
	}
}

func (r reader) located() {
	place := r.item.Get("datelinelocation")
	if place == nil {
		return
	}
	r.Item.Located = place.Get("city").Words()
	p := wiredesk.Party{Name: r.Item.Located, Rel: "dateline"}
	if code := place.Get("countrycode").Words(); code != "" {
		p.Literal = "iso3166-1a3:" + code
	}
	if g := place.Get("geometry_geojson"); g != nil && ninjs.IsGeoJSON(g) {
		p.GeoJSON = g.JSON()
	}
	if p.Name != "" || p.GeoJSON != nil {
		r.Item.Places = append(r.Item.Places, p)
	}
}

func (r reader) bodies() error {
	for _, name := range []string{"body_nitf", "body_html", "body_text", "body"} {
		if body := r.text(name); body != "" && !r.HasBody() {
			if err := r.Escaped("main", 0, r.dashes(body)); err != nil {
				return err
			}
		}
	}
	if !r.HasBody() && len(r.Item.Renditions) > 0 {
		r.Signal("ap:text-by-reference")
	}
	return nil
}
