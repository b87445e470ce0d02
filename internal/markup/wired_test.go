package markup_test

import (
	"testing"

	"github.com/wiredesk/wiredesk/internal/markup"
)

func TestRender(t *testing.T) {
	cases := []struct{ name, xml, html, plain string }{
		{
			"a wrapped story in one p",
			"<b><p>(Adds quote)\n    HARBOUR, May 3 (Kestrel) - The ferry that\nserves the outer islands stopped.\n    It will sail again on Friday, said its\nowner &amp; captain.</p></b>",
			"<p>(Adds quote)</p>\n<p>HARBOUR, May 3 (Kestrel) - The ferry that serves the outer islands stopped.</p>\n<p>It will sail again on Friday, said its owner &amp; captain.</p>",
			"(Adds quote)\n\nHARBOUR, May 3 (Kestrel) - The ferry that serves the outer islands stopped.\n\nIt will sail again on Friday, said its owner & captain.",
		},
		{
			"a wrapped story in one p, with elements in its lines",
			"<b><p>    HARBOUR, May 3 (<b>Kestrel</b>) - The ferry that\nserves the small islands and the <a href=\"https://k.example/o\">outer\nislands</a> stopped.\n    It will <i>sail again on Friday.\n    So</i> said its owner.</p></b>",
			"<p>HARBOUR, May 3 (<b>Kestrel</b>) - The ferry that\nserves the small islands and the <a href=\"https://k.example/o\">outer\nislands</a> stopped.</p>\n<p>It will <i>sail again on Friday.</i></p>\n<p>So said its owner.</p>",
			"HARBOUR, May 3 (Kestrel) - The ferry that serves the small islands and the outer islands stopped.\n\nIt will sail again on Friday.\n\nSo said its owner.",
		},
		{
			"a p that an editor indented",
			"<b><p>\n      One sentence\n      on two lines.\n    </p></b>",
			"<p>\n      One sentence\n      on two lines.\n    </p>",
			"One sentence on two lines.",
		},
		{"signs as elements", "<b><p>1990<endash/>1995</p></b>", "<p>1990–1995</p>", "1990–1995"},
	}
	for _, c := range cases {
		root, _, err := markup.Parse(c.xml, markup.Options{})
		if err != nil {
			t.Fatal(err)
		}
		html, plain := markup.Render(root.Child("p"))
		if html != c.html || plain != c.plain {
			t.Errorf("%s:\n%q\n%q; want\n%q\n%q", c.name, html, plain, c.html, c.plain)
		}
	}
}
