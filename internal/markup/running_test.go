package markup_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/internal/markup"
)

// bricks are pieces of HTML that some order of makes sense and most do not.
var bricks = []string{
	"<p>", "</p>", "<p class='x'>", "<br>", "<br/>", "<hr>", "<b>", "</b>", "<em class=\"bold\">", "</em>", "<ul>", "</ul>", "<ol>", "</ol>",
	"<li>", "</li>", "<div>", "</div>", "<pre>", "</pre>", "<h2>", "</h2>", "<a href=\"https://maren.example/?a=1&amp;b=2\">", "</a>",
	"<a href='javascript:x'>", "<span>", "</span>", "<img src=\"x\">", "<blockquote>", "</blockquote>", "<table>", "</table>", "<td>", "</td>",
	"<iframe>", "</iframe>", "<!-- seen -->", "<![CDATA[a < b]]>", "&amp;", "&nbsp;", "&#8217;", "&#10;", "&bogus;", "<mdash/>", "<P>", "</P>",
	" ", "\n", "  ", "The pier", " stays open", "\n  It was built", "\nof oak and iron.", "\nAnd so\non.\n", "<o:p>", "</o:p>", "<figure>", "</figure>",
}

// closing is an ending that closes what a fragment leaves open, where that is easy to say.
func closing(fragment []string) string {
	var open []string
	for _, b := range fragment {
		name := strings.TrimSuffix(strings.Fields(strings.Trim(b, "<>/"))[0], "/")
		switch {
		case strings.HasPrefix(b, "</") && len(open) > 0 && open[len(open)-1] == name:
			open = open[:len(open)-1]
		case strings.HasPrefix(b, "<") && !strings.HasPrefix(b, "</") && !strings.HasPrefix(b, "<!") && !slices.Contains([]string{"br", "hr", "img", "mdash"}, name):
			open = append(open, name)
		}
	}
	end := ""
	for _, name := range slices.Backward(open) {
		end += "</" + name + ">"
	}
	return end
}

// TestRunningReadsAsTheTreeDoes holds the stream to what the tree of the same gives.
func TestRunningReadsAsTheTreeDoes(t *testing.T) {
	random, taken := rand.New(rand.NewPCG(3, 4)), 0
	for range 60_000 {
		var fragment []string
		for range 1 + random.IntN(9) {
			if b := bricks[random.IntN(len(bricks))]; strings.TrimSpace(b) != "" {
				fragment = append(fragment, b)
			}
		}
		text := strings.Join(fragment, []string{"", " ", "\n"}[random.IntN(3)]) + closing(fragment)
		html, plain, ok := markup.Running(text)
		if !ok {
			continue
		}
		taken++
		tree, _, err := markup.Parse("<div>"+text+"</div>", markup.Options{Entities: true, Void: true, Checked: true})
		if err != nil {
			t.Fatalf("%q was read, but is not well-formed: %v", text, err)
		}
		var nodes []*markup.Node
		for c := range tree.Children() {
			nodes = append(nodes, c)
		}
		if wantHTML, wantPlain := markup.Render(nodes...); html != wantHTML || plain != wantPlain {
			t.Fatalf("%q\n got %q, %q\nwant %q, %q", text, html, plain, wantHTML, wantPlain)
		}
	}
	if taken < 5_000 {
		t.Errorf("%d fragments were read as running text, want 5000 at least", taken)
	}
}

func TestRunningLeavesToTheBrowser(t *testing.T) {
	for _, text := range []string{"no tag", "<p>a<p>b", "<p>a & b</p>", "<p><div>a</div></p>", "<table><tr><td>a</td></tr></table>", "<p>a</p></div>", "<p>a</b></p>", "<script>a</script>"} {
		if _, plain, ok := markup.Running(text); ok {
			t.Errorf("%q was read as running text: %q; a browser's rules are needed", text, plain)
		}
	}
}
