package route

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/newscodes"
)

// MaxText bounds how much of a story's text an expression sees, in bytes, so that a pattern ends soon.
const MaxText = 256 << 10

// normal is the urgency of copy that states none, by the word of IPTC: 5 of 9.
const normal = 5

// facts are what an expression may ask about an article. Lists hold no value twice; what an article does not say is
// empty.
type facts struct {
	Sources       []string `expr:"sources"`   // ids of the outlets credited, as in the facet source
	Origin        []string `expr:"origin"`    // those whose copy it is
	Topics        []string `expr:"topics"`    // names like conflict-war-peace, and codes like medtop:16000000
	Places        []string `expr:"places"`    // countries, ISO 3166-1 alpha-2 in capitals
	Lang          string   `expr:"lang"`      // main language, without region: pt
	Languages     []string `expr:"languages"` // every language of the text, as tagged: pt-BR, en
	Provider      string   `expr:"provider"`
	Feed          string   `expr:"feed"`
	Urgency       int      `expr:"urgency"` // 1 flash to 9; 5 where the copy states none
	Alert         string   `expr:"alert"`   // flash, bulletin, urgent
	Event         string   `expr:"event"`   // new, update, correction, release
	Genres        []string `expr:"genres"`  // names and codes
	Keywords      []string `expr:"keywords"`
	Slugline      string   `expr:"slugline"`
	Headline      string   `expr:"headline"`
	Text          string   `expr:"text"` // the first MaxText bytes
	People        []string `expr:"people"`
	Organisations []string `expr:"organisations"`
	Usage         string   `expr:"usage"`  // usage terms and copyright notice
	Rights        string   `expr:"rights"` // rights in a machine's words: the link to them, or ODRL, RightsML and the like
	Mining        bool     `expr:"mining"` // false where terms, notice or rights forbid text and data mining

	Topic   func(name string) bool           `expr:"topic"`   // about it, or about something below it
	Weekday func(days, zone string) bool     `expr:"weekday"` // "mon-fri", "sat,sun"
	Between func(from, to, zone string) bool `expr:"between"` // from 22:00 up to 06:00, the next day's too

	at    time.Time
	zones zones
}

// Fields are the names that an expression may use, our functions among them.
func Fields() []string {
	var names []string
	for f := range reflect.TypeFor[facts]().Fields() {
		if name := f.Tag.Get("expr"); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// factsOf reads an article. The zones are those the routes name.
func factsOf(a *wiredesk.Article, z zones) *facts {
	f := &facts{
		Provider: a.Provider, Feed: a.Feed, Alert: a.Alert, Event: a.Event, Keywords: a.Keywords,
		Urgency: cmp.Or(a.Item.Urgency, normal), Slugline: a.Item.Slugline, Headline: a.Item.Headline(), Text: cut(a.Text),
		Usage: strings.TrimSpace(a.Item.UsageTerms + "\n" + a.Item.CopyrightNotice), Rights: rights(a),
		Mining: !reserved(a.Item.UsageTerms + "\n" + a.Item.CopyrightNotice + "\n" + rights(a)), Topics: topics(a), zones: z, at: finished(a),
	}
	for _, v := range a.Facets() {
		switch v.Name {
		case "source":
			f.Sources = append(f.Sources, v.Value)
		case "place":
			f.Places = append(f.Places, strings.ToUpper(v.Value))
		case "lang":
			f.Lang = v.Value
		}
	}
	for _, at := range a.Attributions {
		if at.Role == wiredesk.RoleOrigin {
			f.Origin = with(f.Origin, at.Source.ID)
		}
	}
	f.Languages = with(f.Languages, a.Item.Language)
	for _, l := range a.Languages {
		f.Languages = with(f.Languages, l.Language)
	}
	for _, g := range a.Item.Genres {
		f.Genres = with(with(f.Genres, g.Name), cmp.Or(g.Literal, newscodes.Code(g.URI)))
	}
	f.names(a)
	f.Topic = func(name string) bool { return slices.Contains(f.Topics, name) }
	f.Weekday, f.Between = f.weekday, f.between
	return f
}

// names are those that the text gives and those that the provider sent.
func (f *facts) names(a *wiredesk.Article) {
	for _, p := range a.People {
		f.People = with(f.People, p.Name)
	}
	for _, p := range a.Item.People {
		f.People = with(f.People, p.Name)
	}
	for _, o := range a.Organisations {
		f.Organisations = with(f.Organisations, o.Name)
	}
	for _, o := range a.Item.Organisations {
		f.Organisations = with(f.Organisations, o.Name)
	}
}

// topics are the topics of the text and of the provider, each with its code and its name in the form that subjects
// use. An old subject code brings those above it.
func topics(a *wiredesk.Article) []string {
	var all []string
	add := func(code, name string) {
		all = with(all, code)
		all = with(all, cmp.Or(wiredesk.TopTopic(code), slug(name)))
	}
	for _, t := range a.Topics {
		add(t.Code, t.Name)
	}
	for _, s := range a.Item.Subjects {
		code := cmp.Or(newscodes.Code(s.URI), newscodes.Code(newscodes.URI(s.Literal)))
		add(code, s.Name)
		old, isOld := strings.CutPrefix(code, "subj:")
		if _, ok := newscodes.SubjectCode(old); isOld && ok {
			add("subj:"+old[:5]+"000", "")
			add("subj:"+old[:2]+"000000", wiredesk.TopTopic("medtop:"+old[:2]+"000000"))
		}
	}
	return all
}

// slug is a name in lower case, its words joined by hyphens.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, "-")
}

// rights are those that the item states for machines.
func rights(a *wiredesk.Article) string {
	if r := a.Item.RightsInfo; r != nil {
		return cmp.Or(r.EncodedRights, r.LinkedRights)
	}
	return ""
}

// reserved says that terms, notice or rights keep text and data mining back, as our readers of NewsML-G2 put it and as the
// notices of publishers do.
func reserved(terms string) bool {
	t := strings.ToLower(terms)
	if !strings.Contains(t, "data mining") && !strings.Contains(t, "data-mining") && !strings.Contains(t, "tdm") {
		return false
	}
	for _, no := range []string{"no text and data mining", "prohibited", "prohibition", "reserved", "reservation", "not permitted", "not allowed", "without permission", "forbidden"} {
		if strings.Contains(t, no) {
			return true
		}
	}
	return false
}

func finished(a *wiredesk.Article) time.Time {
	if n := len(a.Hops); n > 0 {
		return a.Hops[n-1].At
	}
	return a.Item.VersionCreated
}

func with(all []string, v string) []string {
	if v == "" || slices.Contains(all, v) {
		return all
	}
	return append(all, v)
}

func cut(text string) string {
	if len(text) <= MaxText {
		return text
	}
	end := MaxText
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}
