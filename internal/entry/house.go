package entry

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// House reads an element of a house's own namespace. Agencies put into their feeds what the standards have no place for,
// under names that mean the same in most houses: a first sentence, their own number of the story, a priority. Nothing of
// it overrides what the standard elements say.
func (e *Entry) House(n *markup.Node) { e.house(n, 0) }

const houseDepth = 3

var joined = strings.NewReplacer("_", "", "-", "")

func (e *Entry) house(n *markup.Node, depth int) {
	deeper := false
	for c := range n.All("*") {
		if deeper = true; depth < houseDepth {
			e.house(c, depth+1)
		}
	}
	value := n.Line()
	if deeper || value == "" || len(value) > 4096 {
		return
	}
	name := strings.ToLower(joined.Replace(n.Name))
	switch {
	case strings.HasSuffix(name, "priority") || name == "urgency":
		if e.Urgency == "" {
			e.Urgency = value
		}
	case name == "firstline" || name == "abstract" || name == "standfirst" || name == "lead" || name == "teaser":
		if e.Summary == "" {
			e.Summary = markup.Escape(value)
		}
	case storyNumber(name) && len(value) <= 128 && len(e.IDs) < 20:
		e.IDs = append(e.IDs, wiredesk.AltID{Role: n.Name, Value: value})
	}
}

func storyNumber(name string) bool {
	return strings.HasSuffix(name, "id") && (strings.Contains(name, "article") || strings.Contains(name, "story") || strings.Contains(name, "item") || strings.Contains(name, "news"))
}

// rank is a priority in words as urgency.
func rank(word string) string {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "flash", "highest":
		return "1"
	case "high", "urgent":
		return "3"
	case "med", "medium", "normal", "routine":
		return "5"
	case "low":
		return "7"
	}
	return word
}

// images are the addresses of the pictures in a text of HTML.
func images(html string) []Media {
	var all []Media
	for at := 0; len(all) < maxMedia; {
		i := strings.Index(html[at:], "<img")
		if i < 0 {
			break
		}
		at += i + len("<img")
		tag, _, ok := strings.Cut(html[at:], ">")
		if !ok {
			break
		}
		src := attribute(tag, "src")
		if src != "" && attribute(tag, "width") != "1" { // one pixel wide counts readers
			all = append(all, Media{URL: src, Medium: "image", Caption: attribute(tag, "alt"), Width: attribute(tag, "width"), Height: attribute(tag, "height")})
		}
	}
	return all
}

// attribute is the value of an attribute in the text of a tag.
func attribute(tag, name string) string {
	for at := 0; ; {
		i := strings.Index(tag[at:], name+"=")
		if i < 0 {
			return ""
		}
		at += i + len(name) + 1
		before := at - len(name) - 2
		if before >= 0 && !strings.ContainsRune(" \t\r\n\"'", rune(tag[before])) || at >= len(tag) {
			continue
		}
		value := tag[at:]
		if q := value[0]; q == '"' || q == '\'' {
			value, _, _ = strings.Cut(value[1:], string(q))
		} else {
			value, _, _ = strings.Cut(value, " ")
		}
		return strings.ReplaceAll(strings.TrimSpace(value), "&amp;", "&")
	}
}
