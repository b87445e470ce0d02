package newscodes

import (
	"strings"

	"github.com/wiredesk/wiredesk"
)

// Embargoed is the status that NITF and NewsML 1.2 have and ninjs has not: hold until the time that goes with it.
const Embargoed = "embargoed"

// Status reads a publishing status in any standard's spelling: "stat:usable", "Usable", "CANCELLED". ok is false for
// a word that is none; an empty word is usable, the default of the standards.
func Status(word string) (status string, ok bool) {
	w := strings.ToLower(strings.TrimSpace(word))
	if i := strings.LastIndexAny(w, ":/"); i >= 0 {
		w = w[i+1:]
	}
	switch w {
	case "", "usable", "released":
		return wiredesk.Usable, true
	case "canceled", "cancelled", "killed", "kill":
		return wiredesk.Canceled, true
	case "withheld", "withhold", "withdrawn", "hold":
		return wiredesk.Withheld, true
	case "embargoed":
		return Embargoed, true
	}
	return "", false
}

// Type is the ninjs type that a G2 item class, a NewsML media type or a MIME type stands for; empty when it is none.
func Type(class string) string {
	w := strings.ToLower(strings.TrimSpace(class))
	if main, _, found := strings.Cut(w, "/"); found && !strings.Contains(w, "://") {
		w = main
	}
	if i := strings.LastIndexAny(w, ":/"); i >= 0 {
		w = w[i+1:]
	}
	switch w {
	case "text", "textual", "complexdata":
		return "text"
	case "picture", "photo", "image", "pictures":
		return "picture"
	case "graphic", "graphics", "animated", "infographic":
		return "graphic"
	case "audio", "sound":
		return "audio"
	case "video", "animation":
		return "video"
	case "composite", "multimedia", "package":
		return "composite"
	case "event":
		return "event"
	case "planning", "newscoverage":
		return "planning"
	}
	return ""
}

// Class is the G2 item class of a ninjs type; text where the type has none.
func Class(ninjsType string) string {
	switch ninjsType {
	case "picture", "graphic", "audio", "video", "composite":
		return "ninat:" + ninjsType
	}
	return "ninat:text"
}
