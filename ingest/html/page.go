package html

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// page is what a page says of itself.
type page struct {
	article   thing             // of schema.org
	meta      map[string]string // by name or property in lower case, the first of each
	lists     map[string][]string
	item      map[string]string // microdata, by itemprop in lower case
	canonical string
	title     string
	heading   string
	lang      string
}

func read(root *markup.Node) *page {
	p := &page{meta: map[string]string{}, lists: map[string][]string{}, item: map[string]string{}}
	root.Walk(func(n *markup.Node) bool {
		p.element(n)
		return n.Name != "svg" && n.Name != "math"
	})
	return p
}

func (p *page) element(n *markup.Node) {
	switch n.Name {
	case "html":
		if p.lang == "" {
			p.lang = n.Attr("lang")
		}
	case "title":
		if p.title == "" {
			p.title = n.Line()
		}
	case "h1":
		if p.heading == "" {
			p.heading = n.Line()
		}
	case "meta":
		key := strings.ToLower(first(n.Attr("property"), n.Attr("name"), n.Attr("itemprop")))
		if value := strings.TrimSpace(n.Attr("content")); key != "" && value != "" && len(p.lists[key]) < 100 {
			p.lists[key] = append(p.lists[key], value)
			if _, ok := p.meta[key]; !ok {
				p.meta[key] = value
			}
		}
	case "link":
		if strings.EqualFold(n.Attr("rel"), "canonical") && p.canonical == "" {
			p.canonical = strings.TrimSpace(n.Attr("href"))
		}
	case "script":
		if strings.HasPrefix(strings.ToLower(n.Attr("type")), "application/ld+json") && p.article.fields == nil {
			p.article = articleIn(n.Raw())
		}
	}
	if prop := strings.ToLower(n.Attr("itemprop")); prop != "" && p.item[prop] == "" && len(p.item) < 100 {
		p.item[prop] = first(n.Attr("content"), n.Attr("datetime"), short(n))
	}
}

// short is an element's text when it is no more than a line.
func short(n *markup.Node) string {
	if line := n.Line(); len(line) <= 500 {
		return line
	}
	return ""
}

// address is where the article lives: what every copy of the page says of itself.
func (p *page) address() string {
	for _, a := range []string{p.canonical, p.article.text("url"), p.article.id("mainEntityOfPage"), p.article.text("@id"), p.meta["og:url"]} {
		if markup.SafeLink(a) {
			return a
		}
	}
	return ""
}

func (p *page) authors() []string {
	if names := p.article.names("author"); len(names) > 0 {
		return names
	}
	for _, key := range []string{"author", "article:author", "byl", "parsely-author", "dc.creator"} {
		if v := p.lists[key]; len(v) > 0 && !strings.Contains(v[0], "://") {
			return v
		}
	}
	if by := p.item["author"]; by != "" {
		return []string{by}
	}
	return nil
}

func (p *page) tags() []entry.Tag {
	words := p.article.words("keywords")
	if len(words) == 0 {
		words = split(first(p.meta["news_keywords"], p.meta["keywords"]))
	}
	words = append(append(words, p.article.words("articleSection")...), p.lists["article:tag"]...)
	words = append(words, p.lists["article:section"]...)
	var tags []entry.Tag
	for _, w := range words[:min(len(words), 100)] {
		tags = append(tags, entry.Tag{Term: w})
	}
	return tags
}

func (p *page) pictures() []entry.Media {
	var all []entry.Media
	for _, v := range p.article.list("image") {
		m := entry.Media{URL: v.address(), Medium: "image", Caption: v.text("caption"), Credit: first(v.text("creditText"), v.name("creator")), Width: v.text("width"), Height: v.text("height")}
		all = append(all, m)
	}
	for _, url := range p.lists["og:image"] {
		all = append(all, entry.Media{URL: url, Medium: "image"})
	}
	for _, url := range p.lists["og:video"] {
		all = append(all, entry.Media{URL: url, Medium: "video"})
	}
	return all
}

// split parts a list of words that commas or semicolons part.
func split(list string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ';' || r == '،' }) {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}
