package config

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk/ingest/poll"
	"github.com/wiredesk/wiredesk/ingest/poll/preset"
)

// Poll says which address of a feed is polled, and how. Neither a preset nor an address: the feed is not polled.
type Poll struct {
	Preset    string            `yaml:"preset"` // a name of: wiredesk feeds
	URL       string            `yaml:"url"`
	Every     Duration          `yaml:"every"` // the interval at first; it then follows the feed
	Least     Duration          `yaml:"least"` // its floor
	Most      Duration          `yaml:"most"`  // its ceiling, also of what the feed asks for and of the wait after errors
	Allow     []string          `yaml:"allow"` // addresses and ports to connect to although they are not public, or not 80 and 443
	Headers   map[string]Secret `yaml:"headers"`
	Token     Secret            `yaml:"token"`
	TokenFile string            `yaml:"token_file"` // sent as Authorization: Bearer
	CA        string            `yaml:"ca"`         // certificates to trust besides the system's

	Certificates []byte `yaml:"-"` // from CA
}

// On says whether the feed is polled.
func (p *Poll) On() bool { return p.URL != "" }

// bounds of the interval.
const (
	shortest = 10 * time.Second
	longest  = 7 * 24 * time.Hour
)

// preset fills in what is known of a feed by name, where the configuration says nothing.
func (k *checker) preset(f *Feed, path string) {
	if f.Poll.Preset == "" {
		return
	}
	known, ok := preset.Find(f.Poll.Preset)
	if !ok {
		var all []string
		for _, p := range preset.All() {
			all = append(all, p.Name)
		}
		k.fail(path+".poll.preset", "no preset %q%s See: wiredesk feeds", f.Poll.Preset, orStop(meant(f.Poll.Preset, all)))
		return
	}
	for _, v := range []struct {
		into *string
		text string
	}{
		{&f.Provider, known.Provider},
		{&f.Language, known.Language},
		{&f.Zone, known.Zone},
		{&f.Format, known.Format},
		{&f.Poll.URL, known.URL},
	} {
		if *v.into == "" {
			*v.into = v.text
		}
	}
}

func (k *checker) polled(seen map[string]string, f *Feed, path string) {
	p, at := &f.Poll, path+".poll"
	if _, given := k.origins[at]; given && p.URL == "" && p.Preset == "" {
		k.fail(at, "nothing to poll: add url: or preset:")
	}
	if !p.On() {
		return
	}
	if _, err := poll.ParseAddress(p.URL); err != nil {
		k.fail(at+".url", "%s", err)
	}
	if first, ok := seen[p.URL]; ok {
		k.fail(at+".url", "the same address is polled twice, first at %s", first)
	} else {
		seen[p.URL] = k.at(at, "").Place()
	}
	k.interval(p, at)
	for _, a := range p.Allow {
		if _, err := poll.ParseAllow(a); err != nil {
			k.fail(at+".allow", "%s", err)
		}
	}
	p.Token = k.secret(at+".token", p.Token, p.TokenFile)
	k.headers(p, at)
	if p.CA != "" {
		p.Certificates = []byte(k.readable(at+".ca", p.CA, false))
	}
}

func (k *checker) interval(p *Poll, at string) {
	for name, d := range map[string]Duration{"every": p.Every, "least": p.Least, "most": p.Most} {
		if d != 0 && (time.Duration(d) < shortest || time.Duration(d) > longest) {
			k.fail(at+"."+name, "%s is out of range: use 10s to 7d", d)
		}
	}
	if p.Least != 0 && p.Most != 0 && p.Least > p.Most {
		k.fail(at+".least", "%s is longer than most, which is %s", p.Least, p.Most)
	}
	if time.Duration(p.Every) >= shortest && (p.Least != 0 && p.Every < p.Least || p.Most != 0 && p.Every > p.Most) {
		k.fail(at+".every", "%s is not between least and most", p.Every)
	}
}

// kept are the headers that polling sets itself.
var kept = []string{"accept-encoding", "connection", "content-length", "host", "if-modified-since", "if-none-match", "transfer-encoding", "cookie"}

func (k *checker) headers(p *Poll, at string) {
	for name, value := range p.Headers {
		lower := strings.ToLower(name)
		switch {
		case name == "" || strings.Trim(lower, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "":
			k.hush(at+".headers", "%q is not the name of a header", name)
		case slices.Contains(kept, lower):
			k.hush(at+".headers."+name, "%s is not for the configuration to set", name)
		case lower == "authorization" && p.Token != "":
			k.hush(at+".headers."+name, "given twice, here and as token: leave one of them out")
		case strings.ContainsFunc(value.Reveal(), func(r rune) bool { return r < ' ' || r == 0x7f }):
			k.hush(at+".headers."+name, "a line end or control character in the value")
		}
	}
	if strings.ContainsAny(p.Token.Reveal(), " \t\r\n") {
		k.fail(at+".token", "white space in a token: it could not be sent in a header")
	}
}

// hush is fail without the line, in which there may be secrets under any name.
func (k *checker) hush(path, format string, args ...any) {
	p := k.at(path, format, args...)
	p.Near = ""
	k.problems = append(k.problems, p)
}

// hiddenQuery is an address as it may be shown: the values of its query are often keys.
func hiddenQuery(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.RawQuery == "" && u.User == nil {
		return address
	}
	if u.RawQuery != "" {
		u.RawQuery = stars
	}
	return u.Redacted()
}
