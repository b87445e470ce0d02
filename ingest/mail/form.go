package mail

import (
	"encoding/json"
	"strings"

	"github.com/wiredesk/wiredesk/internal/draft"
)

// fill reads a text that is a form: a JSON object of fields that hold words or lists of words, as web forms and
// editorial tools mail them. It reports false for any other text, and leaves the draft as it was.
func fill(d *draft.Draft, text string) bool {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "{") || !strings.HasSuffix(text, "}") || len(text) > draft.MaxText {
		return false
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(mended(text)), &fields) != nil {
		return false
	}
	form := map[string]string{}
	for name, value := range fields {
		form[strings.ToLower(strings.ReplaceAll(name, "_", " "))] = plain(value)
	}
	if form["headline"] == "" || form["body"] == "" {
		return false
	}
	d.Headline("main", form["headline"])
	d.Description("summary", form["abstract"])
	d.Item.Slugline, d.Item.By, d.Item.Located = form["slugline"], form["byline"], form["dateline"]
	d.EdNote(form["ednote"])
	d.Notice(form["legal flag"])
	d.Original("signOff", form["sign off"])
	for _, name := range []string{"news value", "urgency", "priority"} {
		if d.Urgency(form[name]); d.Item.Urgency > 0 {
			break
		}
	}
	for _, name := range []string{"category", "genre", "place", "desk"} {
		if form[name] != "" {
			d.Subject(draft.Coded{Literal: name + ":" + form[name], Name: form[name]})
		}
	}
	if err := d.Escaped("main", 0, strings.ReplaceAll(form["body"], "\r\n", "\n")); err != nil {
		return false
	}
	return true
}

// plain is a field's word, the first of a list.
func plain(value json.RawMessage) string {
	var word string
	if json.Unmarshal(value, &word) == nil {
		return strings.TrimSpace(word)
	}
	var list []string
	if json.Unmarshal(value, &list) == nil {
		for _, w := range list {
			if w = strings.TrimSpace(w); w != "" {
				return w
			}
		}
	}
	return ""
}

// mended escapes the line ends that mail programs put into JSON's strings.
func mended(text string) string {
	var out strings.Builder
	inside := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && inside && i+1 < len(text):
			out.WriteString(text[i : i+2])
			i++
		case c == '\n' && inside:
			out.WriteString(`\n`)
		case c == '\t' && inside:
			out.WriteString(`\t`)
		default:
			if c == '"' {
				inside = !inside
			}
			out.WriteByte(c)
		}
	}
	return out.String()
}
