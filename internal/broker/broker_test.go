package broker_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func TestStreamsAreAsAsked(t *testing.T) {
	b := brokertest.New(t, brokertest.Durable())
	if err := broker.Ensure(t.Context(), b.JS, stream.Defaults(), false); err != nil {
		t.Errorf("a second look finds a difference: %v", err)
	}
	names := b.JS.StreamNames(t.Context())
	got := 0
	for range names.Name() {
		got++
	}
	if want := len(stream.Streams(stream.Defaults())); got != want {
		t.Errorf("%d streams; want %d", got, want)
	}
	if err := b.Server.Health(); err != nil {
		t.Errorf("Health = %v", err)
	}
}

func TestSecondProcessIsRefused(t *testing.T) {
	dir := t.TempDir()
	first, err := broker.Start(t.Context(), broker.Options{Dir: dir, Log: brokertest.Log(t)})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	_, err = broker.Start(t.Context(), broker.Options{Dir: dir, Log: brokertest.Log(t)})
	if !errors.Is(err, broker.ErrLocked) || !strings.Contains(err.Error(), fmt.Sprint("pid ", os.Getpid())) {
		t.Errorf("second start: %v; want ErrLocked that names the holder", err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("the refusal took %s; want well under a second", took)
	}
	first.Shutdown()
	again, err := broker.Start(t.Context(), broker.Options{Dir: dir, Log: brokertest.Log(t)})
	if err != nil {
		t.Fatalf("start after the first is gone: %v", err)
	}
	again.Shutdown()
}

func TestListening(t *testing.T) {
	start := func(listen string, users ...broker.User) (*broker.Server, error) {
		return broker.Start(t.Context(), broker.Options{Dir: t.TempDir(), Listen: listen, Users: users, Relaxed: true, Log: brokertest.Log(t)})
	}
	for _, listen := range []string{"0.0.0.0:0", "[::]:0", "192.0.2.1:4222", "nowhere", "127.0.0.1:high"} {
		if s, err := start(listen); err == nil {
			s.Shutdown()
			t.Errorf("Start listening on %q without credentials: no error", listen)
		}
	}
	s, err := start(":0")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Shutdown()
	if !strings.HasPrefix(s.URL(), "nats://127.0.0.1:") {
		t.Errorf("URL = %q; want loopback when no host is named", s.URL())
	}
	if _, err := start(strings.TrimPrefix(s.URL(), "nats://")); err == nil || !strings.Contains(err.Error(), "address already in use") {
		t.Errorf("Start on a port in use: %v; want the system's reason", err)
	}
}

func TestCredentials(t *testing.T) {
	desk, wall := broker.User{Name: "desk", Password: "tray"}, broker.User{Name: "wall", Password: "clock", Subscribe: []string{"news.>", "_INBOX_wall.>"}}
	b := brokertest.New(t, brokertest.Listen(), brokertest.Options(func(o *broker.Options) { o.Users = []broker.User{desk, wall} }))
	inside, err := b.Server.Connect("enrich")
	if err != nil || !inside.IsConnected() {
		t.Fatalf("Connect inside = %v", err)
	}
	d := broker.DialOptions{Name: "wall", User: "wall", Password: "wrong", Log: brokertest.Log(t)}
	if _, err := broker.Dial(t.Context(), strings.Replace(b.Server.URL(), "desk:tray@", "", 1), d); !errors.Is(err, nats.ErrAuthorization) {
		t.Errorf("Dial with a wrong password = %v; want ErrAuthorization", err)
	}
	d.Password = "clock"
	nc, err := broker.Dial(t.Context(), strings.Replace(b.Server.URL(), "desk:tray@", "", 1), d)
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	if _, err := nc.Request(stream.RawPrefix+"sana", nil, 200*time.Millisecond); !errors.Is(err, nats.ErrTimeout) {
		t.Errorf("a reader's publish: %v; want no answer", err)
	}
	if n := stored(t, b.JS, stream.RAW); n != 0 {
		t.Errorf("a reader stored %d messages", n)
	}
}

func TestLongSubjectIsFatalAndHeard(t *testing.T) {
	b := brokertest.New(t, brokertest.Listen())
	closed := make(chan error, 1)
	nc, err := broker.Dial(t.Context(), b.Server.URL(), broker.DialOptions{
		Name: "publish", Log: brokertest.Log(t), OnClosed: func(err error) { closed <- err },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := nc.Publish(strings.Repeat("a", 5000), nil); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-closed:
		if err == nil {
			t.Error("OnClosed(nil); want the reason")
		}
	case <-time.After(5 * time.Second):
		t.Error("the connection is closed for good and nobody heard")
	}
}

func TestDriftIsShownNotChanged(t *testing.T) {
	b := brokertest.New(t)
	ctx := t.Context()
	raw, err := b.JS.Stream(ctx, stream.RAW)
	if err != nil {
		t.Fatal(err)
	}
	byHand := raw.CachedInfo().Config
	byHand.Discard, byHand.MaxMsgsPerSubject = jetstream.DiscardNew, 5
	if _, err := b.JS.UpdateStream(ctx, byHand); err != nil {
		t.Fatal(err)
	}
	if err := b.JS.DeleteConsumer(ctx, stream.ARTICLES, stream.PublishConsumer); err != nil {
		t.Fatal(err)
	}
	if _, err := b.JS.CreateConsumer(ctx, stream.ARTICLES, jetstream.ConsumerConfig{
		Durable: stream.PublishConsumer, AckPolicy: jetstream.AckExplicitPolicy, MaxDeliver: 5, FilterSubject: stream.ArticlePrefix + "*",
	}); err != nil {
		t.Fatal(err)
	}
	err = broker.Ensure(ctx, b.JS, stream.Defaults(), true)
	var drifts broker.Drifts
	if !errors.As(err, &drifts) {
		t.Fatalf("Ensure = %v; want Drifts", err)
	}
	for _, want := range []string{"stream RAW: Discard is DiscardNew, the settings want DiscardOld", "consumer publish of ARTICLES: MaxAckPending is 1000, the settings want 4096", "MaxDeliver is 5, the settings want -1"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("Ensure says\n%v\nwant %q in it", err, want)
		}
	}
	if raw, err = b.JS.Stream(ctx, stream.RAW); err != nil || raw.CachedInfo().Config.Discard != jetstream.DiscardNew {
		t.Errorf("the stream was changed silently (%v)", err)
	}
}

func TestSettingsThatLoseNothingAreApplied(t *testing.T) {
	b := brokertest.New(t)
	s := stream.Defaults()
	s.KeepRaw, s.KeepNews = 2*s.KeepRaw, time.Hour
	if err := broker.Ensure(t.Context(), b.JS, s, false); err == nil {
		t.Error("a look only: no drift shown")
	}
	if err := broker.Ensure(t.Context(), b.JS, s, true); err != nil {
		t.Errorf("Ensure = %v; want longer keeping, and shorter on an empty stream, applied", err)
	}
	if err := broker.Ensure(t.Context(), b.JS, s, false); err != nil {
		t.Errorf("not applied: %v", err)
	}
	subject, err := stream.RawSubject("sana")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.JS.Publish(t.Context(), subject, make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	s.MaxBytes = 1 << 20
	if err := broker.Ensure(t.Context(), b.JS, s, true); err == nil || !strings.Contains(err.Error(), "stream RAW: MaxBytes") {
		t.Errorf("Ensure = %v; want a drift: the lower limit would throw copy away", err)
	}
	if n := stored(t, b.JS, stream.RAW); n != 1 {
		t.Errorf("RAW holds %d messages; want 1", n)
	}
}

func TestHealthTellsOfAFullStore(t *testing.T) {
	const room = 8 * stream.MaxMessage
	b := brokertest.New(t, brokertest.Options(func(o *broker.Options) { o.MaxStore = 1 << 20 }),
		brokertest.Streams(func(s *stream.Settings) { s.MaxBytes = 1 << 20 }))
	if err := b.Server.Health(); err != nil {
		t.Errorf("Health of an empty store = %v", err)
	}
	if _, err := b.JS.CreateStream(t.Context(), jetstream.StreamConfig{Name: "STRANGER", Subjects: []string{"stranger"}}); err != nil {
		t.Fatal(err)
	}
	for range room/stream.MaxMessage - 1 {
		if _, err := b.JS.Publish(t.Context(), "stranger", make([]byte, stream.MaxMessage)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.JS.Publish(t.Context(), "stranger", make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := b.Server.Health(); err == nil || !strings.Contains(err.Error(), fmt.Sprint(room+1<<20)) {
		t.Errorf("Health of a full store = %v; want an error that names the limit", err)
	}
	u, err := b.Server.Usage()
	if err != nil || u.Streams != len(stream.Streams(stream.Defaults()))+1 || u.Limit != room+1<<20 || u.Bytes < 7*stream.MaxMessage {
		t.Errorf("Usage = %+v, %v", u, err)
	}
}

func TestDialTriesUntilItsContextEnds(t *testing.T) {
	b := brokertest.New(t, brokertest.Listen())
	address := b.Server.URL()
	b.Stop()
	d := broker.DialOptions{Name: "enrich", Log: brokertest.Log(t)}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := broker.Dial(ctx, address, d); err == nil || !strings.Contains(err.Error(), "check the address") {
		t.Errorf("Dial where nobody listens = %v; want advice", err)
	}
	dialled := make(chan error, 1)
	go func() {
		nc, err := broker.Dial(t.Context(), address, d)
		if err == nil {
			nc.Close()
		}
		dialled <- err
	}()
	b.Start(t)
	if err := <-dialled; err != nil {
		t.Errorf("Dial once the broker is there = %v", err)
	}
	for name, wrong := range map[string]broker.DialOptions{"role": {}, "key": {Name: "enrich", NKey: "missing"}, "credentials": {Name: "enrich", Creds: "missing"}} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		if _, err := broker.Dial(ctx, address, wrong); err == nil {
			t.Errorf("Dial with a wrong %s: no error", name)
		}
		cancel()
	}
}

func stored(t *testing.T, js jetstream.JetStream, name string) uint64 {
	t.Helper()
	s, err := js.Stream(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return s.CachedInfo().State.Msgs
}
