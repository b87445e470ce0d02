package ninjs

import "strings"

// renamed are the names that 2.x and 1.x do not get by writing those of 3.1 in small letters.
var renamed = map[int]map[string]string{
	2: {"embargoedUntil": "embargoed", "altIds": "altids"},
	1: {
		"embargoedUntil": "embargoed", "by": "byline", "people": "person", "organisations": "organisation", "places": "place",
		"subjects": "subject", "events": "event", "objects": "object", "genres": "genre", "infoSources": "infosource",
		"trustIndicators": "trustindicator", "standard": "$standard", "contentType": "mimetype",
	},
}

// Name is how a generation of ninjs, 1, 2 or 3, spells a property that 3.1 calls by that name.
func Name(generation int, name string) string {
	if old, ok := renamed[generation][name]; ok {
		return old
	}
	if generation == 3 {
		return name
	}
	return strings.ToLower(name)
}

// Generation is the first digit of a version; the Superdesk dialect is of the first.
func Generation(version string) int {
	switch version[:1] {
	case "2":
		return 2
	case "3":
		return 3
	}
	return 1
}

// mediaTypes are the extensions that 1.x puts behind body_ and description_ for a kind of markup, and its media type.
var mediaTypes = map[string]string{
	"text": "text/plain", "html": "text/html", "html5": "text/html", "xhtml": "application/xhtml+xml", "xml": "application/xml", "nitf": "application/nitf+xml",
	"markdown": "text/markdown", "md": "text/markdown", "json": "application/json",
}

// MediaType is the media type that an extension of a 1.x name stands for; empty where it is a role.
func MediaType(extension string) string { return mediaTypes[extension] }

// Extension is the extension of 1.x for a media type; empty where there is none.
func Extension(mediaType string) string {
	switch mediaType {
	case "text/plain":
		return "text"
	case "text/html":
		return "html"
	case "application/xhtml+xml":
		return "xhtml"
	case "application/nitf+xml":
		return "nitf"
	}
	return ""
}
