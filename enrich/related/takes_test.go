package related_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/related"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
)

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// piece is copy under a slug, so many minutes after Monday, nine o'clock. Its text is its own.
func piece(provider, slug string, minute int) wiredesk.Article {
	uri := fmt.Sprintf("urn:%s:%s:%d", provider, slug, minute)
	a := article(provider, uri, words(uri), monday.Add(time.Duration(minute)*time.Minute))
	a.Item.Slugline = slug
	return a
}

// words are forty that no other text has.
func words(seed string) string {
	var all []string
	for i := range 40 {
		all = append(all, wiredesk.ShortHash(seed, fmt.Sprint(i)))
	}
	return strings.Join(all, " ")
}

// links are the relations that the last of some articles is given.
func links(t *testing.T, all ...wiredesk.Article) map[string]string {
	t.Helper()
	x := related.New(related.Options{})
	var out map[string]string
	for _, a := range all {
		if err := x.Enrich(t.Context(), nil, &a); err != nil {
			t.Fatal(err)
		}
		out = map[string]string{}
		for _, r := range a.Related {
			out[r.URI] = r.Relation
		}
	}
	return out
}

func TestHowTakesAreMarked(t *testing.T) {
	keyed, titled := piece("north", "bridge-dam", 9), piece("north", "BRIDGE-DAM/", 9)
	keyed.Keywords = []string{"dams", "2ndLd"}
	titled.Item.Headlines = []wiredesk.Content{{Value: "Dam bridge closed (TAKE 2)"}}
	marked := []wiredesk.Article{keyed, titled}
	for _, slug := range []string{
		"bridge-dam, 1st take", "bridge-dam, 2ndLd", "bridge-dam 2nd Ld", "bridge-dam-3rdLd-Writethru", "bridge-dam, add 1", "bridge-dam, 1st add, last",
		"bridge-dam, take 2 of 3", "BRIDGE-DAM/ (TAKE 2)", "BRIDGE-DAM/ (TAKE 2, PIX)", "(TAKE 2) BRIDGE-DAM/", "(PIX, TAKE 2) BRIDGE-DAM", "bridge-dam, Writethru", "bridge-dam, Lead 2",
		"bridge-dam, 1st Ld-Writethru,412",
	} {
		marked = append(marked, piece("north", slug, 9))
	}
	for _, a := range marked {
		opener := piece("north", "Bridge-Dam", 0)
		if got := links(t, opener, a); got[opener.Item.URI] != related.Take {
			t.Errorf("%q, %q, %q: %v; want it linked as a take", a.Item.Slugline, a.Keywords, a.Item.Headline(), got)
		}
	}
	for _, slug := range []string{
		"bridge-dam", "bridge-dam 2", "bridge-dam, lead", "bridge-dam-lead", "bridge-dam, 2nd day", "bridge-dam, takeover", "bridge-dam (PIX)", "bridge-dam (Mar 3)",
		"bridge-damage, add 1", "bridge, add 1", "add 1", "2nd Ld", "",
	} {
		if got := links(t, piece("north", "bridge-dam", 0), piece("north", slug, 9)); len(got) > 0 {
			t.Errorf("%q: %v; want no link", slug, got)
		}
	}
}

func TestTakesOfOneStory(t *testing.T) {
	first, second, third := piece("north", "bridge-dam, take 1", 0), piece("north", "bridge-dam, take 2", 20), piece("north", "bridge-dam, take 3", 40)
	got := links(t, first, second, third)
	if len(got) != 2 || got[first.Item.URI] != related.Take || got[second.Item.URI] != related.Take {
		t.Errorf("the third take has %v; want the other two", got)
	}
	if got = links(t, second, third, first); len(got) != 2 || got[third.Item.URI] != related.Take {
		t.Errorf("the first take, come in last, has %v; want the other two", got)
	}
	again := third
	again.Revision, again.Hops = 2, []wiredesk.Hop{{At: monday.Add(20 * time.Hour)}}
	if got = links(t, first, second, third, again); len(got) != 2 {
		t.Errorf("the third take, corrected a day later, has %v; want the other two still", got)
	}
	killed := first
	killed.Event = wiredesk.EventKill
	if got = links(t, first, second, killed, third); len(got) != 1 {
		t.Errorf("the third take has %v; want nothing of the first, which is killed", got)
	}
}

func TestATakeIsNoDuplicate(t *testing.T) {
	first, second := piece("north", "bridge-dam, take 1", 0), piece("north", "bridge-dam, take 2", 20)
	for name, text := range map[string]string{"the same text": first.Text, "more text": first.Text + " " + words("more"), "short copy": "Nobody was hurt."} {
		second.Text = text
		if got := links(t, first, second); got[first.Item.URI] != related.Take {
			t.Errorf("%s: %v; want a take", name, got)
		}
	}
	if got, _ := related.Relate(&related.Card{Story: "a", Provider: "north"}, &related.Card{Story: "b", Provider: "south"}); got != "" {
		t.Errorf("two short copies, of which nothing is known: %q; want nothing", got)
	}
	lead := piece("north", "bridge-dam, 1st Ld-Writethru", 20)
	lead.Text = first.Text + " " + words("more")
	opener := first
	opener.Item.Slugline = "bridge-dam"
	if got := links(t, opener, lead); got[opener.Item.URI] != related.Update {
		t.Errorf("a lead that says it all again: %v; want an update", got)
	}
	lead.Text = first.Text
	if got := links(t, opener, lead); got[opener.Item.URI] != related.Take {
		t.Errorf("a lead with the same text: %v; want a take", got)
	}
	resent := first
	resent.Item.URI, resent.Story = "urn:north:resent", wiredesk.StoryID("north", "urn:north:resent")
	if got := links(t, first, resent); got[first.Item.URI] != related.Duplicate {
		t.Errorf("the same take once more: %v; want a duplicate", got)
	}
}

// A slug that goes out every day is no story.
func TestFalseFriendsOfTakes(t *testing.T) {
	day := 24 * 60
	night := 14 * 60 // 23:00
	for name, all := range map[string][]wiredesk.Article{
		"two days' briefs":                 {piece("north", "sports-briefs", 0), piece("north", "sports-briefs", day)},
		"two briefs of a day":              {piece("north", "sports-briefs", 0), piece("north", "sports-briefs", 60)},
		"a lead of the next day":           {piece("north", "sports-briefs", 0), piece("north", "sports-briefs, 1st Ld", day+30)},
		"the next day's first lead":        {piece("north", "sports-briefs, 1st Ld", night), piece("north", "sports-briefs, 1st Ld", night+7*60)},
		"copy without a mark after a lead": {piece("north", "sports-briefs, 1st Ld", 0), piece("north", "sports-briefs", 60)},
		"another provider":                 {piece("north", "bridge-dam", 0), piece("south", "bridge-dam, 2nd Ld", 20)},
		"another slug":                     {piece("north", "bridge-dam", 0), piece("north", "bridge-dams, 2nd Ld", 20)},
		"no slug but the mark":             {piece("north", "take 1", 0), piece("north", "take 2", 20)},
		"numbers of a series":              {piece("north", "quiz 1", 0), piece("north", "quiz 2", 20)},
	} {
		if got := links(t, all...); len(got) > 0 {
			t.Errorf("%s: %v; want no link", name, got)
		}
	}
	yesterday, today := piece("north", "sports-briefs, 1st Ld", night), piece("north", "sports-briefs", night+7*60)
	got := links(t, yesterday, today, piece("north", "sports-briefs, 2nd Ld", night+8*60))
	if len(got) != 1 || got[today.Item.URI] != related.Take {
		t.Errorf("a lead after the day's briefs has %v; want these alone, and nothing of yesterday's", got)
	}
	late := yesterday
	late.Revision, late.Hops = 2, []wiredesk.Hop{{At: monday.Add(23 * time.Hour)}}
	if got = links(t, yesterday, today, late); len(got) > 0 {
		t.Errorf("yesterday's lead, corrected today, has %v; want nothing of today's", got)
	}
}

func TestWorkersShareTakes(t *testing.T) {
	b := brokertest.New(t)
	one, two := follow(t, b), follow(t, b)
	first, second := piece("north", "bridge-dam", 0), piece("north", "bridge-dam, 2nd Ld", 20)
	second.Text = "Nobody was hurt."
	for _, a := range []*wiredesk.Article{&first, &second} {
		if err := one.Enrich(t.Context(), nil, a); err != nil {
			t.Fatal(err)
		}
		store(t, b, a)
	}
	until(t, "the other worker knows both", func() bool { return two.Len() == 2 })
	third := piece("north", "bridge-dam, add 1", 40)
	if err := two.Enrich(t.Context(), nil, &third); err != nil {
		t.Fatal(err)
	}
	want := []wiredesk.Relation{
		{Story: first.Story, URI: first.Item.URI, Relation: related.Take, Score: 1},
		{Story: second.Story, URI: second.Item.URI, Relation: related.Take, Score: 1},
	}
	if fmt.Sprint(third.Related) != fmt.Sprint(want) {
		t.Errorf("related %v; want %v", third.Related, want)
	}
}
