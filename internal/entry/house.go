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
