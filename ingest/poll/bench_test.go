package poll_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/ingest/poll"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// BenchmarkLook is one look at a feed of fifty items, the request over the loopback included and the storing of items left
// out: not modified, other bytes around the same items, one new item, with the cursor stored on disk.
func BenchmarkLook(b *testing.B) {
	window := func(from int) string {
		var names []string
		for i := range 50 {
			names = append(names, fmt.Sprint("n", from+50-i))
		}
		return channel(plain(names...)...)
	}
	look := 0
	for name, answer := range map[string]http.HandlerFunc{
		"not-modified": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"1"`)
			if r.Header.Get("If-None-Match") != "" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprint(w, window(0))
		},
		"same-items": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, strings.Replace(window(0), "wire", fmt.Sprint("wire ", look), 1))
		},
		"one-new": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, window(look)) },
	} {
		b.Run(name, func(b *testing.B) {
			s := httptest.NewServer(answer)
			defer s.Close()
			p, turn := benched(b, s.URL)
			take := func(context.Context, wiredesk.Raw) (wiredesk.Receipt, error) { return wiredesk.Receipt{}, nil }
			one := func() {
				look++
				r := p.Poll(b.Context(), take)
				if r.Err != nil {
					b.Fatal(r.Err)
				}
				turn(r.Next)
			}
			for range 60 {
				one()
			}
			b.ReportAllocs()
			for b.Loop() {
				one()
			}
		})
	}
}

// benched is a poller of an address and the hand that turns its clock.
func benched(b *testing.B, address string) (*poll.Poller, func(time.Duration)) {
	b.Helper()
	allow, err := poll.ParseAllow(strings.TrimPrefix(address, "http://"))
	if err != nil {
		b.Fatal(err)
	}
	kv, err := brokertest.New(b, brokertest.Durable()).JS.KeyValue(b.Context(), stream.CursorBucket)
	if err != nil {
		b.Fatal(err)
	}
	now := time.Date(2031, 5, 6, 7, 0, 0, 0, time.UTC)
	p, err := poll.New(poll.Options{
		Feed: "lantern", Provider: "lantern", URL: address, Formats: ingest.Formats(), Cursors: kv, Alone: true, Allow: []poll.Allow{allow},
		Hosts: &poll.Hosts{Gap: time.Nanosecond}, Log: zerolog.Nop(), Now: func() time.Time { return now },
	})
	if err != nil {
		b.Fatal(err)
	}
	return p, func(d time.Duration) { now = now.Add(d) }
}
