package markup_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
)

func TestParseTree(t *testing.T) {
	const doc = "<?xml version='1.0'?>\r\n<!-- a -->\n<m:msg xmlns:m='urn:m' xmlns='urn:d' id=\"1 &amp; 2\"><item xml:lang='fr'>" +
		"Un &#233;t&#xe9; <b>chaud</b> &lt;<![CDATA[ & <sec>]]></item><m:end/></m:msg>\n"
	root, _, err := markup.Parse(doc, markup.Options{})
	if err != nil {
		t.Fatal(err)
	}
	item := root.Child("item")
	got := fmt.Sprintf("%s|%s|%s|%s|%s|%s", root.Space, root.Attr("id"), item.Space, item.Attr("lang"), item.Raw(), root.Child("end").Space)
	if want := "urn:m|1 & 2|urn:d|fr|Un été chaud < & <sec>|urn:m"; got != want {
		t.Errorf("tree: %s; want %s", got, want)
	}
	if cut := doc[item.From:item.To]; !strings.HasPrefix(cut, "<item ") || !strings.HasSuffix(cut, "</item>") {
		t.Errorf("the element's place is %q", cut)
	}
}

func TestReaderRefuses(t *testing.T) {
	cases := []struct{ name, doc, want string }{
		{"cut off", "<a>\n <b>text", "2:9: the document breaks off inside <b>, opened on this line"},
		{"mismatch", "<a><b></a></b>", "1:7: </a> where </b> is due"},
		{"second root", "<a/><b/>", "1:5: second root"},
		{"twice", "<a x='1' x='2'/>", "stands twice"},
		{"twice by namespace", "<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>", "stands twice"},
		{"entity", "<a>&nbsp;</a>", "1:4: unknown entity &nbsp;"},
		{"ampersand", "<a>R&D</a>", "1:5: a bare \"&\""},
		{"control", "<a>\x01</a>", "1:4: control character U+0001"},
		{"reference to a control", "<a>&#1;</a>", "unknown entity &#1;"},
		{"text outside", "<a/>tail", "1:5: text outside"},
		{"empty", "  ", "no XML element"},
		{"doctype", "<!DOCTYPE a><a/>", "this format has no DOCTYPE"},
		{"include", "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='/etc/passwd'/></a>", "nothing is fetched"},
		{"late declaration", " <?xml version='1.0'?><a/>", "must be the first thing"},
		{"comment", "<a><!-- x -- y --></a>", "inside a comment"},
		{"angle in value", "<a x='<'/>", "is a quote missing"},
		{"no quote", "<a x=1/>", "not in quotes"},
	}
	for _, c := range cases {
		_, _, err := markup.Parse(c.doc, markup.Options{})
		var f *wiredesk.Fault
		if !errors.As(err, &f) || !strings.Contains(f.Error(), c.want) {
			t.Errorf("%s: %v; want a fault with %q", c.name, err, c.want)
		}
	}
}

func TestDoctype(t *testing.T) {
	good := []string{
		`<!DOCTYPE nitf SYSTEM "http://example.org/nitf.dtd"><a/>`,
		`<!DOCTYPE a PUBLIC "-//X//Y" "z.dtd" [ <!ENTITY % nitf SYSTEM "nitf.dtd"> %nitf; <!-- <!ENTITY x> --> <!ATTLIST a b CDATA "]>"> ]><a/>`,
	}
	for _, doc := range good {
		if _, _, err := markup.Parse(doc, markup.Options{Doctype: true}); err != nil {
			t.Errorf("%s: %v; want it read", doc, err)
		}
	}
	bad := []string{
		`<!DOCTYPE a [<!ENTITY b "text">]><a>&b;</a>`,
		`<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a/>`,
		"<!DOCTYPE a [<!ENTITY\n%\npe '<!ENTITY b \"x\">'> %pe;]><a/>",
		`<!DOCTYPE a [<!-- -->`,
	}
	for _, doc := range bad {
		if _, _, err := markup.Parse(doc, markup.Options{Doctype: true}); err == nil {
			t.Errorf("%s was read; want a refusal", doc)
		}
	}
}

func TestLax(t *testing.T) {
	const doc = "<rss><t a=b c>R&D &eacute;&unknown; &#150;</i> x < y</t><d><p>one<p>two</d>"
	root, repairs, err := markup.Parse(doc, markup.Options{Lax: true})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := root.Child("t").Raw(), "R&D é&unknown; – x < y"; got != want || root.Child("t").Attr("a") != "b" {
		t.Errorf("lax text %q; want %q", got, want)
	}
	if len(repairs) != 7 {
		t.Errorf("repairs %q; want seven, one for each thing mended", repairs)
	}
}

// Whatever the standard library refuses we refuse, but for versions and names that newer editions of the standard
// allow, and where both read, they read the same.
func FuzzReader(f *testing.F) {
	for _, s := range []string{"<a/>", "<a b='c'>d<e/>&amp;<![CDATA[f]]></a>", "<a xmlns='x'><p:b xmlns:p='y'/></a>", "<?xml version='1.0'?><a>\r\n</a>", "<a><!--x--><?y z?></a>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		ours, err := outline(markup.NewReader(doc, markup.Options{}))
		if err != nil {
			return
		}
		theirs, err := standard(doc)
		if err != nil && !strings.Contains(err.Error(), "unsupported version") && !strings.Contains(err.Error(), "invalid XML name") {
			t.Fatalf("%q: read as %q, the standard library says %v", doc, ours, err)
		}
		if err == nil && ours != theirs {
			t.Fatalf("%q: %q; the standard library reads %q", doc, ours, theirs)
		}
	})
}

func outline(r *markup.Reader) (string, error) {
	var out strings.Builder
	for {
		tok, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch tok.Kind {
		case markup.Start:
			fmt.Fprintf(&out, "<%s", tok.Name)
			for _, a := range tok.Attrs {
				fmt.Fprintf(&out, " %s=%q", a.Name, fold(a.Value))
			}
			out.WriteString(">")
		case markup.End:
			fmt.Fprintf(&out, "</%s>", tok.Name)
		case markup.Text:
			out.WriteString(fold(tok.Text))
		}
	}
}

func standard(doc string) (string, error) {
	d := xml.NewDecoder(strings.NewReader(doc))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var out strings.Builder
	depth := 0
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			depth++
			fmt.Fprintf(&out, "<%s", e.Name.Local)
			for _, a := range e.Attr {
				fmt.Fprintf(&out, " %s=%q", a.Name.Local, fold(a.Value))
			}
			out.WriteString(">")
		case xml.EndElement:
			depth--
			fmt.Fprintf(&out, "</%s>", e.Name.Local)
		case xml.CharData:
			if depth > 0 {
				out.WriteString(fold(string(e)))
			}
		}
	}
}

// fold makes white space in attributes comparable: the standard library leaves it as it stands.
func fold(s string) string { return strings.NewReplacer("\n", " ", "\t", " ", "\r", " ").Replace(s) }

func TestHostileSizes(t *testing.T) {
	const size = 10 << 20
	var attrs strings.Builder
	attrs.WriteString("<a")
	for i := 0; attrs.Len() < size; i++ {
		fmt.Fprintf(&attrs, " a%d='1'", i)
	}
	attrs.WriteString("/>")
	var spaces strings.Builder
	for i := 0; spaces.Len() < size; i++ {
		fmt.Fprintf(&spaces, "<a xmlns:p%d='u'>", i)
	}
	docs := map[string]string{
		"attributes":  attrs.String(),
		"namespaces":  spaces.String(),
		"depth":       strings.Repeat("<a>", size/3),
		"breadth":     "<a>" + strings.Repeat("<b/>", size/4) + "</a>",
		"prefixes":    "<a>" + strings.Repeat("<p:b/>", size/6) + "</a>",
		"text":        "<a>" + strings.Repeat("x", size) + "</a>",
		"references":  "<a>" + strings.Repeat("&lt;", size/4) + "</a>",
		"cdata":       "<a>" + strings.Repeat("<![CDATA[x]]>", size/13) + "</a>",
		"open tag":    "<a " + strings.Repeat(" ", size),
		"open quote":  "<a x='" + strings.Repeat("y", size),
		"open decl":   "<!DOCTYPE a [" + strings.Repeat("<!--", size/4),
		"many quotes": "<!DOCTYPE a [" + strings.Repeat("'' ", size/3),
	}
	for name, doc := range docs {
		before := heap()
		start := time.Now()
		_, _, err := markup.Parse(doc, markup.Options{Doctype: true})
		took, grew := time.Since(start), heap()-before
		if took > 5*time.Second { // on a machine busy with other things
			t.Errorf("%s: took %v; want an answer at once", name, took)
		}
		if grew > 64<<20 {
			t.Errorf("%s: %d MB of heap; want under 64", name, grew>>20)
		}
		if err == nil {
			t.Errorf("%s: was read; want a refusal that names the cap", name)
		}
	}
}

func heap() int { // all bytes ever allocated: an upper bound of what is live
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.TotalAlloc)
}
