package doctor_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/doctor"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish"
)

// planted is a fault and what the doctor must say of it.
type planted struct {
	check    string
	severity doctor.Severity
	what     string
	remedy   string
}

func expect(t *testing.T, all []doctor.Finding, faults []planted) {
	t.Helper()
	for _, want := range faults {
		found := false
		for _, f := range all {
			found = found || f.Check == want.check && f.Severity == want.severity && strings.Contains(f.What, want.what) && strings.Contains(f.Remedy, want.remedy) && f.Why != ""
		}
		if !found {
			t.Errorf("no finding %q (%s) %q with the remedy %q", want.check, want.severity, want.what, want.remedy)
		}
	}
	if t.Failed() {
		for _, f := range all {
			t.Logf("%+v", f)
		}
	}
}

func store(t *testing.T, js jetstream.JetStream, subject string, header map[string]string, size int) {
	t.Helper()
	m := nats.NewMsg(subject)
	for name, value := range header {
		m.Header.Set(name, value)
	}
	m.Data = make([]byte, size)
	if _, err := js.PublishMsg(t.Context(), m); err != nil {
		t.Fatal(err)
	}
}

// TestPlantedFaults plants faults of every kind, and wants each found with its remedy.
func TestPlantedFaults(t *testing.T) {
	b := brokertest.New(t)
	dir := t.TempDir()
	conf := config.Default()
	conf.Data, conf.Limits.DiskFree = dir, 1<<60
	conf.Feeds = []config.Feed{{Name: "drop", Dir: filepath.Join(dir, "gone")}, {Name: "lantern", Provider: "lantern", Poll: config.Poll{URL: "http://127.0.0.1:1/wire"}}}
	conf.Outputs = []config.Output{{Name: "archive", Kind: "file"}}
	for _, err := range []error{os.Chmod(dir, 0o755), os.WriteFile(filepath.Join(dir, "wiredesk.ready"), []byte("{}"), 0o644)} { //nolint:gosec // that is the fault
		if err != nil {
			t.Fatal(err)
		}
	}
	edit := func(name string, change func(*jetstream.StreamConfig)) {
		t.Helper()
		s, err := b.JS.Stream(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		c := s.CachedInfo().Config
		change(&c)
		if _, err := b.JS.UpdateStream(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	edit(stream.ARTICLES, func(c *jetstream.StreamConfig) { c.MaxAge = time.Hour })
	edit(stream.RAW, func(c *jetstream.StreamConfig) { c.MaxBytes = 64 << 10 })
	store(t, b.JS, "wire.raw.mill", nil, 62<<10)
	if err := b.JS.DeleteStream(t.Context(), stream.HOLD); err != nil {
		t.Fatal(err)
	}
	slow := stream.Consumers()[stream.ARTICLES][0]
	slow.MaxAckPending = 1
	if _, err := b.JS.UpdateConsumer(t.Context(), stream.ARTICLES, slow); err != nil {
		t.Fatal(err)
	}
	store(t, b.JS, "wire.dead.enrich.mill", map[string]string{stream.HStage: "enrich", stream.HReason: "poison"}, 10)
	for _, name := range []string{"cms", "app"} {
		if _, err := b.JS.CreateConsumer(t.Context(), stream.NEWS, jetstream.ConsumerConfig{Durable: stream.OutputPrefix + name, FilterSubject: "news.wire.*.*", AckPolicy: jetstream.AckExplicitPolicy}); err != nil {
			t.Fatal(err)
		}
	}
	if err := publish.Disable(t.Context(), b.JS, "cms", "410 Gone"); err != nil {
		t.Fatal(err)
	}
	killed := map[string]string{stream.HStory: "abc", stream.HEvent: "kill", stream.HRevision: "2", stream.HPublished: "2", stream.HURI: "urn:a", stream.HProvider: "mill"}
	store(t, b.JS, "wire.tomb.abc", killed, 0)
	store(t, b.JS, "wire.news.wire.mill.abc", killed, 0)

	outputs := func(context.Context, jetstream.JetStream) ([]doctor.Output, error) {
		states, err := publish.States(t.Context(), b.JS)
		var all []doctor.Output
		for _, s := range states {
			all = append(all, doctor.Output{Name: s.Name, Disabled: s.Disabled, Reason: s.Reason, Waiting: s.Pending})
		}
		return append(all, doctor.Output{Name: "slow", Waiting: 2000}), err
	}
	all := doctor.Examine(t.Context(), doctor.Options{
		Outputs: outputs, Config: conf, Warnings: []config.Problem{{File: "w.yaml", Line: 3, Column: 1, Reason: "nobody uses it"}}, NC: b.NC, Role: "operator", Reach: line.Reach,
		Now: func() time.Time { return time.Now().Add(time.Hour) },
	})
	expect(t, all, []planted{
		{"configuration", doctor.Warn, "w.yaml:3:1", "wiredesk check"},
		{"files", doctor.Warn, "mode 0755", "chmod 700 " + dir},
		{"files", doctor.Fail, "wiredesk.ready", "chmod 600"},
		{"files", doctor.Fail, "feed drop: no directory", "mkdir -p"},
		{"disk", doctor.Fail, "limits.disk_free", "make room"},
		{"streams", doctor.Fail, "stream HOLD: missing", "wiredesk streams"},
		{"streams", doctor.Warn, "stream ARTICLES: MaxAge is 1h0m0s", "nats stream edit ARTICLES"},
		{"streams", doctor.Warn, "consumer publish of ARTICLES: MaxAckPending is 1", "nats consumer edit ARTICLES publish"},
		{"room", doctor.Warn, "stream RAW holds", "streams.max_bytes"},
		{"stages", doctor.Fail, "nobody works on enrich: 1 messages wait", "wiredesk-enrich"},
		{"stages", doctor.Fail, "nobody works on publish", "wiredesk-publish"},
		{"outputs", doctor.Warn, "output cms is disabled", "wiredesk outputs resume cms"},
		{"outputs", doctor.Warn, "output slow: 2000 wait", "at_once"},
		{"outputs", doctor.Warn, "output archive has never run", "wiredesk-publish"},
		{"dead letters", doctor.Warn, "1 dead letters", "wiredesk dead ls"},
		{"kills", doctor.Fail, "2 kills are not confirmed", "wiredesk kill --outstanding"},
		{"clock", doctor.Fail, "the broker's differ by 1h", "chronyc"},
		{"feeds", doctor.Fail, "feed lantern: ", "poll.allow"},
	})
}

// TestRights tries the rights of a user that has the wrong ones.
func TestRights(t *testing.T) {
	b := brokertest.New(t, brokertest.Listen(), brokertest.Options(func(o *broker.Options) {
		o.Users = []broker.User{{Name: "desk", Password: "tray"}, {Name: "ingest", Password: "tray", Publish: []string{"wire.raw.*", "wire.news.>", "$JS.API.>"}, Subscribe: []string{"_INBOX_ingest.>"}}}
	}))
	url := strings.Replace(b.Server.URL(), "desk:tray@", "ingest:tray@", 1)
	nc, err := broker.Dial(t.Context(), url, broker.DialOptions{Name: "ingest", Log: brokertest.Log(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	conf := config.Default()
	conf.NATS.URL = url
	expect(t, doctor.Examine(t.Context(), doctor.Options{Config: conf, NC: nc, Role: "ingest", Now: time.Now}), []planted{
		{"rights", doctor.Fail, "may not write dead letters (publish wire.dead.ingest.wiredesk-doctor)", "deploy/accounts.conf"},
		{"rights", doctor.Warn, "may write news", "own user"},
	})
	for name, had := range map[string]uint64{stream.RAW: 0, stream.NEWS: 0} {
		s, err := b.JS.Stream(t.Context(), name)
		if err != nil || s.CachedInfo().State.LastSeq != had {
			t.Errorf("%s holds %s: the examination stores something, %v", name, strconv.FormatUint(s.CachedInfo().State.LastSeq, 10), err)
		}
	}
}

func TestABrokerAway(t *testing.T) {
	conf := config.Default()
	conf.Data = filepath.Join(t.TempDir(), "none")
	all := doctor.Examine(t.Context(), doctor.Options{Config: conf, Away: errors.New("nobody answers"), Now: time.Now})
	expect(t, all, []planted{{"broker", doctor.Fail, "nobody answers", "--nats"}, {"files", doctor.Warn, "no data directory", "wiredesk up"}})
}
