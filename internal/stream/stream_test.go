package stream_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func FuzzToken(f *testing.F) {
	for _, s := range []string{"sana", "SANA", "a.b", "*", ">", "$JS.API.STREAM.PURGE.RAW", "سانا", "_", "_41", "\x00", "a b", "-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		token, err := stream.Token(text)
		if err != nil {
			return
		}
		if len(token) > stream.MaxToken || strings.Trim(token, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
			t.Fatalf("Token(%q) = %q: outside the alphabet or the bound", text, token)
		}
		back, err := stream.Untoken(token)
		if err != nil || back != text {
			t.Fatalf("Untoken(%q) = %q, %v; want %q", token, back, err, text)
		}
	})
}

func TestTokenRefuses(t *testing.T) {
	for _, text := range []string{"", strings.Repeat("a", stream.MaxToken+1), strings.Repeat("é", stream.MaxToken/6+1)} {
		if got, err := stream.Token(text); err == nil {
			t.Errorf("Token(%q) = %q; want a refusal", text, got)
		}
	}
	for _, token := range []string{"", "SANA", "_", "_4", "_zz", "_61", "a.b", "*", "_FF"} {
		if got, err := stream.Untoken(token); err == nil {
			t.Errorf("Untoken(%q) = %q; want a refusal: Token never makes it", token, got)
		}
	}
}

// The operator's word has a subject that no feed's copy can reach, whatever the feed is called.
func TestNoFeedReachesTheOperatorsSubject(t *testing.T) {
	last := stream.LastToken(stream.EdictSubject)
	if text, err := stream.Untoken(last); err == nil {
		t.Errorf("a feed called %q has the subject %s", text, stream.EdictSubject)
	}
	for _, feed := range []string{last, "operator", "_operator", "OPERATOR"} {
		if got, err := stream.RawSubject(feed); err != nil || got == stream.EdictSubject {
			t.Errorf("feed %q has the subject %q, %v", feed, got, err)
		}
	}
}

func TestNewsSubject(t *testing.T) {
	s, err := stream.News(wiredesk.Facet{Name: "desk", Value: "Middle East.*"}, "abc")
	if err != nil {
		t.Fatal(err)
	}
	if want := "news.desk._4diddle_20_45ast_2e_2a.abc"; s != want {
		t.Errorf("News = %q; want %q", s, want)
	}
	f, story, ok := stream.ParseNews(s)
	if !ok || f.Value != "Middle East.*" || story != "abc" {
		t.Errorf("ParseNews(%q) = %v %q %v", s, f, story, ok)
	}
	if got := stream.NewsInput(s); got != "wire."+s {
		t.Errorf("NewsInput = %q", got)
	}
}
