package frame_test

import (
	"bytes"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/frame"
)

func TestControl(t *testing.T) {
	doc := []byte("\x7f~~line~~\r\n\x01one\x02first\x03tail\x04\r\n\x16\x16\x01two\x02sec\x01three\x02third\x03\x7f\x7f\x04")
	found := frame.Control(doc)
	want := []struct{ head, text, tail, fault string }{
		{"one", "first", "tail\x04", ""},
		{"two", "sec", "", "the message breaks off: another begins within its text, before ETX"},
		{"three", "third", "\x7f\x7f\x04", ""},
	}
	if len(found) != len(want) {
		t.Fatalf("found %d frames, want %d", len(found), len(want))
	}
	for i, w := range want {
		f := found[i]
		got := []string{string(f.Head.Of(doc)), string(f.Text.Of(doc)), string(f.Tail.Of(doc)), f.Fault}
		for j, s := range []string{w.head, w.text, w.tail, w.fault} {
			if got[j] != s {
				t.Errorf("frame %d part %d = %q, want %q", i, j, got[j], s)
			}
		}
	}
	if found[0].Noise != 8 {
		t.Errorf("noise before the first frame = %d bytes, want 8", found[0].Noise)
	}
}

func TestTelex(t *testing.T) {
	doc := []byte("xx\nZCZC ab1\nfirst NNNN is a word here\nNNNN\n\nZCZC ab2\nlost\nZCZC ab3\nthird\nNNNN\n")
	found := frame.Telex(doc)
	if len(found) != 3 {
		t.Fatalf("found %d frames, want 3", len(found))
	}
	if got, want := string(found[0].Text.Of(doc)), "first NNNN is a word here\n"; got != want {
		t.Errorf("text = %q, want %q", got, want)
	}
	if found[1].Fault == "" || found[0].Fault != "" || found[2].Fault != "" {
		t.Errorf("faults = %q, %q, %q; want one, on the second", found[0].Fault, found[1].Fault, found[2].Fault)
	}
}

func TestSplitKeepsEveryByte(t *testing.T) {
	docs := []string{
		"noise\x01a\x02b\x03c\x04\n\x16\x01d\x02e\x03f\x04 rest",
		"\x01only\x02one\x03\x04",
		"\x01\x01\x02\x03\x04\x04\x03\x02\x01",
	}
	for _, doc := range docs {
		parts, err := frame.Split(wiredesk.Raw{Bytes: []byte(doc)}, frame.Control, "SOH")
		if err != nil {
			t.Errorf("%q: %v", doc, err)
			continue
		}
		var all bytes.Buffer
		for _, p := range parts {
			all.Write(p.Bytes)
		}
		if all.String() != doc {
			t.Errorf("parts of %q put together = %q", doc, all.String())
		}
	}
	if _, err := frame.Split(wiredesk.Raw{Bytes: []byte("plain")}, frame.Control, "SOH (byte 01)"); err == nil {
		t.Error("a document without a frame was split")
	}
}

func TestSplitKnowsPlaces(t *testing.T) {
	parts, err := frame.Split(wiredesk.Raw{Bytes: []byte("\x01a\n\x02b\n\x03\x04\n\x01c\x02d\x03\x04")}, frame.Control, "SOH")
	if err != nil || len(parts) != 2 {
		t.Fatalf("parts = %d, %v; want 2", len(parts), err)
	}
	if p := parts[1]; p.Line != 4 || p.Column != 1 || p.Item != 2 {
		t.Errorf("second part at %d:%d item %d, want 4:1 item 2", p.Line, p.Column, p.Item)
	}
}
