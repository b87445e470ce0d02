// Package ninjs holds what reading and writing ninjs have in common: the names of its properties in each version, its
// codes, and the formats it asks of values. The standard is IPTC's (https://www.iptc.org/std/ninjs/).
package ninjs

import (
	"net/url"
	"strings"
)

// URI makes an identifier that may stand where ninjs asks for a URI (RFC 3986, with a scheme). One that is a URI comes
// back as it is; any other becomes a URN of ours that names the provider, so that the ids of two agencies never meet.
// The same id always makes the same URI.
func URI(provider, id string) string {
	id = strings.TrimSpace(id)
	if IsURI(id) {
		return id
	}
	return "urn:wiredesk:id:" + url.PathEscape(provider) + ":" + url.PathEscape(id)
}

// IsURI says whether a value is a URI with a scheme, as JSON Schema's format "uri" has it.
func IsURI(s string) bool {
	if strings.ContainsAny(s, " \"<>\\^`{|}\t\r\n") {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && u.IsAbs() && (u.Opaque != "" || u.Host != "" || u.Path != "" || u.RawQuery != "" || u.Fragment != "")
}
