package stream_test

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/publish/stream"
)

func (d *desk) dial(t *testing.T, path string, header http.Header) (*websocket.Conn, *http.Response, error) {
	t.Helper()
	c, res, err := websocket.Dial(t.Context(), "ws"+strings.TrimPrefix(d.url, "http")+path, &websocket.DialOptions{HTTPHeader: header})
	if err == nil {
		c.SetReadLimit(16 << 20)
		t.Cleanup(func() { _ = c.CloseNow() })
	}
	return c, res, err
}

func said(t *testing.T, c *websocket.Conn) line {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	_, text, err := c.Read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, string(text))[0]
}

func TestWebSocket(t *testing.T) {
	d := open(t, brokertest.New(t), func(o *stream.Options) { o.KeepAlive = 20 * time.Millisecond })
	d.store(t, revision{story: "a", number: 1, text: "one"})
	c, _, err := d.dial(t, "/v1/stream/wire/*?from=all", nil)
	if err != nil {
		t.Fatal(err)
	}
	first := said(t, c)
	if first.Article.Story != "a" || first.Subject != "news.wire.mill.a" {
		t.Errorf("first comes %+v", first)
	}
	d.store(t, revision{story: "b", number: 1, text: "two"})
	second := said(t, c)
	if second.Article.Story != "b" {
		t.Errorf("live comes %+v", second)
	}
	go d.board.Stop(t.Context())
	_, text, err := c.Read(t.Context())
	if err != nil || !strings.Contains(string(text), `"end"`) {
		t.Errorf("last comes %s, %v; want the end", text, err)
	}
	var closed websocket.CloseError
	if _, _, err := c.Read(t.Context()); !errors.As(err, &closed) || closed.Code != websocket.StatusTryAgainLater || closed.Reason != "since="+strconv.FormatUint(second.Seq, 10) {
		t.Errorf("closed with %v; want try again, and where", err)
	}
}

func TestAPageOfAnotherOriginGetsNoWebSocket(t *testing.T) {
	d := open(t, brokertest.New(t), nil)
	if _, res, err := d.dial(t, "/v1/stream/wire/*", http.Header{"Origin": {"https://elsewhere.example"}}); err == nil || res == nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("%v, %v; want 403", res, err)
	}
	if _, _, err := d.dial(t, "/v1/stream/wire/*", http.Header{"Origin": {d.url}}); err != nil {
		t.Errorf("a page of our own: %v", err)
	}
}
