package ninjs

import (
	"bytes"
	"fmt"
	"regexp"
)

// marks are names that only ninjs has, as they stand in a document.
var marks = regexp.MustCompile(`"(?:pubstatus|pubStatus|versioncreated|versionCreated|firstcreated|firstCreated|contentcreated|contentCreated|representationtype|representationType|` +
	`usageterms|usageTerms|ednote|edNote|copyrightholder|copyrightHolder|copyrightnotice|copyrightNotice|infosources|infoSources|infosource|altids|altIds|trustindicators|trustIndicators|` +
	`headlines|bodies|descriptions|body_html|body_text|body_xhtml|description_text|description_html|embargoedUntil|rightsinfo|rightsInfo|digitalSourceType|slugline|evolvedfrom|charcount|wordcount)"\s*:`)

// Sniff looks for JSON with names of ninjs. JSON of no other kind is taken for ninjs too, with a low score, because its
// errors help a sender of JSON more than to have it read as plain text.
func Sniff(head []byte) (score int, reason string) {
	doc := bytes.TrimLeft(head, " \t\r\n")
	if len(doc) == 0 || doc[0] != '{' && doc[0] != '[' || doc[0] == '[' && !opensList(doc) {
		return 0, "not JSON"
	}
	if bytes.Contains(doc, []byte("ninjs-schema")) || bytes.Contains(doc, []byte(`"ninjs"`)) {
		return 95, "JSON that says it is ninjs"
	}
	names := map[string]bool{}
	for _, m := range marks.FindAll(doc, 64) {
		names[string(m)] = true
	}
	identified := bytes.Contains(doc, []byte(`"uri"`)) || bytes.Contains(doc, []byte(`"guid"`))
	switch {
	case identified && len(names) > 0:
		return min(50+10*len(names), 80), fmt.Sprintf("JSON with an identity and %d names of ninjs", len(names))
	case identified && bytes.Contains(doc, []byte(`"title"`)):
		return 50, "JSON with an identity and a title as ninjs has them"
	case identified:
		return 40, "JSON with an identity as ninjs has it"
	case len(names) > 1:
		return 30, fmt.Sprintf("JSON with %d names of ninjs", len(names))
	}
	return 20, "JSON of no other kind"
}

// opensList says that a bracket opens a JSON list of objects or lists, and not a line of prose.
func opensList(doc []byte) bool {
	rest := bytes.TrimLeft(doc[1:], " \t\r\n")
	return len(rest) > 0 && (rest[0] == '{' || rest[0] == ']' || rest[0] == '[')
}
