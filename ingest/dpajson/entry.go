package dpajson

import (
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

type reader struct {
	*draft.Draft
	entry *strictjson.Value
}

func (r reader) text(name string) string { return strings.TrimSpace(r.entry.Get(name).Words()) }

func (r reader) read() error {
	r.Identity(r.text("urn"), r.text("version"))
	r.AltID("entry_id", r.text("entry_id"))
	r.status()
	r.Item.Type = r.kind()
	r.Item.Language = r.text("language")
	r.Item.VersionCreated = r.Time("versionCreated", r.text("version_created"))
	r.Item.ContentCreated = r.Time("contentCreated", r.text("content_created"))
	r.Original("updated", r.text("updated"))
	r.Kicker = r.text("kicker")
	r.Item.Slugline = r.Kicker
	r.Headline("main", r.text("headline"))
	r.Headline("sub", r.text("subhead"))
	r.Description("teaser", r.text("teaser"))
	r.By(r.text("byline"))
	r.Dateline = r.text("dateline")
	r.Item.Located = city(r.Dateline)
	r.Credit = r.text("creditline")
	r.Item.CopyrightNotice = r.text("copyrightnotice")
	r.UsageTerms(r.text("usageterms"))
	list := r.entry.Get("descriptions").All()
	for i := range list {
		r.Description(last(list[i].Get("role").Words()), list[i].Get("description").Words())
	}
	r.notes()
	r.categories()
	r.associations()
	return r.bodies()
}

// kind is the ninjs type. An entry is a composite of text and pictures, and its text is what we carry; without a text it
// is what its first picture or sound is.
func (r reader) kind() string {
	stated := r.text("type")
	first := r.entry.Get("associations").All()
	switch {
	case stated != "composite" && stated != "":
		return newscodes.Type(stated)
	case r.text("article_html") == "" && len(first) > 0:
		return newscodes.Type(first[0].Get("type").Words())
	}
	return "text"
}

func last(qcode string) string { return qcode[strings.LastIndexByte(qcode, ':')+1:] }

func (r reader) status() {
	embargoed := r.Status(r.text("pubstatus"))
	if e := r.entry.Get("embargoed"); e != nil && e.Kind != strictjson.Null {
		r.Embargo(e.Words())
	} else if embargoed {
		r.Embargo("")
	}
	r.Urgency(r.text("urgency"))
	for _, s := range r.entry.Get("signal").All() {
		r.Signal(s.Words())
	}
}

var bracket = regexp.MustCompile(`\s*[(/,–-]`)

func city(dateline string) string {
	if at := bracket.FindStringIndex(dateline); at != nil {
		return strings.TrimSpace(dateline[:at[0]])
	}
	return dateline
}

// bodies are the article with its dateline in front, and the box beside it.
func (r reader) bodies() error {
	article := r.text("article_html")
	if article != "" && r.Dateline != "" {
		article = opened(article, r.Dateline)
	}
	if err := r.Escaped("main", 0, article); err != nil {
		return err
	}
	if err := r.Escaped("infobox", 0, r.text("infobox_html")); err != nil {
		return err
	}
	links, err := markup.HTMLText(r.text("linkbox_html"))
	if err != nil {
		return err
	}
	r.Description("linkbox", links)
	return nil
}

var paragraph = regexp.MustCompile(`<p(?:\s[^<>]*)?>`)

// opened puts the dateline at the beginning of the first paragraph, unless it stands there.
func opened(html, dateline string) string {
	at := paragraph.FindStringIndex(html)
	if at == nil {
		return markup.Escape(dateline) + " " + html
	}
	if strings.HasPrefix(html[at[1]:], dateline) {
		return html
	}
	return html[:at[1]] + markup.Escape(dateline) + " " + html[at[1]:]
}

// notes are what dpa tells editors. Only what it says is publishable goes on, and the notepad only where there are no
// single notes.
func (r reader) notes() {
	private := 0
	list := r.entry.Get("ednotes").All()
	for i := range list {
		role, note := last(list[i].Get("role").Words()), list[i].Get("ednote").Words()
		if role == "embargo" && r.Item.EmbargoedUntil.IsZero() {
			r.Original("embargoedUntil", note)
			r.EmbargoUnknown = true
		}
		if list[i].Get("is_publishable").Words() != "true" {
			private++
			continue
		}
		if role == "correction" {
			r.Correction = true
		}
		r.EdNote(note)
	}
	if len(list) == 0 {
		if public, err := markup.HTMLText(r.entry.At("notepad", "public_html").Words()); err == nil {
			r.EdNote(public)
		}
	}
	if private > 0 || r.entry.At("notepad", "nonpublic_html").Words() != "" {
		r.Repair("left out the notes that are not for publication")
	}
	if notice := r.text("autopublishnotice"); notice != "" {
		r.Original("autopublishnotice", notice)
		if r.Credit == "" {
			r.Credit = notice
		}
	}
}

// associations are pictures and sound, by reference.
func (r reader) associations() {
	list := r.entry.Get("associations").All()
	for i := range list {
		a := wiredesk.Association{Name: list[i].Get("type").Words()}
		d := draft.New(wiredesk.Raw{Provider: r.Provider}, "dpajson", nil)
		id := list[i].Get("urn").Words()
		if id == "" || a.Name == "" {
			continue
		}
		d.Identity(id, list[i].Get("version").Words())
		d.Item.Standard, d.Item.Type = nil, newscodes.Type(a.Name)
		d.Item.VersionCreated = d.Time("versionCreated", list[i].Get("version_created").Words())
		d.Headline("main", list[i].Get("headline").Words())
		d.Description("caption", list[i].Get("caption").Words())
		d.By(list[i].Get("byline").Words())
		d.Item.Renditions = renditions(list[i].Get("renditions").All())
		a.Item = d.Item
		r.Item.Associations = append(r.Item.Associations, a)
	}
}
