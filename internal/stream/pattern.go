package stream

import (
	"fmt"
	"strings"
)

// NotNews says why a subject, with or without wildcards, matches nothing that subscribers can get; empty if it may.
func NotNews(subject string) string {
	tokens := strings.Split(subject, ".")
	if tokens[0]+"." != NewsPrefix {
		return "is no subject of the news"
	}
	for i, t := range tokens[1:] {
		last := i == len(tokens)-2
		switch {
		case t == "*", t == ">" && last:
		case t == "" || strings.Trim(t, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "":
			return fmt.Sprintf("has a part %q that no subject has", t)
		}
	}
	if n := len(tokens); n > 4 || n < 4 && tokens[n-1] != ">" {
		return fmt.Sprintf("has %d parts, and those of the news have four", n)
	}
	return ""
}

// Overlap says whether some subject matches both patterns.
func Overlap(a, b string) bool {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(as), len(bs)) {
		if as[i] == ">" || bs[i] == ">" {
			return true
		}
		if as[i] != bs[i] && as[i] != "*" && bs[i] != "*" {
			return false
		}
	}
	return len(as) == len(bs)
}

// Covers says whether every subject that the narrow pattern matches is matched by the wide one. A subject is the
// narrowest of patterns.
func Covers(wide, narrow string) bool {
	ws, ns := strings.Split(wide, "."), strings.Split(narrow, ".")
	for i, w := range ws {
		switch {
		case i >= len(ns):
			return false
		case w == ">":
			return true
		case w != ns[i] && (w != "*" || ns[i] == ">"):
			return false
		}
	}
	return len(ws) == len(ns)
}
