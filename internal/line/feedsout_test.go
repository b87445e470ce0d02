package line_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/ingest/atom"
	"github.com/wiredesk/wiredesk/ingest/jsonfeed"
	"github.com/wiredesk/wiredesk/ingest/rss"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

const pictured = `{"uri":"urn:mill:9","standard":{"name":"ninjs","version":"3.1"},"type":"text","version":"1","pubStatus":"usable",
	"firstCreated":"2031-04-07T09:00:00Z","versionCreated":"2031-04-07T10:00:00Z","language":"en","by":"Ada Lund",
	"headlines":[{"value":"Mill <wheel> & pond"}],
	"bodies":[{"contentType":"text/html","value":"<p>LUNDBY (Reuters) - The wheel turned, <b>at last</b>.</p><script>x()</script>"}],
	"associations":[{"name":"main","uri":"urn:mill:9:p","type":"picture","renditions":[{"name":"web","href":"https://mill.example/w.jpg","contentType":"image/jpeg","sizeInBytes":4711}]}]}`

// TestFeedsAreReadByOurOwnReaders pushes a story, and reads it again from each feed as a newsroom that polls it would.
func TestFeedsAreReadByOurOwnReaders(t *testing.T) {
	r := start(t, settings(t), line.Everything()...)
	if _, err := push(t, r, "harbour", pictured, adapter.Document{}); err != nil {
		t.Fatal(err)
	}
	for format, parse := range map[string]wiredesk.Parser{"atom": atom.Parse, "rss": rss.Parse, "json": jsonfeed.Parse} {
		address := r.at.HTTP + "/v1/feeds/source/reuters." + format
		var stories []wiredesk.Story
		until(t, format+" has the story", func() bool {
			code, body := get(t, address)
			var err error
			stories, err = parse(wiredesk.Raw{Feed: "again", Provider: "again", Bytes: []byte(body), Received: time.Now()})
			return code == 200 && err == nil && len(stories) == 1
		})
		s := stories[0]
		if !strings.HasPrefix(s.Item.URI, "urn:wiredesk:story:") || s.Item.Headline() != "Mill <wheel> & pond" {
			t.Errorf("%s: uri %q, headline %q", format, s.Item.URI, s.Item.Headline())
		}
		if !strings.Contains(s.Text, "The wheel turned, at last.") || strings.Contains(s.Text, "x()") {
			t.Errorf("%s: text %q", format, s.Text)
		}
		if s.Item.Language != "en" && format != "rss" || s.Item.By != "Ada Lund" || s.Item.VersionCreated.IsZero() {
			t.Errorf("%s: language %q, by %q, at %s", format, s.Item.Language, s.Item.By, s.Item.VersionCreated)
		}
		if !strings.Contains(pictures(s), "https://mill.example/w.jpg") {
			t.Errorf("%s: pictures %q", format, pictures(s))
		}
	}
	kill := strings.Replace(strings.Replace(pictured, `"usable"`, `"canceled"`, 1), `"version":"1"`, `"version":"2"`, 1)
	if _, err := push(t, r, "harbour", kill, adapter.Document{}); err != nil {
		t.Fatal(err)
	}
	until(t, "the kill is in the feed", func() bool {
		_, body := get(t, r.at.HTTP+"/v1/feeds/source/reuters.atom")
		stories, err := atom.Parse(wiredesk.Raw{Feed: "again", Provider: "again", Bytes: []byte(body), Received: time.Now()})
		return err == nil && len(stories) == 1 && stories[0].Item.Status() == wiredesk.Canceled && !strings.Contains(body, "turned")
	})
	for _, format := range []string{"rss", "json"} {
		if _, body := get(t, r.at.HTTP+"/v1/feeds/wire/all."+format); strings.Contains(body, "turned") || strings.Contains(body, "pond") {
			t.Errorf("%s still has killed text:\n%s", format, body)
		}
	}
}

func pictures(s wiredesk.Story) string {
	var all []string
	for _, r := range s.Item.Renditions {
		all = append(all, r.Href)
	}
	for _, a := range s.Item.Associations {
		for _, r := range a.Renditions {
			all = append(all, r.Href)
		}
	}
	return strings.Join(all, " ")
}

// TestFeedsHaveReaders confines a reader to the subjects it may see.
func TestFeedsHaveReaders(t *testing.T) {
	c := settings(t)
	c.HTTP.URL = "https://wire.example.org"
	c.Readers = []config.Reader{{Name: "partner", Tokens: []config.Secret{"a-token-of-the-partner"}, Subjects: []string{"news.place.sy.*"}}}
	r := start(t, c, line.Everything()...)
	for path, want := range map[string]int{"/v1/feeds/place/sy.atom": 200, "/v1/feeds/place/dk.atom": 403, "/v1/feeds/wire/all.atom": 403} {
		code, body := ask(t, r.at.HTTP+path, "a-token-of-the-partner")
		if code != want || want == 200 && !strings.Contains(body, `href="https://wire.example.org/v1/feeds/place/sy.atom"`) {
			t.Errorf("%s: %d, want %d:\n%s", path, code, want, body)
		}
		if code, _ := ask(t, r.at.HTTP+path, "another-token-altogether"); code != 401 {
			t.Errorf("%s with a wrong token: %d, want 401", path, code)
		}
	}
}

func ask(t *testing.T, address, token string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}
