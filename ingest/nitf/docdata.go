package nitf

import (
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

// data is the elements of a name in docdata, or in the head itself, where some senders put them.
func (d *document) data(name string) []*markup.Node {
	var found []*markup.Node
	for _, at := range []*markup.Node{d.docdata, d.head} {
		for n := range at.All(name) {
			found = append(found, n)
		}
	}
	return found
}

func (d *document) datum(name, attr string) string {
	for _, n := range d.data(name) {
		if v := strings.TrimSpace(n.Attr(attr)); v != "" {
			return v
		}
	}
	return ""
}

// identity is the doc-id. Where there is none it is made of the day, the slug and the headline: a du-key alone is used
// again after a while.
func (d *document) identity(raw wiredesk.Raw) {
	id := d.datum("doc-id", "id-string")
	version := d.datum("du-key", "generation")
	if version == "" {
		version = d.datum("du-key", "version")
	}
	key := d.datum("du-key", "key")
	d.AltID("du-key", key)
	if d.datum("doc-id", "regsrc") != "" {
		d.Original("regsrc", d.datum("doc-id", "regsrc"))
	}
	switch {
	case id != "":
	case raw.URI != "" && raw.Item == 0:
		id = raw.URI
		if version == "" {
			version = raw.Version
		}
	default:
		day, _, _ := strings.Cut(d.Originals["versionCreated"]+"T", "T")
		id = "urn:wiredesk:nitf:" + wiredesk.ShortHash(raw.Provider, d.datum("doc-id", "regsrc"), day, key, d.Item.Slugline, d.Item.Headline())
		d.Repair("no doc-id: known by its day, slug and headline")
	}
	d.Identity(id, strings.TrimLeft(version, "0 "))
	if version != "" && strings.Trim(version, "0 ") == "" {
		d.Item.Version = "0"
	}
}

func (d *document) times() {
	issued := d.datum("date.issue", "norm")
	if issued == "" {
		issued = d.datum("pubdata", "date.publication")
	}
	d.Item.VersionCreated = d.Time("versionCreated", issued)
	d.Item.FirstCreated = d.Item.VersionCreated
	for _, r := range d.data("revision-history") {
		norm := r.Attr("norm")
		if norm == "" {
			continue
		}
		if at := d.Time("firstCreated", norm); !at.IsZero() && (d.Item.FirstCreated.IsZero() || at.Before(d.Item.FirstCreated)) {
			d.Item.FirstCreated = at
		}
	}
	d.Item.Expires = d.Time("expires", d.datum("date.expire", "norm"))
	d.Urgency(d.datum("urgency", "ed-urg"))
}

// status reads the status of this document, its embargo, and what it demands of another one.
func (d *document) status() {
	release := d.datum("date.release", "norm")
	if d.Status(d.docdata.Attr("management-status")) {
		d.Embargo(release)
	} else {
		d.Release(release)
	}
	other := d.docdata.Attr("management-doc-idref")
	status, ok := newscodes.Status(d.docdata.Attr("management-idref-status"))
	if other == "" || d.docdata.Attr("management-idref-status") == "" {
		return
	}
	if !ok || status == newscodes.Embargoed {
		d.Repair("status %q for %s: withheld until the sender says otherwise", d.docdata.Attr("management-idref-status"), other)
		status = wiredesk.Withheld
	}
	d.Orders = append(d.Orders, wiredesk.Order{URI: ninjs.URI(d.Provider, other), Status: status})
}

func (d *document) notes() {
	for _, n := range d.data("ed-msg") {
		d.EdNote(n.Attr("info"))
		d.Notice(n.Attr("msg-type"))
	}
	for c := range d.docdata.All("correction") {
		d.Correction = true
		d.EdNote(c.Attr("info"))
		if c.Attr("id-string") != "" {
			d.Original("corrects", c.Attr("id-string"))
		}
	}
	for _, k := range d.data("key-list") {
		for w := range k.All("keyword") {
			if w.Attr("key") != "" {
				d.Keyword(w.Attr("key"))
			} else {
				d.Keyword(w.Line())
			}
		}
	}
	d.AltID("fixture", d.datum("fixture", "fix-id"))
	d.series()
}

// series is the name of a series, and which part of it this is: "Harbours of the north, part 2 of 5".
func (d *document) series() {
	name := d.datum("series", "series.name")
	if name == "" {
		return
	}
	d.Keyword(name)
	if part, total := d.datum("series", "series.part"), d.datum("series", "series.totalpart"); part != "" && part != "0" {
		name += ", part " + part
		if total != "" && total != "0" {
			name += " of " + total
		}
	}
	d.Original("series", name)
}

func (d *document) rights() {
	if c := d.datum("doc.copyright", "holder"); c != "" {
		d.Item.CopyrightHolder = c
		if year := d.datum("doc.copyright", "year"); year != "" {
			d.Item.CopyrightNotice = "© " + year + " " + c
		}
	}
	for _, r := range d.data("doc.rights") {
		if d.Item.CopyrightHolder == "" {
			d.Item.CopyrightHolder = r.Attr("owner")
		}
		if owner := r.Attr("owner"); owner != "" {
			d.InfoSource("owner", draft.Coded{Name: owner})
		}
		d.UsageTerms(r.Attr("type"))
		d.UsageTerms(r.Attr("limitations"))
		if g := r.Attr("geography"); g != "" && r.Attr("type")+r.Attr("limitations") != "" {
			d.Original("rights geography", g)
		}
	}
	for _, l := range d.data("del-list") {
		for src := range l.All("from-src") {
			d.InfoSource("delivery", draft.Coded{Name: src.Attr("src-name")})
		}
	}
}

// numbered is PA's title: a number and a category in front of the slug.
var numbered = regexp.MustCompile(`^\d{1,3} (\p{Lu}[\p{Lu}/ ]*.*)$`)

// slug finds the working title, which NITF has no field for: agencies keep it in a meta, a key or the title.
func (d *document) slug() {
	title := d.head.Child("title").Line()
	if m := numbered.FindStringSubmatch(title); m != nil {
		title = m[1]
		d.Item.Slugline = title
	}
	key := d.datum("du-key", "key")
	if d.Item.Slugline == "" {
		for _, name := range []string{"anpa-keyword", "slug", "slugline", "NTBStikkord", "keyword"} {
			if v := d.metaNamed(name); v != "" && d.Item.Slugline == "" {
				d.Item.Slugline = v
			}
		}
	}
	switch {
	case d.Item.Slugline != "":
	case key != "":
		d.Item.Slugline = key
	case title != "" && !strings.Contains(title, " "):
		d.Item.Slugline = title
	default:
		if list := d.docdata.Child("key-list"); list.Child("keyword") != nil && list.Child("keyword").Next == nil {
			d.Item.Slugline = strings.TrimSpace(list.Child("keyword").Attr("key"))
		}
	}
	if d.Item.Slugline == "" {
		for k := range d.docdata.Child("key-list").All("keyword") {
			d.Item.Slugline = strings.TrimSpace(k.Attr("key"))
			break
		}
	}
	if title != "" && title != d.Item.Headline() {
		d.Item.Title = title
	}
}
