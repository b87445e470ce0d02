package markup_test

import (
	"testing"

	"github.com/wiredesk/wiredesk/internal/markup"
)

func TestRoot(t *testing.T) {
	for doc, want := range map[string]string{
		"<?xml version='1.0'?>\n<!-- <x> --><!DOCTYPE a [<!ENTITY b 'c>'>]>\n<p:a q='1'": "a",
		"<a":                                "a",
		"\xff\xfe<\x00a\x00 \x00/\x00>\x00": "a",
		"text <a>":                          "",
		"<!-- never closed <a>":             "",
		"<1>":                               "",
	} {
		if got := markup.Root([]byte(doc)); got != want {
			t.Errorf("Root(%q) = %q; want %q", doc, got, want)
		}
	}
}
