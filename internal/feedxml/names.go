package feedxml

import "strings"

// Names gives the elements of a document the short prefixes the trade writes them with, whatever prefixes the
// document declares: "dc:creator", "content:encoded", "atom:link". Elements of the format's own namespace, or of
// none, have no prefix.
type Names struct {
	prefixes map[string]string // as sent → short
	spaces   map[string]string // the namespaces that are the format's own
	last     map[string]string // full name as sent → short
}

// spaces known by their address, in lower case and without a closing slash or mark.
var known = map[string]string{
	"http://purl.org/rss/1.0/modules/content":        "content",
	"http://purl.org/dc/elements/1.1":                "dc",
	"http://purl.org/dc/elements/1.0":                "dc",
	"http://purl.org/dc/terms":                       "dcterms",
	"http://www.w3.org/2005/atom":                    "atom",
	"http://purl.org/atom/ns":                        "atom",
	"http://www.w3.org/1999/xhtml":                   "xhtml",
	"http://search.yahoo.com/mrss":                   "media",
	"http://www.itunes.com/dtds/podcast-1.0.dtd":     "itunes",
	"http://www.georss.org/georss":                   "georss",
	"http://www.opengis.net/gml":                     "gml",
	"http://www.w3.org/2003/01/geo/wgs84_pos":        "geo",
	"http://www.w3.org/1999/02/22-rdf-syntax-ns":     "rdf",
	"http://purl.org/atompub/tombstones/1.0":         "at",
	"http://rssnamespace.org/feedburner/ext/1.0":     "feedburner",
	"http://wordpress.org/export/1.2/excerpt":        "excerpt",
	"http://wordpress.org/export/1.2":                "wp",
	"http://purl.org/rss/1.0/modules/syndication":    "sy",
	"http://prismstandard.org/namespaces/basic/2.0":  "prism",
	"http://prismstandard.org/namespaces/1.2/basic":  "prism",
	"http://www.w3.org/xml/1998/namespace":           "xml",
	"http://purl.org/rss/1.0/modules/dcterms":        "dcterms",
	"http://backend.userland.com/creativecommonsrss": "creativecommons",
	"http://web.resource.org/cc":                     "cc",
}

// own are the namespaces that RSS and its ancestors put their own elements in.
var own = map[string]bool{
	"": true, "http://purl.org/rss/1.0": true, "http://my.netscape.com/rdf/simple/0.9": true,
	"http://channel.netscape.com/rdf/simple/0.9": true, "http://backend.userland.com/rss": true, "http://backend.userland.com/rss2": true,
	"http://blogs.law.harvard.edu/tech/rss": true, "http://purl.org/net/rss1.1": true, "http://backend.userland.com/rss091": true,
}

// NewNames is a table for one document. Elements in the namespace with the short prefix format, and in RSS's own,
// count as the format's.
func NewNames(format string) *Names {
	n := &Names{prefixes: map[string]string{"": ""}, last: map[string]string{}}
	for _, p := range known {
		n.prefixes[p] = p
	}
	if format != "" {
		n.prefixes[format] = ""
		n.spaces = map[string]string{format: ""}
	}
	return n
}

// Of is the short name of the scanner's current element. Declarations on a start tag are taken in first; the last
// declaration of a prefix holds to the end of the document, as feeds declare them at the top.
func (n *Names) Of(s *Scanner) string {
	for _, a := range s.Attrs() {
		if a.Name == "xmlns" {
			n.declare("", a.Value, s.Depth())
		} else if p, ok := strings.CutPrefix(a.Name, "xmlns:"); ok {
			n.declare(p, a.Value, s.Depth())
		}
	}
	return n.Short(s.Name())
}

// Short is the short form of a name as sent.
func (n *Names) Short(name string) string {
	if short, ok := n.last[name]; ok {
		return short
	}
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		prefix, local = "", name
	}
	short := local
	p, declared := n.prefixes[prefix]
	if !declared {
		p = prefix
	}
	if p != "" {
		short = p + ":" + local
	}
	if len(n.last) < 1024 {
		n.last[name] = short
	}
	return short
}

func (n *Names) declare(prefix, space string, depth int) {
	key := strings.TrimRight(strings.ToLower(strings.TrimSpace(space)), "/#")
	short, ok := known[key]
	switch {
	case own[key]:
		short = ""
	case !ok && prefix == "" && depth > 1:
		return // a default namespace inside the document that nobody knows: its elements keep their names
	case !ok && prefix == "":
		short = ""
	case !ok:
		short = prefix
	}
	if mine, ok := n.spaces[short]; ok {
		short = mine
	}
	if prefix == "" && depth > 1 && short == "xhtml" {
		return
	}
	if n.prefixes[prefix] != short {
		n.prefixes[prefix] = short
		clear(n.last)
	}
}
