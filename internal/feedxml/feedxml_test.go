package feedxml_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/internal/feedxml"
)

// walk writes what a scanner finds in one line.
func walk(doc string) (string, error) {
	s := feedxml.New(doc)
	names := feedxml.NewNames("")
	var out []string
	for {
		switch s.Next() {
		case feedxml.EOF:
			return strings.Join(out, " "), s.Err()
		case feedxml.Start:
			out = append(out, "<"+names.Of(s))
		case feedxml.End:
			out = append(out, ">")
		case feedxml.Text:
			out = append(out, strings.TrimSpace(s.Text()))
		case feedxml.Instruction:
			out = append(out, "?")
		}
	}
}

func TestScanner(t *testing.T) {
	for name, c := range map[string]struct{ doc, want string }{
		"plain":             {`<a><b>x</b></a>`, "<a <b x > >"},
		"self closed":       {`<a><b/>y</a>`, "<a <b > y >"},
		"stray ampersand":   {`<a>R&D &amp; co &nosuch;</a>`, "<a R&D & co &nosuch; >"},
		"html entity":       {`<a>caf&eacute;&#x21;</a>`, "<a café! >"},
		"less than in text": {`<a>2 < 3</a>`, "<a 2 < 3 >"},
		"unclosed child":    {`<a><b>x</a>`, "<a <b x > >"},
		"stray end tag":     {`<a>x</b></a>`, "<a x >"},
		"case differs":      {`<A>x</a>`, "<A x >"},
		"cdata and comment": {`<a><!-- no --><![CDATA[<i>]]></a>`, "<a <i> >"},
		"prefix by address": {`<a xmlns:q="http://purl.org/dc/elements/1.1/"><q:date>x</q:date></a>`, "<a <dc:date x > >"},
		"prefix undeclared": {`<a><dc:date>x</dc:date></a>`, "<a <dc:date x > >"},
		"doctype":           {`<!DOCTYPE rss [<!ELEMENT rss ANY>]><rss/>`, "<rss >"},
	} {
		got, err := walk(c.doc)
		if err != nil || got != c.want {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, c.want)
		}
	}
}

func TestCaps(t *testing.T) {
	for name, c := range map[string]struct{ doc, want string }{
		"entity":     {`<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, "1:14: the document declares an entity of its own"},
		"depth":      {strings.Repeat("<a>", 300), "nested deeper than 256"},
		"attributes": {"<a " + strings.Repeat("b='c' ", 300) + ">", "more than 256 attributes"},
		"token":      {"<a>" + strings.Repeat("x", 2<<20) + "</a>", "longer than 1048576 bytes"},
		"cut short":  {"<a>\n<b", "2:1: the tag <b> begins here"},
	} {
		_, err := walk(c.doc)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

func TestValue(t *testing.T) {
	for doc, want := range map[string]string{
		`<t> one &amp; <![CDATA[two]]> </t>`:     "one & two",
		`<t>say <b>this</b> &amp; that</t>`:      "say <b>this</b> &amp; that",
		`<t><![CDATA[<p>a</p>]]></t>`:            "<p>a</p>",
		`<t>line<br>more</t>`:                    "line<br>more",
		`<t><div><![CDATA[<b>]]>x</b></div></t>`: "<div><b>x</b></div>",
		`<t/>`:                                   "",
	} {
		s := feedxml.New(doc)
		s.Next()
		if got, _ := s.Value(); got != want {
			t.Errorf("%s: value %q, want %q", doc, got, want)
		}
		if k := s.Next(); k != feedxml.EOF {
			t.Errorf("%s: token %d after the value, want the end", doc, k)
		}
	}
}
