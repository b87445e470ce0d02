package entry_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/markup"
)

func TestCanonical(t *testing.T) {
	for address, want := range map[string][2]string{
		"https://maren.example/pier":                                  {"https://maren.example/pier", ""},
		"HTTPS://Maren.Example:443/Pier?utm_source=rss&id=7#xtor=RSS": {"https://maren.example/Pier?id=7", ""},
		"https://maren.example/pier?version=12&from=rss-harbour":      {"https://maren.example/pier", "12"},
		"https://maren.example/pier?from=oster#page2":                 {"https://maren.example/pier?from=oster#page2", ""},
		"https://maren.example/a;jsessionid=9f?x=1":                   {"https://maren.example/a?x=1", ""},
		"maren-4711":               {"maren-4711", ""},
		"tag:maren.example,2026:7": {"tag:maren.example,2026:7", ""},
	} {
		if key, version := entry.Canonical(address); key != want[0] || version != want[1] {
			t.Errorf("%s: got %s version %q, want %s version %q", address, key, version, want[0], want[1])
		}
	}
}

func TestIdentity(t *testing.T) {
	const home = "https://maren.example/"
	for name, c := range map[string]struct {
		id, link string
		reused   bool
		want     string
	}{
		"the id":                     {"maren-7", "https://maren.example/7", false, "maren-7"},
		"an id of several":           {"item", "https://maren.example/7", true, "https://maren.example/7"},
		"the home page as id":        {"https://maren.example", "https://maren.example/7", false, "https://maren.example/7"},
		"no id":                      {"", "https://maren.example/7?utm_medium=x", false, "https://maren.example/7"},
		"an id of several, no link":  {"item", "", true, "urn:wiredesk:entry:"},
		"the home page as the link":  {"", "https://maren.example/", false, "urn:wiredesk:entry:"},
		"a decorated id is the same": {"https://maren.example/7?utm_campaign=y", "", false, "https://maren.example/7"},
	} {
		if got := entry.Identity(c.id, c.link, home, c.reused, "Pier stays", "2026-03-03", "It stays."); !strings.HasPrefix(got.URI, c.want) {
			t.Errorf("%s: got %s, want %s", name, got.URI, c.want)
		}
	}
	one := entry.Identity("", "", home, false, "", "", "It stays.")
	two := entry.Identity("", "", home, false, "", "", "It goes.")
	if one.URI == two.URI {
		t.Error("two entries with nothing but their text became one story")
	}
}

func TestPerson(t *testing.T) {
	for author, want := range map[string]string{
		"desk@maren.example (Ida Ferrant)": "Ida Ferrant", "Ida Ferrant <ida@maren.example>": "Ida Ferrant", "By Ida Ferrant": "Ida Ferrant",
		"Ida  Ferrant": "Ida Ferrant", "ida@maren.example": "ida@maren.example",
	} {
		if got := entry.Person(author); got != want {
			t.Errorf("%q: got %q, want %q", author, got, want)
		}
	}
}

func TestPlacesCountOnce(t *testing.T) {
	text := "one\ntwo é x\nthree"
	p := entry.Places{Text: text}
	for _, offset := range []int{0, 4, 11, 13} {
		got, line := p.Fault(offset, "x"), strings.Count(text[:offset], "\n")+1
		column := len([]rune(text[strings.LastIndexByte(text[:offset], '\n')+1:offset])) + 1
		if got.Line != line || got.Column != column {
			t.Errorf("offset %d: got %d:%d, want %d:%d", offset, got.Line, got.Column, line, column)
		}
	}
}

// FuzzWellFormed holds the short way through well-formed HTML to what a browser's rules make of the same.
func FuzzWellFormed(f *testing.F) {
	for _, s := range []string{"<p>a <b>b</b></p><p>c</p>", "a<br>b<img src=x>", "<ul><li>x<li>y</ul>", "<p>&eacute;&amp;lt;</p>", "<div><p>x</p> y</div>", "<a href='https://x.example/?a=1&amp;b=2'>z</a>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text, _ = charset.Clean(text)
		short, ok := entry.Short(text)
		if !ok {
			return
		}
		long, err := markup.HTMLText(text)
		if err == nil && !markup.SameText(short, long) {
			t.Errorf("%q: the short way reads %q, a browser %q", text, short, long)
		}
	})
}
