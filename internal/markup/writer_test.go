package markup_test

import (
	"testing"

	"github.com/wiredesk/wiredesk/internal/markup"
)

func TestWriter(t *testing.T) {
	var w markup.Writer
	w.Open("a", "x", `"<'&`, "none", "")
	w.Leaf("b", "5 < 6 & \x00\x07x")
	w.Leaf("nothing", "", "y", "")
	w.Leaf("c", "", "y", "z")
	w.Empty("d")
	w.Close()
	root, _, err := markup.Parse(string(w.Document()), markup.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := root.Attr("x") + "|" + root.Child("b").Raw() + "|" + root.Child("c").Attr("y"); got != `"<'&|5 < 6 & x|z` {
		t.Errorf("read again: %s", got)
	}
	if root.Child("nothing") != nil || root.Child("d") == nil {
		t.Error("an element without text and attributes was written, or an empty one left out")
	}
}

func TestFragment(t *testing.T) {
	for html, want := range map[string]string{
		"<p>a<br>b &amp; c&nbsp;d</p><table><tr><td>x</td></tr></table>": "<p>a<br/>b &amp; c\u00a0d</p><table><tr><td>x</td></tr></table>",
		"<p>one<p>two": "<p>one</p><p>two</p>",
		"bare & text":  "bare &amp; text",
	} {
		n, err := markup.Fragment(html)
		if err != nil || n.XHTML() != want {
			t.Errorf("Fragment(%q) = %q, %v; want %q", html, n.XHTML(), err, want)
		}
	}
}
