package entry

import (
	"net/url"
	"strings"

	"github.com/wiredesk/wiredesk"
)

// Named is what an entry is known by.
type Named struct {
	URI     string // may be no URI yet: an id as the sender made it
	Version string
	Repairs []string
}

// Identity decides what a story of a feed is known by. It is the id, without what only follows readers around and
// without a version in it. An id that cannot tell stories apart, because the document gives it to several or because it
// is the feed's own address, yields to the link, and a link that cannot either, to the words. So an item that is seen
// again with a decorated id or link is the same story, and no item hides behind another's id.
func Identity(id, link, home string, reused bool, words ...string) Named {
	id, link = strings.TrimSpace(id), strings.TrimSpace(link)
	key, version := Canonical(id)
	var repairs []string
	switch {
	case id == "":
	case reused:
		repairs = append(repairs, "the feed gives the id "+short(id)+" to several stories: known by the link or the text instead")
	case general(key, home):
		repairs = append(repairs, "the id "+short(id)+" is the feed's own address: known by the link or the text instead")
	default:
		return Named{URI: key, Version: version}
	}
	if key, version = Canonical(link); link != "" && !general(key, home) {
		return Named{URI: key, Version: version, Repairs: repairs}
	}
	return Named{URI: "urn:wiredesk:entry:" + wiredesk.ShortHash(append([]string{home}, words[:min(2, len(words))]...)...) + rest(words), Repairs: repairs}
}

// rest tells entries without title and time apart by their text.
func rest(words []string) string {
	if strings.Join(words[:min(2, len(words))], "") != "" {
		return ""
	}
	return wiredesk.ShortHash(words...)
}

// general says whether an address is that of the feed, or of a whole site.
func general(key, home string) bool {
	if h, _ := Canonical(home); h != "" && key == h {
		return true
	}
	if _, behind, ok := strings.Cut(key, "//"); !ok || deep(behind) {
		return false
	}
	u, err := url.Parse(key)
	return err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == ""
}

// deep says whether an address, given from its host on, plainly goes on behind the host.
func deep(address string) bool {
	_, path, _ := strings.Cut(address, "/")
	path = strings.TrimLeft(path, "/")
	return path != "" && path[0] != '?' && path[0] != '#' && path[0] != '%'
}

// Canonical is an address without what trackers hang on it, and the version that its query names. Anything else comes
// back as it is.
func Canonical(address string) (string, string) {
	if !strings.Contains(address, "://") {
		return address, ""
	}
	if canonical(address) {
		return address, ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address, ""
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if p := u.Port(); p == "80" && u.Scheme == "http" || p == "443" && u.Scheme == "https" {
		u.Host = u.Hostname()
	}
	version := ""
	u.RawQuery, version = query(u.RawQuery)
	if tracker(u.Fragment) {
		u.Fragment, u.RawFragment = "", ""
	}
	if i := strings.Index(strings.ToLower(u.Path), ";jsessionid="); i >= 0 {
		u.Path, u.RawPath = u.Path[:i], ""
	}
	u.ForceQuery = false
	return u.String(), version
}

// canonical says whether an address plainly is canonical as it stands.
func canonical(address string) bool {
	scheme, rest, _ := strings.Cut(address, "://")
	host, path, _ := strings.Cut(rest, "/")
	if plainly(scheme, false) && plainly(host, false) && plainly(path, true) {
		return true
	}
	return !strings.ContainsAny(address, "?#;") && address == strings.ToLower(address) && !strings.Contains(address, ":80")
}

// plainly says whether a part of an address is made of letters, digits, dots, dashes and slashes, with capitals or without.
func plainly(part string, capitals bool) bool {
	for i := range len(part) {
		c := part[i]
		if !(c >= 'a' && c <= 'z' || c >= '-' && c <= '9' || c == '_' || capitals && c >= 'A' && c <= 'Z') {
			return false
		}
	}
	return part != "" || capitals
}

func query(raw string) (kept, version string) {
	var all []string
	for p := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(p, "=")
		switch lower := strings.ToLower(strings.TrimPrefix(name, "amp;")); {
		case p == "" || tracks(lower, value):
		case versions(lower) && digits(value):
			version = value
		default:
			all = append(all, p)
		}
	}
	return strings.Join(all, "&"), version
}

// tracks says whether a parameter only tells the site where a reader came from, or who it is.
func tracks(name, value string) bool {
	for _, prefix := range []string{"utm_", "at_", "mc_", "ns_", "_hs", "pk_", "mtm_", "wt.", "wt_", "hsa_", "dicbo", "vero_"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	switch name {
	case "fbclid", "gclid", "dclid", "msclkid", "yclid", "twclid", "igshid", "xtor", "cmp", "cmpid", "ocid", "icid", "ito", "smid",
		"spm", "wprov", "ftag", "taid", "guccounter", "phpsessid", "sessionid", "soc_src", "soc_trk", "feedname", "rssfeed", "rss":
		return true
	case "ref", "source", "src", "from", "partner", "via", "traffic_source", "feed", "output":
		return strings.Contains(strings.ToLower(value), "rss") || strings.Contains(strings.ToLower(value), "feed")
	}
	return false
}

func tracker(fragment string) bool {
	name, value, ok := strings.Cut(strings.ToLower(strings.TrimPrefix(fragment, "?")), "=")
	return ok && tracks(name, value)
}

func versions(name string) bool {
	return name == "version" || name == "rev" || name == "revision" || name == "ver"
}

func digits(s string) bool { return s != "" && len(s) < 12 && strings.Trim(s, "0123456789") == "" }

func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
