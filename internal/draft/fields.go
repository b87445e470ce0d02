package draft

import (
	"regexp"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

// stamp is the agency's name that ANSA and others put in front of a headline: ">>>ANSA/".
var stamp = regexp.MustCompile(`^>{2,}\s?\p{Lu}[\p{L}&-]{1,15}\s?/\s*`)

// Headline adds a headline; the main one has the role "main". Empty ones are left out, and so is an agency's stamp in
// front.
func (d *Draft) Headline(role, text string) {
	if text = d.plain(text); text == "" {
		return
	}
	if text[0] == '>' {
		if m := stamp.FindString(text); m != "" && m != text {
			d.Original("headline", text)
			text = text[len(m):]
		}
	}
	h := wiredesk.Content{Role: role, ContentType: "text/plain", Value: text}
	if !slices.Contains(d.Item.Headlines, h) {
		d.Item.Headlines = append(d.Item.Headlines, h)
	}
}

// Description adds a summary, a caption, a teaser.
func (d *Draft) Description(role, text string) {
	if text = d.plain(text); text != "" {
		d.Item.Descriptions = append(d.Item.Descriptions, wiredesk.Content{Role: role, ContentType: "text/plain", Value: text})
	}
}

// plain is a text field on one line, with entities resolved that were escaped once too often and stray tags taken out.
func (d *Draft) plain(text string) string {
	text = markup.OneLine(text)
	if better, ok := charset.Unescape(text); ok {
		d.Repair("entities that were escaped twice were resolved")
		text = better
	}
	if strings.Contains(text, "</") || strings.Contains(text, "<br") {
		if better, err := markup.HTMLText(text); err == nil {
			text = markup.OneLine(better)
		}
	}
	return text
}

// By adds a byline, without the word it opens with. Several are joined.
func (d *Draft) By(line string) {
	line = d.plain(line)
	name := wirecopy.Byline(line)
	if name == "" || strings.Contains(d.Item.By, name) {
		return
	}
	if name != line {
		d.Original("by", line)
	}
	if d.Item.By != "" {
		name = d.Item.By + "; " + name
	}
	d.Item.By = name
}

// EdNote adds a line for editors, once.
func (d *Draft) EdNote(text string) {
	text = strings.TrimSpace(text)
	if text == "" || strings.Contains(d.Item.EdNote, text) {
		return
	}
	if d.Item.EdNote != "" {
		d.Item.EdNote += "\n"
	}
	d.Item.EdNote += text
}

// UsageTerms adds terms of use, once.
func (d *Draft) UsageTerms(text string) {
	text = strings.TrimSpace(text)
	if text == "" || strings.Contains(d.Item.UsageTerms, text) {
		return
	}
	if d.Item.UsageTerms != "" {
		d.Item.UsageTerms += "\n"
	}
	d.Item.UsageTerms += text
}

// Keyword adds a free word, to the keywords and, where ninjs 3 can carry it, to the subjects by name.
func (d *Draft) Keyword(word string) {
	if word = d.plain(word); word == "" || slices.Contains(d.Keywords, word) {
		return
	}
	d.Keywords = append(d.Keywords, word)
	d.Item.Subjects = append(d.Item.Subjects, wiredesk.Subject{Name: word, Rel: "keyword"})
}

// Signal adds a code by which the sender asks for special handling, as sent, and what it is known to mean.
func (d *Draft) Signal(code string) {
	if code = strings.TrimSpace(code); code == "" || slices.Contains(d.Signals, code) {
		return
	}
	d.Signals = append(d.Signals, code)
	word := strings.ToLower(code[strings.LastIndexByte(code, ':')+1:])
	if word == "correction" || word == "corrective" {
		d.Correction = true
	}
}

// Coded is a concept by its code: a qualified code or a URI, with what the document says of it.
type Coded struct {
	QCode, URI, Literal string
	Name                string
	Rel, Creator        string
	Relevance           *int
	Confidence          *int
}

// uri is the concept's URI, empty where only its literal is known.
func (c Coded) uri() string {
	if markup.SafeLink(c.URI) || strings.HasPrefix(c.URI, "urn:") {
		return c.URI
	}
	return newscodes.URI(c.QCode)
}

func (c Coded) literal() string {
	if c.QCode != "" {
		return c.QCode
	}
	if c.Literal == "" && c.URI != "" && c.uri() == "" {
		return c.URI
	}
	return c.Literal
}

// Subject adds a topic, each code once: a name that comes with a later mention is taken over.
func (d *Draft) Subject(c Coded) {
	s := wiredesk.Subject{
		Name: strings.TrimSpace(c.Name), Rel: c.Rel, URI: c.uri(), Literal: c.literal(), Creator: c.Creator,
		Relevance: c.Relevance, Confidence: c.Confidence,
	}
	if s.URI == "" && s.Literal == "" && s.Name == "" {
		return
	}
	for i, had := range d.Item.Subjects {
		if had.URI == s.URI && had.Literal == s.Literal && (had.Name == s.Name || s.Literal != "" || s.URI != "") {
			if had.Name == "" {
				d.Item.Subjects[i].Name = s.Name
			}
			return
		}
	}
	d.Item.Subjects = append(d.Item.Subjects, s)
}

// Party adds a person, organisation, place or object to a list, each once; one without a name or code is left out.
func Party(list []wiredesk.Party, c Coded) []wiredesk.Party {
	p := wiredesk.Party{Name: strings.TrimSpace(c.Name), Rel: c.Rel, URI: c.uri(), Literal: c.literal()}
	for _, had := range list {
		if had.Name == p.Name && had.URI == p.URI && had.Literal == p.Literal {
			return list
		}
	}
	if p.Name == "" && p.URI == "" && p.Literal == "" {
		return list
	}
	return append(list, p)
}

// InfoSource adds a party behind the content, by its role, once.
func (d *Draft) InfoSource(role string, c Coded) {
	p := wiredesk.Party{Name: strings.TrimSpace(c.Name), Role: role, URI: c.uri(), Literal: c.literal()}
	if p.Name == "" {
		p.Name, p.Literal = p.Literal, ""
	}
	if p.Name == "" && p.URI == "" {
		return
	}
	for _, had := range d.Item.InfoSources {
		if had.Name == p.Name && had.Role == p.Role && had.URI == p.URI && had.Literal == p.Literal {
			return
		}
	}
	d.Item.InfoSources = append(d.Item.InfoSources, p)
}

// Genre adds a genre, once.
func (d *Draft) Genre(c Coded) {
	g := wiredesk.Concept{Name: strings.TrimSpace(c.Name), URI: c.uri(), Literal: c.literal()}
	if (g.Name != "" || g.URI != "" || g.Literal != "") && !slices.Contains(d.Item.Genres, g) {
		d.Item.Genres = append(d.Item.Genres, g)
	}
}
