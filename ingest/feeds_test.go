package ingest_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/sample"
)

// wanted is the share of facts that must be right in the feeds of ../shared/corpora/feeds.
const wanted = 0.97

// tally counts the facts of one kind.
type tally struct{ right, all int }

type tallies map[string]*tally

func (ts tallies) count(t *testing.T, fact, file, got, want string) {
	n := ts[fact]
	if n == nil {
		n = &tally{}
		ts[fact] = n
	}
	n.all++
	if got == want {
		n.right++
		return
	}
	t.Logf("%s: %s = %q, want %q", file, fact, got, want)
}

func (ts tallies) report(t *testing.T) {
	t.Helper()
	var sum tally
	for fact, n := range ts {
		t.Logf("%-10s %4d of %4d", fact, n.right, n.all)
		sum.right, sum.all = sum.right+n.right, sum.all+n.all
	}
	t.Logf("%-10s %4d of %4d", "all", sum.right, sum.all)
	if float64(sum.right) < wanted*float64(sum.all) {
		t.Errorf("%d of %d facts right, want at least %.0f %%", sum.right, sum.all, wanted*100)
	}
}

func corpus(t *testing.T, path string) string {
	t.Helper()
	shared := sample.Shared()
	if shared == "" {
		t.Skip("skipped: ../shared is absent, and the feeds to measure on are there")
	}
	return filepath.Join(shared, "corpora", "feeds", path)
}

func feedStories(t *testing.T, file string) ([]wiredesk.Story, error) {
	t.Helper()
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	format := ""
	if strings.HasSuffix(file, ".json") {
		format = "jsonfeed"
	}
	reading, err := ingest.Read(wiredesk.Raw{Provider: "kestrel", Feed: "kestrel", Received: sample.Received, Format: format, Bytes: doc})
	var stories []wiredesk.Story
	for _, p := range reading.Parts {
		stories = append(stories, p.Stories...)
	}
	return stories, err
}

// plain is a text without tags and white space.
func plain(s string) string {
	if text, err := markup.HTMLText(s); err == nil {
		s = text
	}
	return strings.Join(strings.Fields(s), "")
}

// title is the wanted title when the two read the same. Markup in a title, escaped once or twice, is not part of it; what
// looks like a tag in a title of text is.
func title(got, want string) string {
	if strings.Join(strings.Fields(got), "") == plain(want) || plain(got) == plain(plain(want)) {
		return plain(want)
	}
	return plain(got)
}

func alt(s wiredesk.Story, role string) string {
	for _, a := range s.Item.AltIDs {
		if a.Role == role {
			return a.Value
		}
	}
	return ""
}

func TestFeedsAsGofeedReadsThem(t *testing.T) {
	ts := tallies{}
	for _, dir := range []string{"translator/rss", "translator/atom", "parser/rss", "parser/atom"} {
		files, _ := filepath.Glob(filepath.Join(corpus(t, "gofeed"), dir, "*.xml"))
		if len(files) == 0 {
			t.Errorf("no feeds in %s", dir)
		}
		for _, file := range files {
			compareGofeed(t, ts, file)
		}
	}
	ts.report(t)
}

// gofeedFeed is a result of gofeed: of its translator, or of one of its parsers, which spell some names in their own way.
type gofeedFeed struct {
	Items   []gofeedItem
	Entries []gofeedItem
}

type gofeedItem struct {
	Title     string
	Link      string
	ID        string
	GUID      json.RawMessage
	Links     json.RawMessage
	Published *time.Time `json:"publishedParsed"`
	PubDate   *time.Time `json:"pubDateParsed"`
	Updated   *time.Time `json:"updatedParsed"`
}

// id is the item's id: a word, or in RSS an object with the word in it.
func (i gofeedItem) id() string {
	var word string
	var object struct{ Value string }
	if json.Unmarshal(i.GUID, &word) != nil {
		_ = json.Unmarshal(i.GUID, &object)
	}
	return i.ID + word + object.Value
}

// link is the item's link: a word, or in Atom the first alternate.
func (i gofeedItem) link() string {
	var all []struct{ Href, Rel string }
	_ = json.Unmarshal(i.Links, &all)
	for _, l := range all {
		if i.Link == "" && (l.Rel == "" || l.Rel == "alternate") {
			return l.Href
		}
	}
	return i.Link
}

func compareGofeed(t *testing.T, ts tallies, file string) {
	var want gofeedFeed
	b, err := os.ReadFile(strings.TrimSuffix(file, ".xml") + ".json")
	if err != nil || json.Unmarshal(b, &want) != nil {
		return
	}
	got, _ := feedStories(t, file)
	base := filepath.Base(file)
	for i, w := range append(want.Items, want.Entries...) {
		if i >= len(got) {
			ts.count(t, "items", base, "missing", "")
			continue
		}
		ts.count(t, "items", base, "", "")
		countGofeed(t, ts, base, got[i], w)
	}
}

func countGofeed(t *testing.T, ts tallies, base string, s wiredesk.Story, w gofeedItem) {
	if w.Title != "" {
		ts.count(t, "title", base, title(s.Item.Headline(), w.Title), plain(w.Title))
	}
	if link := w.link(); link != "" {
		ts.count(t, "link", base, alt(s, "link"), link)
	}
	if id := w.id(); id != "" {
		ts.count(t, "id", base, alt(s, "guid"), id)
	}
	if w.Published == nil {
		w.Published = w.PubDate
	}
	if at := s.Item.FirstCreated; w.Published != nil {
		if at.IsZero() {
			at = s.Item.VersionCreated // gofeed takes the one for the other
		}
		ts.count(t, "date", base, at.UTC().Format(time.RFC3339), w.Published.UTC().Format(time.RFC3339))
	}
	if w.Updated != nil {
		ts.count(t, "date", base, s.Item.VersionCreated.UTC().Format(time.RFC3339), w.Updated.UTC().Format(time.RFC3339))
	}
}

var expectation = regexp.MustCompile(`entries\[0\]\['(title|link|id|guid|published_parsed|updated_parsed)'\] == (?:u?'([^']*)'|u?"([^"]*)"|\(([\d, ]+)\))\s*$`)

func TestFeedsAsFeedparserReadsThem(t *testing.T) {
	ts := tallies{}
	err := filepath.WalkDir(corpus(t, "feedparser"), func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".xml" {
			return err
		}
		compareFeedparser(t, ts, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ts.report(t)
}

func compareFeedparser(t *testing.T, ts tallies, file string) {
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := feedStories(t, file)
	base := filepath.Base(file)
	for _, s := range got {
		if strings.ContainsRune(s.Text+s.Item.Headline(), '\uFFFD') {
			ts.count(t, "readable", base, "U+FFFD", "")
		}
	}
	for l := range strings.SplitSeq(string(doc), "\n") {
		m := expectation.FindStringSubmatch(strings.TrimSpace(l))
		if m == nil || !strings.Contains(l, "Expect") || elsewhere(base) {
			continue
		}
		if len(got) == 0 {
			ts.count(t, m[1], base, "no story", m[2]+m[3])
			continue
		}
		countFeedparser(t, ts, base, got[0], m)
	}
}

// elsewhere says that the facts of a file hang on what is not in it, an HTTP header, or on an entity that the document
// declares, which is refused by design.
func elsewhere(base string) bool {
	return strings.HasPrefix(base, "http_") || base == "entity_in_doctype.xml"
}

func countFeedparser(t *testing.T, ts tallies, base string, s wiredesk.Story, m []string) {
	want := m[2] + m[3]
	switch m[1] {
	case "title":
		ts.count(t, "title", base, title(s.Item.Headline(), want), plain(want))
	case "link":
		ts.count(t, "link", base, alt(s, "link"), want)
	case "id", "guid":
		ts.count(t, "id", base, alt(s, "guid"), want)
	default:
		at := s.Item.FirstCreated
		if m[1] == "updated_parsed" {
			at = s.Item.VersionCreated
		}
		ts.count(t, "date", base, at.UTC().Format("2006, 1, 2, 15, 4, 5"), strings.Join(strings.Split(m[4], ", ")[:6], ", "))
	}
}
