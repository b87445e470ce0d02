package markup_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
)

func items(name, parent string) bool { return name == "item" && parent == "set" }

func TestPieces(t *testing.T) {
	const doc = "<?xml version='1.0' encoding='x'?>\n<msg a='1'>\n<head>h</head><set>\n  <item><item>in</item></item>\n" +
		"  <item>\n&bad;</item>\n<itemRef/><item>c</item></set></msg>"
	pieces, err := markup.Pieces(doc, markup.Options{}, items)
	if err != nil || len(pieces) != 3 {
		t.Fatalf("%d pieces, %v; want three", len(pieces), err)
	}
	root, _, err := markup.Parse(pieces[0].Text, markup.Options{})
	if err != nil || root.Child("head").Line() != "h" || root.Child("set", "item").Line() != "in" {
		t.Errorf("first piece %q, %v", pieces[0].Text, err)
	}
	var fault *wiredesk.Fault
	_, _, err = markup.Parse(pieces[1].Text, markup.Options{})
	if !errors.As(err, &fault) {
		t.Fatalf("second piece: %v; want a fault", err)
	}
	if got := fault.From(pieces[1].Line, pieces[1].Column); got.Line != 6 || got.Column != 1 {
		t.Errorf("the fault is at %d:%d; want 6:1 of the document", got.Line, got.Column)
	}
	if root, _, err := markup.Parse(pieces[2].Text, markup.Options{}); err != nil || root.Child("set", "item").Line() != "c" {
		t.Errorf("third piece %q, %v", pieces[2].Text, err)
	}
}

func TestPiecesOfOneLineAndOneItem(t *testing.T) {
	const doc = "<set><item>a</item><item>b &</item></set>"
	pieces, err := markup.Pieces(doc, markup.Options{}, items)
	if err != nil || len(pieces) != 2 {
		t.Fatalf("%d pieces, %v; want two", len(pieces), err)
	}
	_, _, err = markup.Parse(pieces[1].Text, markup.Options{})
	if f := wiredesk.Faults(err)[0].From(pieces[1].Line, pieces[1].Column); f.Line != 1 || f.Column != strings.IndexByte(doc, '&')+1 {
		t.Errorf("the fault is at %d:%d; want 1:%d", f.Line, f.Column, strings.IndexByte(doc, '&')+1)
	}
	if pieces, err := markup.Pieces("<set><item/></set>", markup.Options{}, items); pieces != nil || err != nil {
		t.Errorf("one item: %v, %v; want nothing to cut", pieces, err)
	}
	if _, err := markup.Pieces("<set><", markup.Options{}, items); err == nil {
		t.Error("a broken frame was cut; want an error")
	}
}
