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

// Fragment is text as it may stand behind the # of a URI.
func Fragment(s string) string { return url.PathEscape(s) }

// Concept makes the uri and the literal of 3.1 out of the scheme and code of 1.x. An eight-digit code without a scheme
// is one of IPTC's topics. What makes no URI is a literal, so that nothing is lost.
func Concept(scheme, code string) (uri, literal string) {
	switch {
	case code == "":
		if IsURI(scheme) {
			return scheme, ""
		}
		return "", scheme
	case scheme == "" && IsURI(code):
		return code, ""
	case scheme == "":
		return topic(code), code
	case !IsURI(scheme):
		return "", scheme + ":" + code
	}
	if !strings.HasSuffix(scheme, "/") && !strings.HasSuffix(scheme, "#") && !strings.HasSuffix(scheme, ":") && !strings.HasSuffix(scheme, "=") {
		scheme += "/"
	}
	if uri = scheme + url.PathEscape(code); !IsURI(uri) {
		return "", scheme + code
	}
	return uri, code
}

func topic(code string) string {
	if len(code) != 8 || strings.Trim(code, "0123456789") != "" {
		return ""
	}
	if strings.HasPrefix(code, "2000") {
		return "http://cv.iptc.org/newscodes/mediatopic/" + code
	}
	return "http://cv.iptc.org/newscodes/subjectcode/" + code
}
