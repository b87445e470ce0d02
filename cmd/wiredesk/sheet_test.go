package main

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/wiredesk/wiredesk"
)

func TestExplainPage(t *testing.T) {
	code, out, talk := call(t, "", "explain", "--html", filepath.Join("demo", "10.syria-times.roundup.txt"))
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, talk)
	}
	for _, want := range []string{
		`<mark class="cited_outlet" title="cited outlet: Press TV = press-tv, `, `>Press TV</mark><sup>`, `class="head"`, `<b>place</b>: <bdi>Batumi = GE</bdi>`,
		`<b>section</b>: <bdi>Odd year, odd tides: hydrographer</bdi>`, `by the words “<bdi>according to</bdi>”`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	checkPage(t, out)
}

// TestPageRunsNothing reads an article whose every word tries to leave its place.
func TestPageRunsNothing(t *testing.T) {
	const evil = `</style></mark><script>alert(1)</script><a href="javascript:alert(1)" onclick='x'>"'`
	a := &wiredesk.Article{
		Text: "He told " + evil + " in Oslo.\n\n" + evil, Story: "s1", Event: evil, Reason: evil, Missing: []string{evil},
		Attributions: []wiredesk.Attribution{
			{ID: "a1", Role: wiredesk.RoleVenue, Source: wiredesk.Source{ID: evil, Name: evil, Span: wiredesk.Span{Start: 8, End: 8 + len(evil)}}, Rules: []string{evil}, Score: 0.5, Content: []wiredesk.Span{{Start: 0, End: 20}}},
			{ID: "a2", Role: wiredesk.RoleSpeaker, Source: wiredesk.Source{Name: "He", Span: wiredesk.Span{Start: 0, End: 12}}, Cue: &wiredesk.Cue{Span: wiredesk.Span{Start: 3, End: 30}}},
		},
		Places: []wiredesk.Place{{Name: evil, Span: wiredesk.Span{Start: 4, End: 60}}},
	}
	a.Item.URI, a.Item.Language = evil, evil
	var b strings.Builder
	if err := writeSheets(&b, []*sheet{newSheet(1, evil, evil, a), newSheet(2, "b", "", &wiredesk.Article{})}); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Count(text(t, b.String()), "alert(1)</script>"), 2; got < want {
		t.Errorf("the text shows the words %d times, want at least %d", got, want)
	}
	checkPage(t, b.String())
}

// checkPage holds a page to running nothing, loading nothing, closing what it opens, and to links that lead somewhere.
func checkPage(t *testing.T, page string) {
	t.Helper()
	ids, open := map[string]bool{}, map[string]int{}
	var links []string
	for z := html.NewTokenizer(strings.NewReader(page)); z.Next() != html.ErrorToken; {
		k := z.Token()
		switch k.Type {
		case html.StartTagToken:
			open[k.Data]++
		case html.EndTagToken:
			open[k.Data]--
		default:
			continue
		}
		switch k.Data {
		case "script", "img", "link", "iframe", "object", "form":
			t.Errorf("the page holds <%s>", k.Data)
		}
		for _, at := range k.Attr {
			switch {
			case strings.HasPrefix(at.Key, "on"), at.Key == "src":
				t.Errorf("<%s> has %s", k.Data, at.Key)
			case at.Key == "id" && ids[at.Val]:
				t.Errorf("id %q stands twice", at.Val)
			case at.Key == "id":
				ids[at.Val] = true
			case at.Key == "href":
				links = append(links, at.Val)
			}
		}
	}
	for _, to := range links {
		if id, ok := strings.CutPrefix(to, "#"); !ok || !ids[id] {
			t.Errorf("link %q leads nowhere", to)
		}
	}
	for _, element := range []string{"mark", "p", "a", "sup", "li", "article", "bdi"} {
		if open[element] != 0 {
			t.Errorf("<%s> is opened %d times more than it is closed", element, open[element])
		}
	}
}

// text is what a reader of a page sees.
func text(t *testing.T, page string) string {
	t.Helper()
	var b strings.Builder
	for z := html.NewTokenizer(strings.NewReader(page)); z.Next() != html.ErrorToken; {
		if k := z.Token(); k.Type == html.TextToken {
			b.WriteString(k.Data)
		}
	}
	return b.String()
}
