package ingest_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func doc(text string) wiredesk.Raw {
	return wiredesk.Raw{Feed: "kestrel-en", Provider: "kestrel", Bytes: []byte(text)}
}

func TestRecognise(t *testing.T) {
	for name, c := range map[string]struct{ doc, asked, want, fault string }{
		"plain copy":          {doc: "The quay reopened on Monday.\n", want: "text"},
		"asked for":           {doc: "The quay reopened.", asked: "text", want: "text"},
		"auto":                {doc: "The quay reopened.", asked: "auto", want: "text"},
		"unknown format":      {doc: "x", asked: "nifty", fault: `format "nifty" is not known: use auto or one of`},
		"empty":               {doc: "", fault: "1:1: the document is empty"},
		"PDF":                 {doc: "%PDF-1.7\n...", fault: "a PDF document"},
		"PDF, asked for text": {doc: "%PDF-1.7\n...", asked: "text", fault: "a PDF document"},
		"zip":                 {doc: "PK\x03\x04....", fault: "a zip archive"},
		"PNG":                 {doc: "\x89PNG\r\n\x1a\n", fault: "a PNG image"},
		"JPEG":                {doc: "\xff\xd8\xff\xe0", fault: "a JPEG image"},
		"gzip":                {doc: "\x1f\x8b\x08", fault: "gzip data"},
		"video":               {doc: "\x00\x00\x00\x20ftypisom....", fault: "a video"},
		"controls":            {doc: strings.Repeat("a\x01\x02\x05", 50), fault: "binary data"},
		"XML of nobody here":  {doc: "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", fault: "root element <a>"},
		"UTF-16 with a mark":  {doc: "\xff\xfeT\x00h\x00e\x00 \x00q\x00u\x00a\x00y\x00", want: "text"},
	} {
		t.Run(name, func(t *testing.T) {
			raw := doc(c.doc)
			raw.Format = c.asked
			got, why, err := ingest.Recognise(raw)
			if c.fault != "" {
				var f *wiredesk.Fault
				if !errors.As(err, &f) || !strings.Contains(err.Error(), c.fault) {
					t.Fatalf("got %q, %v; want a fault with %q", got.Name, err, c.fault)
				}
				return
			}
			if err != nil || got.Name != c.want || why == "" {
				t.Fatalf("got %q (%s), %v; want %q with a reason", got.Name, why, err, c.want)
			}
		})
	}
}

func TestTheSurestSnifferWins(t *testing.T) {
	r := ingest.NewReader(formats(t), 0)
	got, err := r.Read(doc("#cards\nu:1|one"))
	if err != nil || got.Format != "cards" || got.Why != "it begins with #cards" {
		t.Errorf("got %q (%q), %v; want cards and its reason", got.Format, got.Why, err)
	}
}

func TestOneBadItemHarmsNoOther(t *testing.T) {
	r := ingest.NewReader(formats(t), 200*time.Millisecond)
	got, err := r.Read(doc("#cards\nu:1|one\n--\npanic\n--\nnothing\n--\nno bar\n--\n|no uri\n--\nu:6|\xff\n--\nu:7|seven"))
	if err != nil || len(got.Parts) != 7 {
		t.Fatalf("got %d parts, %v; want 7", len(got.Parts), err)
	}
	for i, want := range []string{
		"", "the parser failed on it", "no story in it", "a card without a bar", "the story has no identity", "not valid UTF-8", "",
	} {
		p := got.Parts[i]
		if want == "" && (p.Err != nil || len(p.Stories) != 1) || want != "" && (p.Err == nil || !strings.Contains(p.Err.Error(), want) || len(p.Stories) > 0) {
			t.Errorf("part %d: got %d stories, %v; want %q", i+1, len(p.Stories), p.Err, want)
		}
		if p.Raw.Item != i+1 || p.Raw.Format != "cards" {
			t.Errorf("part %d: got item %d, format %q", i+1, p.Raw.Item, p.Raw.Format)
		}
	}
	if s := got.Parts[0].Stories[0]; s.Provider != "kestrel" || s.Feed != "kestrel-en" || s.Format != "cards" {
		t.Errorf("got %s/%s/%s; want the line's provider, feed and format, not the document's", s.Provider, s.Feed, s.Format)
	}
}

func TestAParserThatHangsIsLeftBehind(t *testing.T) {
	r := ingest.NewReader(formats(t), 50*time.Millisecond)
	for range 16 {
		got, err := r.Read(doc("#cards\nhang"))
		if err != nil || len(got.Parts) != 1 || !strings.Contains(got.Parts[0].Err.Error(), "took longer than 50ms") {
			t.Fatalf("got %+v, %v; want a part that took too long", got, err)
		}
	}
	var busy *intake.Busy
	if _, err := r.Read(doc("#cards\nu:1|one")); !errors.As(err, &busy) {
		t.Errorf("got %v with 16 parsers stuck; want Busy", err)
	}
}

func TestLimitsAreExact(t *testing.T) {
	r := ingest.NewReader(formats(t), 0)
	for name, c := range map[string]struct {
		doc   string
		fault string
	}{
		"text at the limit":      {"#cards\nu|" + strings.Repeat("x", stream.MaxText), ""},
		"text over the limit":    {"#cards\nu|" + strings.Repeat("x", stream.MaxText+1), "the limit of one story's text is 1048576"},
		"uri at the limit":       {"#cards\n" + strings.Repeat("u", ingest.MaxURI) + "|x", ""},
		"uri over the limit":     {"#cards\n" + strings.Repeat("u", ingest.MaxURI+1) + "|x", "the uri has 2049 bytes: the limit is 2048"},
		"uri with a line end":    {"#cards\nu\x01|x", "characters that do not print"},
		"items at the limit":     {"#cards\n" + strings.Repeat("u|x\n--\n", ingest.MaxItems-1) + "u|x", ""},
		"items over the limit":   {"#cards\n" + strings.Repeat("u|x\n--\n", ingest.MaxItems) + "u|x", "holds 10001 items: the limit is 10000"},
		"story over the limit":   {"#cards\nu|" + strings.Repeat("x", stream.MaxStory-8), "one story has 4194305 bytes: the limit is 4194304"},
		"item over the limit":    {"#cards\nu|x\n--\nu|" + strings.Repeat("x", stream.MaxStory-1), "one item of the document has 4194305 bytes"},
		"document over the line": {strings.Repeat("x", stream.MaxDocument+1), "the document has 10485761 bytes: the limit is 10485760"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := r.Read(doc(c.doc))
			for _, p := range got.Parts {
				err = errors.Join(err, p.Err)
			}
			if c.fault == "" && err != nil || c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)) {
				t.Errorf("got %v, want %q", err, c.fault)
			}
		})
	}
}

func TestAStoredPartIsReadByItself(t *testing.T) {
	r := ingest.NewReader(formats(t), 0)
	whole, err := r.Read(doc("#cards\nu:1|one\n--\nu:2|two"))
	if err != nil {
		t.Fatal(err)
	}
	stories, err := r.Parse(whole.Parts[1].Raw)
	if err != nil || len(stories) != 1 || stories[0].Item.URI != "u:2" || stories[0].Provider != "kestrel" {
		t.Errorf("got %+v, %v; want the second story", stories, err)
	}
}
