package marks_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/marks"
)

func span(text, of string) wiredesk.Span {
	at := strings.Index(text, of)
	return wiredesk.Span{Start: at, End: at + len(of)}
}

const story = "OSLO (Reuters) - The lock gate held, Ada Brandt said.\n\nNo more."

func article() *wiredesk.Article {
	return &wiredesk.Article{
		Text:     story,
		Dateline: &wiredesk.Line{Span: span(story, "OSLO (Reuters) -"), City: "Oslo", Country: "NO"},
		Attributions: []wiredesk.Attribution{
			{ID: "a1", Role: wiredesk.RoleOrigin, Source: wiredesk.Source{ID: "reuters", Name: "Reuters", Span: span(story, "Reuters")}, Score: 0.97, Rules: []string{"dateline"}},
			{ID: "a2", Role: wiredesk.RoleSpeaker, Source: wiredesk.Source{Name: "Ada Brandt", Span: span(story, "Ada Brandt")}, Cue: &wiredesk.Cue{Type: "verb", Span: span(story, "said")}, Score: 0.9},
			{ID: "a3", Role: wiredesk.RoleSpeaker, Source: wiredesk.Source{Name: "?", Span: wiredesk.Span{Start: 3, End: 900}}},
		},
		Places: []wiredesk.Place{{Name: "Oslo", Country: "NO", Span: span(story, "OSLO")}},
	}
}

func TestOf(t *testing.T) {
	var got []string
	for _, m := range marks.Of(article()) {
		got = append(got, m.Kind+" "+m.In(story)+" "+m.Label+" "+m.Key)
	}
	want := []string{"dateline OSLO (Reuters) - Oslo, NO ", "place OSLO Oslo NO", "origin Reuters Reuters reuters", "speaker Ada Brandt Ada Brandt ", "cue said Ada Brandt "}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOfLeavesOutCutCharacters(t *testing.T) {
	a := &wiredesk.Article{Text: "دمشق", Places: []wiredesk.Place{{Name: "x", Span: wiredesk.Span{Start: 1, End: 4}}, {Name: "y", Span: wiredesk.Span{Start: 2, End: 4}}}}
	if got := marks.Of(a); len(got) != 1 || got[0].Start != 2 {
		t.Errorf("got %+v, want the one that covers whole characters", got)
	}
}

func TestCutCoversTheText(t *testing.T) {
	all := []marks.Mark{
		{Span: wiredesk.Span{Start: 0, End: 10}},
		{Span: wiredesk.Span{Start: 5, End: 20}},
		{Span: wiredesk.Span{Start: 5, End: 7}},
		{Span: wiredesk.Span{Start: 50, End: len(story)}},
	}
	at, ended := 0, 0
	for _, s := range marks.Cut(story, all) {
		if s.Start != at || s.Empty() {
			t.Fatalf("segment %+v does not follow byte %d", s, at)
		}
		at = s.End
		if n := strings.IndexByte(s.In(story), '\n'); n >= 0 && n != s.End-s.Start-1 {
			t.Errorf("segment %q holds a line end", s.In(story))
		}
		for n, m := range all {
			if in := slices.Contains(s.Marks, n); in != m.Overlaps(s.Span) {
				t.Errorf("segment %v: mark %d in it: got %t, want %t", s.Span, n, in, !in)
			}
		}
		ended += len(s.Last)
	}
	if at != len(story) || ended != len(all) {
		t.Errorf("got %d bytes and %d ends, want %d and %d", at, ended, len(story), len(all))
	}
}

func TestApart(t *testing.T) {
	got := marks.Apart(marks.Of(article()), func(m marks.Mark) int {
		if m.Outlet() {
			return 1
		}
		return 0
	})
	for i, m := range got {
		if i > 0 && got[i-1].End > m.Start {
			t.Errorf("%q overlaps %q", got[i-1].In(story), m.In(story))
		}
	}
	if !slices.ContainsFunc(got, marks.Mark.Outlet) {
		t.Error("the outlet is gone, want it to win over the dateline")
	}
}
