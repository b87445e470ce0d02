package deploy_test

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// start runs a nats-server with the file operators deploy, on a port and a folder of its own.
func start(t *testing.T) *server.Server {
	t.Helper()
	file, err := os.ReadFile("accounts.conf")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`\$WIRE_\w+`).FindAllString(string(file), -1) {
		t.Setenv(name[1:], password(name[1:]))
	}
	opts, err := server.ProcessConfigFile("nats.conf")
	if err != nil {
		t.Fatalf("nats.conf: %v", err)
	}
	if !opts.SyncAlways || opts.MaxPayload != stream.MaxMessage || opts.Host != "127.0.0.1" {
		t.Errorf("sync always %v, max payload %d, host %q; want what the README promises", opts.SyncAlways, opts.MaxPayload, opts.Host)
	}
	opts.Port, opts.StoreDir, opts.NoSigs, opts.NoLog = -1, t.TempDir(), true, true
	s, err := server.NewServer(opts)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("the server did not start")
	}
	return s
}

func password(variable string) string { return "secret-" + strings.ToLower(variable) }

// role is a connection with the permissions of one user.
type role struct{ *nats.Conn }

func dial(t *testing.T, s *server.Server, user, variable string) role {
	t.Helper()
	nc, err := nats.Connect(s.ClientURL(), nats.UserInfo(user, password(variable)), nats.CustomInboxPrefix("_INBOX_"+user),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
	if err != nil {
		t.Fatalf("%s: %v", user, err)
	}
	t.Cleanup(nc.Close)
	return role{nc}
}

// try publishes and says whether the server let it.
func (r role) try(t *testing.T, subject string) bool {
	t.Helper()
	if err := r.Publish(subject, []byte("{}")); err != nil {
		t.Fatal(err)
	}
	return r.let(t, subject)
}

// let says whether the server has refused something on the subject: its error stands before the answer to a flush.
func (r role) let(t *testing.T, subject string) bool {
	t.Helper()
	if err := r.FlushTimeout(5 * time.Second); err != nil {
		t.Fatal(err)
	}
	err := r.LastError()
	return err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%q", subject))
}

func (r role) js(t *testing.T) jetstream.JetStream {
	t.Helper()
	js, err := jetstream.New(r.Conn)
	if err != nil {
		t.Fatal(err)
	}
	return js
}

func line(t *testing.T) (*server.Server, role) {
	s := start(t)
	admin := dial(t, s, "admin", "WIRE_ADMIN_PASSWORD")
	settings := stream.Defaults()
	settings.MaxBytes = 1 << 30
	if err := broker.Ensure(t.Context(), admin.js(t), settings, true); err != nil {
		t.Fatalf("admin cannot make the streams: %v", err)
	}
	return s, admin
}

func TestRolesMayDoTheirWorkAndNothingElse(t *testing.T) {
	s, _ := line(t)
	tests := []struct {
		user, variable string
		may, mayNot    []string
	}{
		{
			"ingest", "WIRE_INGEST_PASSWORD",
			[]string{"wire.raw.sana", "wire.dead.ingest.sana", "$KV.CURSORS.cursor.sana", "$KV.CURSORS.lease.sana", "$JS.API.STREAM.MSG.GET.KV_CURSORS"},
			[]string{"wire.raw._operator", "wire.tomb.x", "wire.article.x", "wire.news.wire.sana.x", "news.wire.sana.x", "wire.hold.x", "$JS.API.STREAM.PURGE.RAW", "$JS.API.CONSUMER.MSG.NEXT.RAW.enrich", "$JS.API.STREAM.MSG.GET.RAW"},
		},
		{
			"enrich", "WIRE_ENRICH_PASSWORD",
			[]string{"wire.article.x", "wire.fate.x", "wire.tomb.x", "wire.dead.enrich.sana", "$JS.API.CONSUMER.MSG.NEXT.RAW.enrich", "$JS.API.STREAM.MSG.GET.TOMBS"},
			[]string{"wire.raw._operator", "news.wire.sana.x", "wire.news.wire.sana.x", "wire.raw.sana", "wire.push.sana", "$JS.API.STREAM.DELETE.ARTICLES", "$JS.API.CONSUMER.CREATE.RAW.mine"},
		},
		{
			"publish", "WIRE_PUBLISH_PASSWORD",
			[]string{"wire.news.wire.sana.x", "wire.dead.publish.sana", "wire.dead.out-files.sana", "$JS.API.STREAM.MSG.GET.ARTICLES", "$JS.API.CONSUMER.MSG.NEXT.ARTICLES.publish", "$JS.API.CONSUMER.CREATE.NEWS.out-files", "$JS.API.CONSUMER.MSG.NEXT.NEWS.out-files", "$JS.ACK.NEWS.out-files.1.1.1.1.1"},
			[]string{"wire.raw._operator", "wire.tomb.x", "wire.article.x", "wire.dead.ingest.sana", "wire.dead.enrich.sana", "$JS.API.CONSUMER.MSG.NEXT.NEWS.partner", "$JS.ACK.NEWS.desk-syria.1.1.1.1.1", "$JS.API.CONSUMER.DELETE.NEWS.partner", "wire.raw.sana", "news.wire.sana.x", "$KV.CURSORS.cursor.sana", "$JS.API.STREAM.PURGE.NEWS", "$JS.API.CONSUMER.MSG.NEXT.RAW.enrich"},
		},
		{
			"adapter-sana", "WIRE_ADAPTER_PASSWORD",
			[]string{"wire.push.sana"},
			[]string{"wire.raw._operator", "wire.push.tass", "wire.raw.sana", "news.wire.sana.x", "$JS.API.STREAM.INFO.RAW"},
		},
		{
			"reader-syria", "WIRE_READER_PASSWORD",
			[]string{"$JS.API.CONSUMER.MSG.NEXT.NEWS.desk-syria"},
			[]string{"wire.raw._operator", "wire.raw.sana", "wire.news.wire.sana.x", "news.place.sy.x", "$JS.API.CONSUMER.CREATE.NEWS.mine", "$JS.API.DIRECT.GET.NEWS", "$JS.API.STREAM.MSG.GET.ARTICLES"},
		},
	}
	for _, tt := range tests {
		r := dial(t, s, tt.user, tt.variable)
		for _, subject := range tt.may {
			if !r.try(t, subject) {
				t.Errorf("%s may not publish to %s", tt.user, subject)
			}
		}
		for _, subject := range tt.mayNot {
			if r.try(t, subject) {
				t.Errorf("%s may publish to %s", tt.user, subject)
			}
		}
		for _, subject := range []string{">", "wire.>", "wire.raw.*", "wire.article.*", "_INBOX.>", "$JS.EVENT.>"} {
			sub, err := r.SubscribeSync(subject)
			if err != nil {
				t.Fatal(err)
			}
			if r.let(t, subject) {
				t.Errorf("%s may subscribe to %s", tt.user, subject)
			}
			_ = sub.Unsubscribe()
		}
	}
}

func TestWrongPasswordIsRefused(t *testing.T) {
	s := start(t)
	if nc, err := nats.Connect(s.ClientURL(), nats.UserInfo("admin", "guess")); err == nil {
		nc.Close()
		t.Error("a wrong password opens the broker")
	}
	if nc, err := nats.Connect(s.ClientURL()); err == nil {
		nc.Close()
		t.Error("the broker opens without a user")
	}
}

// news stores an article's message as the publish worker would.
func news(t *testing.T, publish role, facet wiredesk.Facet, story string) {
	t.Helper()
	subject, err := stream.News(facet, story)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publish.js(t).Publish(t.Context(), stream.NewsInput(subject), []byte(fmt.Sprintf(`{"story":%q}`, story))); err != nil {
		t.Fatal(err)
	}
}

func TestReadersSeeTheirSubjectsOnly(t *testing.T) {
	s, admin := line(t)
	for name, filter := range map[string]string{"desk-syria": "news.place.sy.*", "partner": "news.source.sana.*"} {
		_, err := admin.js(t).CreateConsumer(t.Context(), stream.NEWS, jetstream.ConsumerConfig{
			Durable: name, FilterSubject: filter, AckPolicy: jetstream.AckExplicitPolicy,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	publish := dial(t, s, "publish", "WIRE_PUBLISH_PASSWORD")
	news(t, publish, wiredesk.Facet{Name: "place", Value: "ir"}, "tehran")
	news(t, publish, wiredesk.Facet{Name: "place", Value: "sy"}, "damascus")
	news(t, publish, wiredesk.Facet{Name: "source", Value: "sana"}, "credited")

	reader := dial(t, s, "reader-syria", "WIRE_READER_PASSWORD")
	if got := next(t, reader.js(t), "desk-syria"); got != "news.place.sy.damascus" {
		t.Errorf("the reader's first message is %s; want news.place.sy.damascus", got)
	}
	partner := dial(t, s, "partner", "WIRE_PARTNER_PASSWORD")
	js, err := jetstream.NewWithAPIPrefix(partner.Conn, "wire.api")
	if err != nil {
		t.Fatal(err)
	}
	if got := next(t, js, "partner"); got != "news.source.sana.credited" {
		t.Errorf("the partner's first message is %s; want news.source.sana.credited", got)
	}
}

func next(t *testing.T, js jetstream.JetStream, consumer string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	c, err := js.Consumer(ctx, stream.NEWS, consumer)
	if err != nil {
		t.Fatalf("%s: %v", consumer, err)
	}
	m, err := c.Next(jetstream.FetchMaxWait(5 * time.Second))
	if err != nil {
		t.Fatalf("%s: %v", consumer, err)
	}
	if err := m.DoubleAck(ctx); err != nil {
		t.Errorf("%s: ack: %v", consumer, err)
	}
	return m.Subject()
}

// TestPartnerCannotReachTheLine tries the hole of a pull request's reply subject: a stranger's account must not be
// able to make the broker deliver into the line.
func TestPartnerCannotReachTheLine(t *testing.T) {
	s, admin := line(t)
	_, err := admin.js(t).CreateConsumer(t.Context(), stream.NEWS, jetstream.ConsumerConfig{
		Durable: "partner", FilterSubject: "news.source.sana.*", AckPolicy: jetstream.AckExplicitPolicy,
	})
	if err != nil {
		t.Fatal(err)
	}
	publish := dial(t, s, "publish", "WIRE_PUBLISH_PASSWORD")
	news(t, publish, wiredesk.Facet{Name: "source", Value: "sana"}, "credited")
	partner := dial(t, s, "partner", "WIRE_PARTNER_PASSWORD")
	if err := partner.PublishRequest("wire.api.CONSUMER.MSG.NEXT.NEWS.partner", "wire.raw.evil", []byte("1")); err != nil {
		t.Fatal(err)
	}
	_ = partner.Publish("wire.raw.evil", []byte("copy of a stranger"))
	if err := partner.FlushTimeout(5 * time.Second); err != nil {
		t.Fatal(err)
	}
	news(t, publish, wiredesk.Facet{Name: "source", Value: "sana"}, "later")
	info, err := admin.js(t).Stream(t.Context(), stream.RAW)
	if err != nil {
		t.Fatal(err)
	}
	if n := info.CachedInfo().State.Msgs; n != 0 {
		t.Errorf("%d messages in RAW; a partner wrote into the line", n)
	}
}
