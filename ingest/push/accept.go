package push

import (
	"mime"
	"strconv"
	"strings"
)

// wantsText says whether an Accept header prefers plain text to JSON. Without a preference the answer is JSON.
func wantsText(accept string) bool {
	text, json := 0.0, 0.0
	for entry := range strings.SplitSeq(accept, ",") {
		kind, params, err := mime.ParseMediaType(entry)
		if err != nil {
			continue
		}
		q := 1.0
		if v, err := strconv.ParseFloat(params["q"], 64); err == nil {
			q = v
		}
		switch kind {
		case "text/plain", "text/*":
			text = max(text, q)
		case "application/json", "application/*", "*/*":
			json = max(json, q)
		}
	}
	return text > json
}
