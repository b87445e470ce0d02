package line_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

// The line serves its console; an open page keeps no stop waiting, and a polled feed's last look is told.
func TestTheLineHasAConsole(t *testing.T) {
	broken := httptest.NewServer(http.NotFoundHandler())
	defer broken.Close()
	c := settings(t)
	c.Feeds = []config.Feed{{Name: "polled", Provider: "polled", Poll: config.Poll{URL: broken.URL + "/feed.xml", Allow: []string{strings.TrimPrefix(broken.URL, "http://")}}}, {Name: "mill", Provider: "mill"}}
	r := start(t, c, line.Everything()...)
	if _, err := push(t, r, "mill", story, adapter.Document{}); err != nil {
		t.Fatal(err)
	}
	if code, body := get(t, r.at.HTTP+"/"); code != http.StatusOK || !strings.Contains(body, "/console/web/app.js") {
		t.Errorf("the root leads to %d %s; want the console's page", code, body)
	}
	eventually(t, "the failed look is told", func() bool {
		code, body := get(t, r.at.HTTP+"/console/api/feeds")
		return code == http.StatusOK && strings.Contains(body, `"fails":1`) && strings.Contains(body, "404")
	})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.at.HTTP+"/console/api/wire", nil)
	if err != nil {
		t.Fatal(err)
	}
	list, err := new(http.Client).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer list.Body.Close()
	began := time.Now()
	if err := r.stop(); err != nil || time.Since(began) > time.Duration(c.Limits.Drain)/2 {
		t.Errorf("the stop took %s beside an open page, %v", time.Since(began), err)
	}
}
