package entry

import (
	"net/url"
	"strings"

	"github.com/wiredesk/wiredesk/internal/markup"
)

// known are the namespaces of feeds by address, without a closing slash or mark, and the prefix that everybody writes
// them with. RSS's own namespaces have none. Those that most feeds have stand there once more, in their own spelling.
var known = map[string]string{
	"http://www.w3.org/2005/Atom":              "atom",
	"http://purl.org/dc/elements/1.1/":         "dc",
	"http://purl.org/rss/1.0/modules/content/": "content",
	"http://purl.org/rss/1.0/":                 "",
	"http://search.yahoo.com/mrss/":            "media",
	"http://purl.org/rss/1.0":                  "", "http://my.netscape.com/rdf/simple/0.9": "", "http://channel.netscape.com/rdf/simple/0.9": "",
	"http://backend.userland.com/rss": "", "http://backend.userland.com/rss2": "", "http://backend.userland.com/rss091": "",
	"http://blogs.law.harvard.edu/tech/rss": "", "http://purl.org/net/rss1.1": "",
	"http://purl.org/rss/1.0/modules/content":       "content",
	"http://purl.org/dc/elements/1.1":               "dc",
	"http://purl.org/dc/elements/1.0":               "dc",
	"http://purl.org/dc/terms":                      "dcterms",
	"http://purl.org/rss/1.0/modules/dcterms":       "dcterms",
	"http://www.w3.org/2005/atom":                   "atom",
	"http://purl.org/atom/ns":                       "atom",
	"http://www.w3.org/1999/xhtml":                  "xhtml",
	"http://search.yahoo.com/mrss":                  "media",
	"http://www.itunes.com/dtds/podcast-1.0.dtd":    "itunes",
	"http://www.georss.org/georss":                  "georss",
	"http://www.georss.org/georss/10":               "georss",
	"http://www.opengis.net/gml":                    "gml",
	"http://www.w3.org/2003/01/geo/wgs84_pos":       "geo",
	"http://www.w3.org/1999/02/22-rdf-syntax-ns":    "rdf",
	"http://purl.org/atompub/tombstones/1.0":        "at",
	"http://rssnamespace.org/feedburner/ext/1.0":    "feedburner",
	"http://wordpress.org/export/1.0/excerpt":       "excerpt",
	"http://wordpress.org/export/1.1/excerpt":       "excerpt",
	"http://wordpress.org/export/1.2/excerpt":       "excerpt",
	"http://wordpress.org/export/1.0":               "wp",
	"http://wordpress.org/export/1.1":               "wp",
	"http://wordpress.org/export/1.2":               "wp",
	"http://prismstandard.org/namespaces/basic/2.0": "prism",
	"http://prismstandard.org/namespaces/1.2/basic": "prism",
}

// Prefix is the prefix that everybody knows an element's namespace by, whatever the document calls it; "" for RSS's own
// elements and those of no namespace, "?" for namespaces not known here.
func Prefix(n *markup.Node) string { return PrefixOf(n.Space) }

// PrefixOf is [Prefix] of a namespace, or of the prefix itself where the document declares none.
func PrefixOf(space string) string {
	if space == "" {
		return ""
	}
	if p, ok := known[space]; ok {
		return p
	}
	key := strings.TrimRight(strings.ToLower(strings.TrimSpace(space)), "/#")
	if p, ok := known[key]; ok {
		return p
	}
	if strings.ContainsAny(key, ":/") {
		return "?"
	}
	return key // a prefix nobody declared
}

// Resolve makes an address absolute against the bases around an element, xml:base first and the feed's own address last.
func Resolve(n *markup.Node, home, address string) string {
	address = strings.TrimSpace(address)
	if address == "" || strings.Contains(address, "://") {
		return address
	}
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() {
		return address
	}
	for at := n; at != nil && !u.IsAbs(); at = at.Parent {
		if base := xmlBase(at); base != "" {
			u = against(base, u)
		}
	}
	if !u.IsAbs() && home != "" {
		u = against(home, u)
	}
	return u.String()
}

func against(base string, u *url.URL) *url.URL {
	b, err := url.Parse(strings.TrimSpace(base))
	if err != nil {
		return u
	}
	return b.ResolveReference(u)
}

func xmlBase(n *markup.Node) string {
	for _, a := range n.Attrs {
		if a.Name == "base" && (a.Space == "xml" || strings.Contains(a.Space, "XML/1998")) {
			return a.Value
		}
	}
	return ""
}

// Lang is the xml:lang in force at an element.
func Lang(n *markup.Node) string {
	for at := n; at != nil; at = at.Parent {
		for _, a := range at.Attrs {
			if a.Name == "lang" && a.Space != "" {
				return strings.TrimSpace(a.Value)
			}
		}
	}
	return ""
}
