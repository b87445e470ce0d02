package stream_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	names "github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/stream"
)

// TestReadersThatComeAndGoMissNothing has readers hang up at random and resume by the last id they saw, while stories
// come and the broker restarts. Each sees every revision once, in order.
func TestReadersThatComeAndGoMissNothing(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	d := open(t, brokertest.New(t), func(o *stream.Options) { o.Behind, o.Linger = 50, time.Millisecond })
	const revisions = 700
	paths := []string{
		"/v1/stream/wire/*?from=all", "/v1/stream/place/dk?from=all",
		"/v1/stream?from=all&subject=news.place.*.*&subject=news.topic.politics.*&subject=news.wire.>",
		"/v1/stream?from=all&format=sse&subject=news.place.>&subject=news.source.>",
	}
	var readers sync.WaitGroup
	for i, path := range paths {
		for j := range 2 {
			readers.Go(func() {
				r := rand.New(rand.NewPCG(seed, uint64(i*10+j)))
				got := comeAndGo(t, d, path, revisions, r)
				for n, name := range got {
					if want := fmt.Sprintf("s%d/%d", n%7, n/7+1); name != want {
						t.Errorf("%s: number %d is %s; want %s", path, n, name, want)
						return
					}
				}
			})
		}
	}
	for n := range revisions {
		if n == revisions/3 || n == revisions*2/3 {
			d.Restart(t)
			eventually(t, "the broker is back", d.NC.IsConnected)
		}
		r := revision{story: "s" + strconv.Itoa(n%7), number: n/7 + 1, text: "mill", audience: []string{"place.dk", "source.sana", "topic.politics"}}
		d.store(t, r)
	}
	readers.Wait()
}

// comeAndGo reads so many revisions, from one connection after the other.
func comeAndGo(t *testing.T, d *desk, path string, want int, r *rand.Rand) []string {
	var got []string
	last := ""
	for deadline := time.Now().Add(60 * time.Second); len(got) < want; {
		if time.Now().After(deadline) {
			t.Errorf("%s: %d of %d after a minute, the last is %s", path, len(got), want, last)
			return got
		}
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		req, _ := http.NewRequestWithContext(ctx, "GET", d.url+path, nil)
		if last != "" {
			req.Header.Set("Last-Event-ID", last)
		}
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil || res.StatusCode != http.StatusOK {
			if err == nil {
				res.Body.Close()
			}
			cancel()
			<-time.After(5 * time.Millisecond)
			continue
		}
		c := newClient(res, cancel)
		for left := 1 + r.IntN(60); left > 0 && len(got) < want; left-- {
			e, ok := c.next(t)
			if !ok || e.kind == "end" {
				break
			}
			if e.kind == "gap" {
				t.Errorf("%s: a gap: %s", path, e.data)
			}
			if e.kind != "article" {
				continue
			}
			var a struct {
				Story    string
				Revision int
			}
			if err := json.Unmarshal([]byte(e.data), &a); err != nil {
				t.Errorf("data %q: %v", e.data, err)
			}
			got, last = append(got, a.Story+"/"+strconv.Itoa(a.Revision)), e.id
		}
		c.leave()
	}
	return got
}

// TestAKillOvertakesAReaderWhoCatchesUp kills a story that is on its way to a reader who has not come to it yet.
func TestAKillOvertakesAReaderWhoCatchesUp(t *testing.T) {
	d := open(t, brokertest.New(t), func(o *stream.Options) { o.Behind = 5 })
	long := strings.Repeat("mill ", 60_000) // so that the sockets do not hold everything that was asked for
	for n := range 30 {
		d.store(t, revision{story: "s" + strconv.Itoa(n), number: 1, text: long})
	}
	d.store(t, revision{story: "a", number: 1, text: "SECRET"})
	for n := range 20 {
		d.store(t, revision{story: "t" + strconv.Itoa(n), number: 1, text: "short"})
	}
	c := d.get(t, "/v1/stream/wire/*?from=all")
	if got := c.revisions(t, 1); got != "s0/1" {
		t.Fatalf("first comes %s", got)
	}
	watch := d.get(t, "/v1/stream/wire/*")
	d.store(t, revision{story: "a", number: 2, event: "kill"})
	if got := watch.revisions(t, 1); got != "a/2" {
		t.Fatalf("another reader got %s; want the notice", got)
	}
	for {
		_, a := c.article(t)
		if a.Text == "SECRET" {
			t.Fatal("the killed text is served after the notice")
		}
		if a.Story == "a" {
			break
		}
	}
}

// TestNewsMadeAgain takes NEWS away under a reader, who is sent off and is told of the gap when it comes back.
func TestNewsMadeAgain(t *testing.T) {
	d := open(t, brokertest.New(t), nil)
	for n := range 5 {
		d.store(t, revision{story: "a", number: n + 1, text: "mill"})
	}
	c := d.get(t, "/v1/stream/wire/*?from=all")
	c.revisions(t, 5)
	if err := d.JS.DeleteStream(t.Context(), names.NEWS); err != nil {
		t.Fatal(err)
	}
	settings := names.Streams(names.Defaults())
	i := slices.IndexFunc(settings, func(c jetstream.StreamConfig) bool { return c.Name == names.NEWS })
	if _, err := d.JS.CreateStream(t.Context(), settings[i]); err != nil {
		t.Fatal(err)
	}
	d.store(t, revision{story: "b", number: 1, text: "mill"})
	for {
		e, ok := c.next(t)
		if !ok {
			t.Fatal("no end")
		}
		if e.kind == "end" {
			break
		}
	}
	again := d.get(t, "/v1/stream/wire/*", "Last-Event-ID", "5")
	for {
		e, ok := again.next(t)
		if !ok || e.kind == "article" {
			t.Fatalf("no gap before %+v", e)
		}
		if e.kind == "gap" {
			break
		}
	}
	if got := again.revisions(t, 1); got != "b/1" {
		t.Errorf("after the gap comes %s", got)
	}
}
