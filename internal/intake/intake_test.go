package intake_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/intake"
)

func TestCheckNamesEverySettingThatIsWrong(t *testing.T) {
	feeds := intake.Feeds{
		{Name: "kestrel", Dir: "in"},
		{Name: "kestrel", Dir: "in", Zone: "Mars/Olympus"},
		{Name: "", Urgency: map[string]int{"hot": 12}},
		{Name: "a\nb", Provider: strings.Repeat("x", 200), Tokens: []string{"secret"}, Rate: -1},
	}
	var got []string
	for _, err := range feeds.Check() {
		var fe *intake.FeedError
		if !errors.As(err, &fe) {
			t.Fatalf("got %T, want a FeedError", err)
		}
		got = append(got, fe.Path)
	}
	want := []string{
		"feeds[1].name", "feeds[1].dir", "feeds[1].zone", "feeds[2].name", "feeds[2].urgency.hot",
		"feeds[3].name", "feeds[3].provider", "feeds[3].tokens", "feeds[3].rate",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if _, err := feeds.Lines(); err == nil {
		t.Error("Lines took feeds that Check refuses")
	}
}

func TestWithoutConfigurationEveryNameIsAFeed(t *testing.T) {
	lines, err := intake.Feeds{}.Lines()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"kestrel", "وكالة", "UPPER case", "a.b", "*", "$JS.API"} {
		line, err := lines.Find(name)
		if err != nil || line.Provider != name {
			t.Errorf("Find(%q) = %+v, %v; want a feed that is its own provider", name, line, err)
		}
	}
	for _, name := range []string{"", "a\r\nNats-Msg-Id: x", " a", "\xff", strings.Repeat("x", 81)} {
		if _, err := lines.Find(name); !errors.Is(err, intake.ErrUnknownFeed) {
			t.Errorf("Find(%q): %v; want ErrUnknownFeed", name, err)
		}
	}
}

func TestOnceConfiguredOnlyThoseFeeds(t *testing.T) {
	lines, err := intake.Feeds{{Name: "kestrel-en", Provider: "kestrel", Zone: "Asia/Damascus", Language: "en"}}.Lines()
	if err != nil {
		t.Fatal(err)
	}
	line, err := lines.Find("kestrel-en")
	if err != nil || line.Provider != "kestrel" || line.House.Language != "en" || line.House.Location().String() != "Asia/Damascus" {
		t.Errorf("got %+v, %v; want the configured feed", line, err)
	}
	if _, err := lines.Find("gannet"); !errors.Is(err, intake.ErrUnknownFeed) || !strings.Contains(err.Error(), "feeds:") {
		t.Errorf("got %v; want ErrUnknownFeed with how to add it", err)
	}
	if h := lines.House("gannet"); h.Language != "" || h.Location() != time.UTC {
		t.Errorf("got %+v for a feed that is gone; want the defaults", h)
	}
}

func TestTokensOfAFeed(t *testing.T) {
	f := intake.Feed{Tokens: []string{intake.HashToken("old"), intake.HashToken("new")}}
	for token, want := range map[string]bool{"old": true, "new": true, "": false, "ol": false, intake.HashToken("old"): false} {
		if got := f.Admits(token); got != want {
			t.Errorf("Admits(%q) = %v, want %v", token, got, want)
		}
	}
	if (intake.Feed{}).Admits("") {
		t.Error("a feed without tokens admitted the empty token")
	}
}

func TestTokensMayBeWrittenInCapitals(t *testing.T) {
	lines, err := intake.Feeds{{Name: "k", Tokens: []string{strings.ToUpper(intake.HashToken("old"))}}}.Lines()
	if err != nil {
		t.Fatal(err)
	}
	if line, _ := lines.Find("k"); !line.Admits("old") {
		t.Error("a digest in capitals admits nobody")
	}
}

func TestAFeedKeepsItsPace(t *testing.T) {
	lines, err := intake.Feeds{{Name: "k", Rate: 2, Burst: 3}}.Lines()
	if err != nil {
		t.Fatal(err)
	}
	line, err := lines.Find("k")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	for i := range 3 {
		if err := line.Admit(now); err != nil {
			t.Fatalf("document %d: %v; want it within the burst", i+1, err)
		}
	}
	var fast *intake.TooFast
	if err := line.Admit(now); !errors.As(err, &fast) || fast.After != 500*time.Millisecond {
		t.Fatalf("got %v; want TooFast with half a second to wait", err)
	}
	if err := line.Admit(now.Add(fast.After)); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

func TestTrace(t *testing.T) {
	const good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
	if got := intake.Trace(intake.WithTrace(context.Background(), good)); got != good {
		t.Errorf("got %s; want the incoming one kept", got)
	}
	for _, bad := range []string{
		"", "01-" + good[3:], "00-00000000000000000000000000000000-00f067aa0ba902b7-01", strings.ToUpper(good),
		good + "-x", good[:54], "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", good + "\r\nNats-Msg-Id: x",
	} {
		got := intake.Trace(intake.WithTrace(context.Background(), bad))
		if got == bad || len(got) != 55 || intake.Trace(intake.WithTrace(context.Background(), got)) != got {
			t.Errorf("for %q got %q; want a new, valid one", bad, got)
		}
	}
}

func TestFaultsOfAnUnreadableDocument(t *testing.T) {
	u := &intake.Unreadable{Faults: []wiredesk.Fault{*wiredesk.Faultf(2, 3, "a"), *wiredesk.Faultf(4, 5, "b")}}
	got := wiredesk.Faults(u)
	if len(got) != 2 || got[1].Line != 4 || u.Error() != "2:3: a\n4:5: b" {
		t.Errorf("got %v and %q; want both faults with their places", got, u.Error())
	}
}
