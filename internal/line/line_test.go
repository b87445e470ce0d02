package line_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/internal/web"
	"github.com/wiredesk/wiredesk/publish/subscriber"
)

func settings(t *testing.T) *config.Config {
	t.Helper()
	c := config.Default()
	c.Data, c.HTTP.Listen, c.Durability = t.TempDir(), "127.0.0.1:0", config.Relaxed
	return c
}

// running is a line at work in this process.
type running struct {
	*line.Line
	at   line.Address
	stop func() error // asks it to stop, waits, and returns what Run returned
}

func start(t *testing.T, c *config.Config, roles ...line.Role) *running {
	t.Helper()
	log := zerolog.New(zerolog.NewTestWriter(t))
	l, err := line.Open(t.Context(), line.Options{Config: c, Roles: roles, Software: "wiredesk/test", Log: log})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan line.Address, 1), make(chan error, 1)
	go func() { done <- l.Run(ctx, func(a line.Address) { ready <- a }) }()
	r := &running{Line: l}
	select {
	case r.at = <-ready:
	case err := <-done:
		t.Fatalf("Run ended before it was ready: %v", err)
	}
	var once error
	stopped := false
	r.stop = func() error {
		if !stopped {
			cancel()
			once, stopped = <-done, true
		}
		return once
	}
	t.Cleanup(func() { _ = r.stop() })
	return r
}

func push(t *testing.T, r *running, feed, doc string, about adapter.Document) (wiredesk.Receipt, error) {
	t.Helper()
	c, err := adapter.New(r.at.HTTP, feed)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	return c.Push(ctx, []byte(doc), about)
}

// news collects so many deliveries of the canonical copies.
func news(t *testing.T, r *running, n int) []subscriber.Delivery {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	defer cancel()
	var got []subscriber.Delivery
	err := subscriber.Follow(ctx, r.Conn(), subscriber.Options{From: subscriber.All}, func(_ context.Context, d subscriber.Delivery) error {
		if got = append(got, d); len(got) == n {
			cancel()
		}
		return nil
	})
	if err != nil || len(got) < n {
		t.Fatalf("%d deliveries and %v, want %d", len(got), err, n)
	}
	return got
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(req)
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

const story = "Mill wheel turns again\n\nLUNDBY, Denmark (Reuters) - The wheel of the village mill turned on Monday.\n"

func TestAStoryGoesThroughTheWholeLine(t *testing.T) {
	r := start(t, settings(t), line.Everything()...)
	receipt, err := push(t, r, "harbour", story, adapter.Document{})
	if err != nil {
		t.Fatal(err)
	}
	d := news(t, r, 1)[0]
	if d.Article.Receipt != receipt.Receipt || d.Subject != "news.wire.harbour."+receipt.Stories[0].Story {
		t.Errorf("delivered receipt %s on %s, want %s on the provider's subject", d.Article.Receipt, d.Subject, receipt.Receipt)
	}
	if d.Article.Text != story {
		t.Errorf("text %q, want the document byte for byte", d.Article.Text)
	}
	if err := r.stop(); err != nil {
		t.Errorf("Run = %v after a stop, want nil", err)
	}
}

var figure = regexp.MustCompile(`(?m)^wiredesk_(in|out)_total\{(?:fate="(\w+)",)?feed="harbour"\} (\d+)$`)

// TestInIsTheSumOfOut pushes copy of every fate and waits until all of it is accounted for.
func TestInIsTheSumOfOut(t *testing.T) {
	c := settings(t)
	c.Limits.Backlog = 1000
	r := start(t, c, line.Everything()...)
	ok := func(doc string, about adapter.Document) {
		t.Helper()
		if _, err := push(t, r, "harbour", doc, about); err != nil {
			t.Fatal(err)
		}
	}
	ok(story, adapter.Document{URI: "urn:x:1", Version: "1"})
	ok(story, adapter.Document{URI: "urn:x:1", Version: "1"}) // the same document again
	ok(story+"More.\n", adapter.Document{URI: "urn:x:1", Version: "3"})
	ok(story+"More, late.\n", adapter.Document{URI: "urn:x:1", Version: "2"})     // stale
	ok("EMBARGOED UNTIL 0001 GMT\n\n"+story, adapter.Document{URI: "urn:x:2"})    // held, by whichever reading
	ok("\n"+story+"More.\n\n\n", adapter.Document{URI: "urn:x:1", Version: "3b"}) // no number: the later arrival counts
	if _, err := push(t, r, "harbour", "\x00\x01\x02\x03", adapter.Document{}); err == nil {
		t.Fatal("binary was taken")
	}
	bury(t, r)
	deadline := time.Now().Add(15 * time.Second)
	for {
		in, out, fates := 0, 0, ""
		_, body := get(t, r.at.HTTP+"/metrics")
		for _, m := range figure.FindAllStringSubmatch(body, -1) {
			n, _ := strconv.Atoi(m[3])
			if m[1] == "in" {
				in = n
			} else {
				out, fates = out+n, fates+" "+m[2]
			}
		}
		if in == 7 && out == 8 { // the letter written by hand never came in
			for _, want := range []string{"published", "duplicate", "stale", "rejected", "dead"} {
				if !strings.Contains(fates, want) {
					t.Errorf("fates%s, want %s among them", fates, want)
				}
			}
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d in, %d out (%s), want 7 and 8", in, out, fates)
		}
	}
}

// bury stores a document that no reader of the line would have let in.
func bury(t *testing.T, r *running) {
	t.Helper()
	js, err := jetstream.New(r.Conn())
	if err != nil {
		t.Fatal(err)
	}
	m := stream.Message{Subject: "wire.raw.harbour", Header: map[string][]string{
		stream.HFeed: {"harbour"}, stream.HProvider: {"harbour"}, stream.HReceived: {time.Now().UTC().Format(time.RFC3339Nano)}, stream.HFormat: {"text"},
	}, Data: []byte("\x00\x01\x02")}
	if _, err := js.PublishMsg(t.Context(), m.NATS()); err != nil {
		t.Fatal(err)
	}
}

func TestRolesShareABrokerElsewhere(t *testing.T) {
	b := brokertest.New(t, brokertest.Listen())
	elsewhere := func() *config.Config {
		c := settings(t)
		c.NATS.URL = b.Server.URL()
		return c
	}
	in := start(t, elsewhere(), line.Ingest)
	start(t, elsewhere(), line.Ingest)
	for range 2 {
		start(t, elsewhere(), line.Enrich)
		start(t, elsewhere(), line.Publish)
	}
	const stories, versions = 10, 4
	newest := map[string]string{}
	for i := range stories * versions {
		about := adapter.Document{URI: fmt.Sprintf("urn:x:%d", i%stories), Version: strconv.Itoa(1 + i/stories)}
		receipt, err := push(t, in, "harbour", fmt.Sprintf("%sNumber %d.\n", story, i), about)
		if err != nil {
			t.Fatal(err)
		}
		newest[receipt.Stories[0].Story] = strconv.Itoa(versions)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	defer cancel()
	last := map[string]int{}
	err := subscriber.Follow(ctx, in.Conn(), subscriber.Options{From: subscriber.All}, func(_ context.Context, d subscriber.Delivery) error {
		a := d.Article
		if a.Revision <= last[a.Story] {
			t.Errorf("story %s: revision %d after %d", a.Story, a.Revision, last[a.Story])
		}
		last[a.Story] = a.Revision
		if a.Item.Version == newest[a.Story] {
			delete(newest, a.Story)
		}
		if len(newest) == 0 {
			cancel()
		}
		return nil
	})
	if err != nil || len(newest) > 0 {
		t.Errorf("%d of %d stories never came out in their newest version (%v)", len(newest), stories, err)
	}
}

func TestReadinessSaysWhatIsWrong(t *testing.T) {
	c := settings(t)
	c.Limits.DiskFree = 1 << 60
	r := start(t, c, line.Everything()...)
	code, body := get(t, r.at.HTTP+"/readyz")
	var got web.Readiness
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if code != 503 || got.Ready || got.Durability != config.Relaxed || !strings.Contains(body, "limits.disk_free asks for") {
		t.Errorf("status %d, %s; want 503, relaxed, the disk's reason", code, body)
	}
	for _, check := range got.Checks {
		if !check.OK && check.Name != "disk" {
			t.Errorf("%s is not well: %s", check.Name, check.Reason)
		}
	}
}

func TestADirectoryIsAWayIn(t *testing.T) {
	c := settings(t)
	inbox := t.TempDir()
	c.Feeds = []config.Feed{{Name: "mill", Provider: "mill-press", Dir: inbox, Settle: config.Duration(10 * time.Millisecond)}}
	r := start(t, c, line.Everything()...)
	if err := os.WriteFile(filepath.Join(inbox, "wheel.txt"), []byte(story), 0o600); err != nil {
		t.Fatal(err)
	}
	if d := news(t, r, 1)[0]; d.Article.Provider != "mill-press" || d.Article.Feed != "mill" {
		t.Errorf("provider %s, feed %s; want the configured ones", d.Article.Provider, d.Article.Feed)
	}
}

func TestAClosedConnectionIsFatal(t *testing.T) {
	for _, role := range line.Everything() {
		t.Run(string(role), func(t *testing.T) {
			b := brokertest.New(t, brokertest.Listen())
			c := settings(t)
			c.NATS.URL = b.Server.URL()
			r := start(t, c, role)
			// A subject this long makes the server close the connection for good.
			if err := r.Conn().Publish(strings.Repeat("a", 5000), nil); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- waitFor(r) }()
			select {
			case err := <-ended:
				if !errors.Is(err, line.ErrClosed) {
					t.Errorf("Run = %v, want ErrClosed", err)
				}
			case <-time.After(15 * time.Second):
				t.Error("the line goes on without its connection")
			}
		})
	}
}

// waitFor returns what Run returned, once its HTTP server is gone by itself.
func waitFor(r *running) error {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for {
		res, err := client.Get(r.at.HTTP + "/livez")
		if err != nil {
			return r.stop()
		}
		res.Body.Close()
	}
}

func TestOpenRefuses(t *testing.T) {
	open := func(c *config.Config) error {
		l, err := line.Open(t.Context(), line.Options{Config: c, Roles: line.Everything(), Log: zerolog.New(zerolog.NewTestWriter(t))})
		if err == nil {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			_ = l.Run(ctx, func(line.Address) {})
		}
		return err
	}
	r := start(t, settings(t), line.Everything()...)
	locked := settings(t)
	locked.Data = r.at.Data
	if err := open(locked); !errors.Is(err, broker.ErrLocked) {
		t.Errorf("a data directory in use: %v, want ErrLocked", err)
	}
	busy := settings(t)
	busy.HTTP.Listen = strings.TrimPrefix(r.at.HTTP, "http://")
	if err := open(busy); err == nil || !strings.Contains(err.Error(), "cannot listen") {
		t.Errorf("a port in use: %v, want an error that says so", err)
	}
	drifted := settings(t)
	drifted.Data = busy.Data // opened and given back by the failure before
	drifted.Streams.Manage, drifted.Streams.Keep.Raw = false, config.Duration(time.Hour)
	var drifts broker.Drifts
	if err := open(drifted); !errors.As(err, &drifts) {
		t.Errorf("streams that differ: %v, want Drifts", err)
	}
	b := brokertest.New(t, brokertest.Listen(), brokertest.Options(func(o *broker.Options) { o.Users = []broker.User{{Name: "desk", Password: "tray"}} }))
	wrong := settings(t)
	wrong.NATS.URL, wrong.NATS.User, wrong.NATS.Password = strings.Replace(b.Server.URL(), "desk:tray@", "", 1), "desk", "wrong"
	if err := open(wrong); !errors.Is(err, line.ErrUnreachable) {
		t.Errorf("a wrong password: %v, want ErrUnreachable", err)
	}
}
