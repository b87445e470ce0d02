package deploy_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/web"
	"github.com/wiredesk/wiredesk/publish/stream"
)

// TestPublishServesTheNewsOverHTTP has readers begin everywhere, by the rights of the publish role.
func TestPublishServesTheNewsOverHTTP(t *testing.T) {
	s, admin := line(t)
	nc, err := broker.Dial(t.Context(), s.ClientURL(), broker.DialOptions{
		Name: "publish", User: "publish", Password: password("WIRE_PUBLISH_PASSWORD"), Log: zerolog.New(zerolog.NewTestWriter(t)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	board, err := stream.New(t.Context(), stream.Options{NC: nc, Readers: &web.Readers{Loopback: true}, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for pattern, h := range board.Routes() {
		mux.Handle(pattern, h)
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	news(t, role{nc}, wiredesk.Facet{Name: "desk", Value: "night"}, "abc")
	news(t, role{nc}, wiredesk.Facet{Name: "place", Value: "sy"}, "abc")
	news(t, role{nc}, wiredesk.Facet{Name: "wire", Value: "sana"}, "abc")
	for path, want := range map[string]string{
		"/v1/stream/wire/*?from=all&poll=1":                                                          `"subject":"news.wire.sana.abc"`,
		"/v1/stream/place/sy?from=current&poll=1":                                                    `"subject":"news.place.sy.abc"`,
		"/v1/stream/wire/*?since=2020-01-01T00:00:00Z&poll=1&view=row":                               `"desks":["night"]`,
		"/v1/stream?subject=news.place.*.*&subject=news.desk.*.*&subject=news.wire.>&since=2&poll=1": `"seq":`,
		"/v1/stories/abc": `"story":"abc"`,
	} {
		res, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if got := string(body); res.StatusCode != 200 || !strings.Contains(got, want) {
			t.Errorf("%s: %d %s; want %s", path, res.StatusCode, got, want)
		}
	}
	board.Stop(context.Background())
	if err := nc.LastError(); err != nil {
		t.Errorf("the broker refused something: %v", err)
	}
	st, err := admin.js(t).Stream(t.Context(), "NEWS")
	if err != nil {
		t.Fatal(err)
	}
	if n := st.CachedInfo().State.Consumers; n != 0 {
		t.Errorf("%d consumers are left", n)
	}
}
