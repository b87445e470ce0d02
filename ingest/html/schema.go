package html

import (
	"encoding/json"
	"html"
	"slices"
	"strings"
)

// thing is an object of schema.org, or a bare word where a page gives a word for an object.
type thing struct {
	fields map[string]any
	word   string
}

// articles are the types of schema.org that are an article.
var articles = []string{
	"NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle", "AskPublicNewsArticle",
	"ReviewNewsArticle", "LiveBlogPosting", "Article", "BlogPosting", "Report", "SocialMediaPosting", "AdvertiserContentArticle", "SatiricalArticle",
}

const maxThings = 2000

// articleIn is the article in a piece of JSON-LD: the object itself, one of a list, or one of a graph. A piece that is
// no JSON holds none.
func articleIn(text string) thing {
	text = strings.TrimSpace(text)
	text = strings.TrimSuffix(strings.TrimPrefix(text, "<!--"), "-->")
	text = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), "//<![CDATA["), "//]]>")
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return thing{}
	}
	left := maxThings
	article := find(v, &left, 0)
	if article.fields != nil {
		known := map[string]map[string]any{}
		left = maxThings
		index(v, known, &left, 0)
		article.resolve(known)
	}
	return article
}

// index notes the objects of a piece of JSON-LD by their @id, of several those that say most.
func index(v any, known map[string]map[string]any, left *int, depth int) {
	if *left--; *left < 0 || depth > 6 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			index(one, known, left, depth+1)
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && len(v) > len(known[id]) {
			known[id] = v
		}
		for _, one := range v {
			index(one, known, left, depth+1)
		}
	}
}

// resolve puts the objects themselves where the article only refers to them by their @id.
func (t thing) resolve(known map[string]map[string]any) {
	referred := func(v any) any {
		m, ok := v.(map[string]any)
		if id, is := m["@id"].(string); ok && is && m["name"] == nil && len(known[id]) > len(m) {
			return known[id]
		}
		return v
	}
	for name, v := range t.fields {
		if list, ok := v.([]any); ok {
			for i := range list {
				list[i] = referred(list[i])
			}
			continue
		}
		t.fields[name] = referred(v)
	}
}

func find(v any, left *int, depth int) thing {
	if *left--; *left < 0 || depth > 6 {
		return thing{}
	}
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			if t := find(one, left, depth+1); t.fields != nil {
				return t
			}
		}
	case map[string]any:
		t := thing{fields: v}
		if slices.ContainsFunc(articles, t.is) {
			return t
		}
		for _, key := range []string{"@graph", "mainEntity", "itemListElement", "item"} {
			if inner, ok := v[key]; ok {
				if t := find(inner, left, depth+1); t.fields != nil {
					return t
				}
			}
		}
	}
	return thing{}
}

// is says whether the object has a type.
func (t thing) is(kind string) bool {
	for _, v := range t.list("@type") {
		word := v.word[strings.LastIndexAny(v.word, "/:")+1:]
		if word == kind {
			return true
		}
	}
	return false
}

// list is a property's values, one or many.
func (t thing) list(property string) []thing {
	switch v := t.fields[property].(type) {
	case nil:
		return nil
	case []any:
		var all []thing
		for _, one := range v[:min(len(v), 200)] {
			all = append(all, wrap(one))
		}
		return all
	default:
		return []thing{wrap(v)}
	}
}

func wrap(v any) thing {
	switch v := v.(type) {
	case string:
		return thing{word: strings.TrimSpace(html.UnescapeString(v))}
	case map[string]any:
		t := thing{fields: v}
		if word, ok := v["@value"].(string); ok {
			t.word = word
		}
		return t
	case float64:
		b, err := json.Marshal(v)
		if err != nil {
			return thing{}
		}
		return thing{word: string(b)}
	}
	return thing{}
}

// text is a property's first value as a word.
func (t thing) text(property string) string {
	for _, v := range t.list(property) {
		if v.word != "" {
			return v.word
		}
		if inner, ok := v.fields["value"].(string); ok {
			return inner
		}
	}
	return ""
}

// name is a property's first value by its name.
func (t thing) name(property string) string {
	if all := t.names(property); len(all) > 0 {
		return all[0]
	}
	return ""
}

// names are a property's values, objects by their name.
func (t thing) names(property string) []string {
	var all []string
	for _, v := range t.list(property) {
		if n := first(v.word, v.text("name")); n != "" && !strings.Contains(n, "://") {
			all = append(all, n)
		}
	}
	return all
}

// words are a property's values, lists in one word parted.
func (t thing) words(property string) []string {
	var all []string
	for _, v := range t.list(property) {
		all = append(all, split(first(v.word, v.text("name")))...)
	}
	return all
}

// id is a property's address: a word, or the @id of an object.
func (t thing) id(property string) string {
	for _, v := range t.list(property) {
		if a := first(v.word, v.text("@id"), v.text("url")); a != "" {
			return a
		}
	}
	return ""
}

// address is an object's own address.
func (t thing) address() string {
	return first(t.word, t.text("contentUrl"), t.text("url"), t.text("@id"))
}
