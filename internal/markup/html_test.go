package markup_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/internal/markup"
)

func TestPlainText(t *testing.T) {
	cases := []struct{ name, html, want string }{
		{"mixed content in order", "<p>PARIS (XYZ) - The <b>bold</b> claim and tail.</p><p><a href='https://a.example/'>Link</a> first.</p>", "PARIS (XYZ) - The bold claim and tail.\n\nLink first."},
		{"line breaks", "one<br>two<br/><br/>three", "one\ntwo\n\nthree"},
		{"lists", "<ul><li>a</li><li>b <i>c</i></li></ul><ol><li>x</li><li>y</li></ol>", "- a\n- b c\n\n1. x\n2. y"},
		{"tables", "<table><tr><th>Team</th><th>Pts</th></tr><tr><td>Ada</td><td> 3 </td></tr></table>", "Team\tPts\nAda\t3"},
		{"pre", "<p>a</p><pre>x   1\ny  22\n</pre><p>b</p>", "a\n\nx   1\ny  22\n\nb"},
		{"hidden", "<head><title>t</title></head><script>x()</script><style>p{}</style>seen", "seen"},
		{"entities", "Caf&eacute;&nbsp;&amp; R&D", "Café\u00a0& R&D"},
		{"no stray spaces", "<p>\n  <b>A</b>, <i> b </i>c\n</p>", "A, b c"},
		{"loose text", "lead<p>para</p>tail", "lead\n\npara\n\ntail"},
	}
	for _, c := range cases {
		if got, err := markup.HTMLText(c.html); err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

func TestWrittenHTML(t *testing.T) {
	root, _, err := markup.Parse(`<b.c><hl2>Head</hl2><p>In <location>Ankara<country>x</country></location> <person>A. B.</person> &lt;said</p>`+
		`<p><a href="javascript:x">bad</a> <a href="https://a.example/?q=1&amp;r=2" onclick="y">good</a></p><script>no</script><media><media-caption>Cap</media-caption></media></b.c>`, markup.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := `<h2>Head</h2><p>In Ankarax A. B. &lt;said</p><p><a>bad</a> <a href="https://a.example/?q=1&amp;r=2">good</a></p>`
	if got := root.HTML(); got != want {
		t.Errorf("HTML() = %s; want %s", got, want)
	}
	if again, err := markup.HTMLText(root.HTML()); err != nil || !markup.SameText(again, root.PlainText()) {
		t.Errorf("the HTML reads %q, the tree %q; want the same text", again, root.PlainText())
	}
}

func TestSafe(t *testing.T) {
	cases := []struct{ name, html, want string }{
		{"ordinary", `<p>A <b>b</b> <a href="https://x.example/">l</a></p>`, `<p>A <b>b</b> <a href="https://x.example/">l</a></p>`},
		{"script", `<p onclick="x()">A</p><script>alert(1)</script>`, `<p>A</p>`},
		{"link schemes", `<a href="javascript:x">j</a><a href="//h/">r</a><a href="/p">l</a>`, `jrl`},
		{"blocks stay apart", `<div>a</div><div>b</div>`, `<div>a</div><div>b</div>`},
		{"image", `<p>A<img src=x onerror=y>B</p>`, `<p>AB</p>`},
		{"bare text", `5 < 6 & "q"`, `5 &lt; 6 &amp; &#34;q&#34;`},
	}
	for _, c := range cases {
		got, err := markup.Safe(c.html)
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

func FuzzSafe(f *testing.F) {
	for _, s := range []string{"<p>a</p>", "<svg><style><img src=x onerror=y>", "<a href=' javascript:x'>", "<table><p>x<tr><td>y", "<select><option><style></option></select><img>", "&lt;script&gt;", "<pre>\n\n x</pre>", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		once, err := markup.Safe(in)
		if err != nil {
			return
		}
		twice, err := markup.Safe(once)
		if err != nil || once != twice {
			t.Fatalf("Safe(%q) = %q, and again %q, %v; want it to stay", in, once, twice, err)
		}
		low := strings.ToLower(once)
		for _, bad := range []string{"<script", "<img", "<svg", "<style", "<iframe", "onerror=\"", "href=\"javascript"} {
			if strings.Contains(low, bad) {
				t.Fatalf("Safe(%q) = %q holds %s", in, once, bad)
			}
		}
	})
}
