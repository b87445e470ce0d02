package push_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/micro"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/push"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// request pushes over NATS as `nats req` does.
func (r *room) request(t *testing.T, subject, doc string, headers ...string) (*nats.Msg, wiredesk.Receipt) {
	t.Helper()
	msg := nats.NewMsg(subject)
	msg.Data = []byte(doc)
	for i := 0; i < len(headers); i += 2 {
		msg.Header[headers[i]] = []string{headers[i+1]}
	}
	got, err := r.broker.NC.RequestMsg(msg, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	var receipt wiredesk.Receipt
	if err := json.Unmarshal(got.Data, &receipt); err != nil {
		t.Fatalf("reply %q: %v", got.Data, err)
	}
	return got, receipt
}

func TestTheSameReceiptOverNATS(t *testing.T) {
	r := newRoom(t, nil, nil)
	_, got := r.request(t, "wire.push.kestrel", "The quay reopened.", "Wire-Uri", "urn:kestrel:quay", "Content-Type", "text/plain; charset=utf-8",
		"Nats-Msg-Id", "forged", "Wire-Feed", "forged", "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
	if got.Receipt == "" || got.Feed != "kestrel" || len(got.Stories) != 1 || got.Stories[0].URI != "urn:kestrel:quay" {
		t.Fatalf("got %+v; want a receipt", got)
	}
	overHTTP := r.post(t, "kestrel", "The quay reopened.", header("Wire-Uri", "urn:kestrel:quay"))
	if overHTTP.Receipt.Receipt != got.Receipt || !overHTTP.Duplicate {
		t.Errorf("got %s; want the receipt %s, a duplicate", overHTTP.body, got.Receipt)
	}
	_, next := r.request(t, "wire.push.kestrel", "The ferry sailed.", "Nats-Msg-Id", "forged")
	if next.Receipt == "" || next.Duplicate {
		t.Errorf("got %+v; want the next story stored, whatever id its sender claims", next)
	}
}

func TestTheSameErrorsOverNATS(t *testing.T) {
	feeds := intake.Feeds{
		{Name: "kestrel"},
		{Name: "slow", Rate: 0.01, Burst: 1},
		{Name: "gannet", Tokens: []string{intake.HashToken("gannet-token")}},
	}
	r := newRoom(t, feeds, nil)
	r.request(t, "wire.push.slow", "one")
	for name, c := range map[string]struct {
		subject, doc string
		headers      []string
		code, reason string
	}{
		"empty":          {"wire.push.kestrel", "", nil, "422", "the document is empty"},
		"binary":         {"wire.push.kestrel", "GIF89a...", nil, "422", "GIF image"},
		"too large":      {"wire.push.kestrel", strings.Repeat("x", stream.MaxStory+1), nil, "413", "the limit is 4194304"},
		"unknown feed":   {"wire.push.shag", "x", nil, "404", "unknown feed"},
		"not a token":    {"wire.push.KESTREL", "x", nil, "404", "lower-case"},
		"too fast":       {"wire.push.slow", "two", nil, "429", "documents a second"},
		"no token":       {"wire.push.gannet", "x", nil, "401", "needs its token"},
		"a wrong token":  {"wire.push.gannet", "x", []string{"Wire-Token", "wrong"}, "401", "needs its token"},
		"unknown format": {"wire.push.kestrel", "x", []string{"Wire-Format", "nifty"}, "422", "not known"},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := r.request(t, c.subject, c.doc, c.headers...)
			var p problem
			if err := json.Unmarshal(got.Data, &p); err != nil {
				t.Fatal(err)
			}
			code, line := got.Header.Get(micro.ErrorCodeHeader), got.Header.Get(micro.ErrorHeader)
			if code != c.code || !strings.Contains(p.Error, c.reason) || p.Next == "" || line == "" {
				t.Errorf("got %s %q %s; want %s with %q", code, line, got.Data, c.code, c.reason)
			}
			if c.code == "429" && got.Header.Get("Retry-After") == "" {
				t.Error("429 without Retry-After")
			}
		})
	}
	if _, got := r.request(t, "wire.push.gannet", "x", "Wire-Token", "gannet-token"); got.Receipt == "" {
		t.Errorf("got %+v; want a receipt with the feed's token", got)
	}
}

func TestPermissionsMayStandForTheToken(t *testing.T) {
	feeds := intake.Feeds{{Name: "gannet", Tokens: []string{intake.HashToken("gannet-token")}}}
	r := newRoom(t, feeds, func(o *push.Options) { o.TrustNATS = true })
	if _, got := r.request(t, "wire.push.gannet", "x"); got.Receipt == "" {
		t.Errorf("got %+v; want a receipt", got)
	}
	if got := r.post(t, "gannet", "x", nil); got.status != http.StatusUnauthorized {
		t.Errorf("over HTTP: %d; want 401 all the same", got.status)
	}
}

func TestTheToolsSeeTheService(t *testing.T) {
	r := newRoom(t, nil, nil)
	got, err := r.broker.NC.Request("$SRV.INFO."+push.Service, nil, 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	var info micro.Info
	if err := json.Unmarshal(got.Data, &info); err != nil {
		t.Fatal(err)
	}
	if info.Name != push.Service || len(info.Endpoints) != 1 || info.Endpoints[0].Subject != "wire.push.*" || info.Endpoints[0].QueueGroup != push.Service {
		t.Errorf("got %+v; want one endpoint on wire.push.* that copies share", info)
	}
}

func TestTheServiceCountsItsAnswers(t *testing.T) {
	r := newRoom(t, nil, nil)
	r.request(t, "wire.push.kestrel", "The quay reopened.")
	r.request(t, "wire.push.kestrel", "")
	got, err := r.broker.NC.Request("$SRV.STATS."+push.Service, nil, 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	var stats micro.Stats
	var figures push.Figures
	if err := errors.Join(json.Unmarshal(got.Data, &stats), json.Unmarshal(stats.Endpoints[0].Data, &figures)); err != nil {
		t.Fatal(err)
	}
	if stats.Endpoints[0].NumRequests != 2 || figures != (push.Figures{Receipts: 1, Refusals: 1}) {
		t.Errorf("got %d requests and %+v; want 2, one receipt and one refusal", stats.Endpoints[0].NumRequests, figures)
	}
}

func TestAMessageThatWantsNoReplyIsTaken(t *testing.T) {
	r := newRoom(t, nil, nil)
	if err := r.broker.NC.Publish("wire.push.kestrel", []byte("The quay reopened.")); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); r.count(t, stream.RAW) != 1; {
		if time.Now().After(deadline) {
			t.Fatal("the document is not stored")
		}
	}
}

func TestTwoAdaptersAtOnce(t *testing.T) {
	r := newRoom(t, nil, nil)
	const each = 50
	var wg sync.WaitGroup
	for _, feed := range []string{"kestrel", "gannet"} {
		wg.Go(func() {
			for i := range each {
				msg := nats.NewMsg("wire.push." + feed)
				msg.Data = fmt.Appendf(nil, "Story %d of %s.", i, feed)
				got, err := r.broker.NC.RequestMsg(msg, 10*time.Second)
				if err != nil || got.Header.Get(micro.ErrorCodeHeader) != "" {
					t.Errorf("story %d of %s: %v %v", i, feed, got, err)
				}
			}
		})
	}
	wg.Wait()
	if n := r.count(t, stream.RAW); n != 2*each {
		t.Errorf("got %d messages, want %d", n, 2*each)
	}
}

func TestNATSComesBackWithTheBroker(t *testing.T) {
	r := newRoom(t, nil, nil)
	r.broker.Restart(t)
	for deadline := time.Now().Add(10 * time.Second); ; {
		got, err := r.broker.NC.Request("wire.push.kestrel", []byte("The quay reopened."), time.Second)
		if err == nil && got.Header.Get(micro.ErrorCodeHeader) == "" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("no receipt after the broker came back: %v", errors.Join(err))
		}
	}
	if n := r.count(t, stream.RAW); n != 1 {
		t.Errorf("got %d messages, want 1", n)
	}
}
