package looks_test

import (
	"testing"

	"github.com/wiredesk/wiredesk/internal/looks"
)

func TestLike(t *testing.T) {
	for head, want := range map[string]string{
		`<?xml version="1.0"?><!-- x --><rss version="2.0">`: "XML with the root element <rss>",
		"<!DOCTYPE html>\n<html lang=en>":                    "a page of HTML",
		"<!DOCTYPE nitf [<!ENTITY x 'y'>]>\n<nitf>":          "XML with the root element <nitf>",
		"<<":                              "XML or HTML",
		"\ufeff {\"uri\":\"urn:a:b\"}":    "JSON",
		"[\n]":                            "JSON",
		"[Editors: hold]":                 `text that begins with "[Editors: hold]"`,
		"\x16\x16\x01a0417":               "a wire message, framed by SOH or ZCZC",
		"From: Ida <ida@maren.example>\n": "an e-mail",
		" \n":                             "nothing but white space",
		"Quay reopens after two long winters\nMAREN": `text that begins with "Quay reopens after two long wi…"`,
		"Caf\xe9 ouvert": `text that begins with "Caf? ouvert"`,
	} {
		if got := looks.Like(head); got != want {
			t.Errorf("%q: got %s, want %s", head, got, want)
		}
	}
}
