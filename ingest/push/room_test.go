package push_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/ingest/push"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// room is a push server over HTTP and NATS on a broker of its own.
type room struct {
	broker *brokertest.Broker
	url    string
}

func newRoom(t *testing.T, feeds intake.Feeds, change func(*push.Options)) *room {
	t.Helper()
	b := brokertest.New(t)
	lines, err := feeds.Lines()
	if err != nil {
		t.Fatal(err)
	}
	store := commit.New(b.NC, commit.Options{Timeout: time.Second})
	desk := ingest.New(ingest.Options{Raw: store, Dead: store, Feeds: lines})
	o := push.Options{Take: desk.Take, Feeds: lines, Loopback: true, Log: brokertest.Log(t)}
	if change != nil {
		change(&o)
	}
	mux := http.NewServeMux()
	mux.Handle(push.Route, push.NewHTTP(o))
	web := httptest.NewServer(mux)
	t.Cleanup(web.Close)
	service, err := push.ServeNATS(t.Context(), b.NC, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := service.Stop(); err != nil && !b.NC.IsClosed() {
			t.Error(err)
		}
	})
	return &room{broker: b, url: web.URL}
}

type reply struct {
	status int
	header http.Header
	body   string
	problem
	wiredesk.Receipt
}

type problem struct {
	Error  string
	Faults []wiredesk.Fault
	Next   string
}

// post pushes a document, after change had its way with the request.
func (r *room) post(t *testing.T, path, doc string, change func(*http.Request)) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.url+"/v1/push/"+path, strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(req)
	}
	return do(t, req)
}

func do(t *testing.T, req *http.Request) reply {
	t.Helper()
	client := &http.Client{Timeout: 30 * time.Second}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	out := reply{status: res.StatusCode, header: res.Header, body: string(body)}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(body, &out.problem); err != nil {
			t.Fatalf("answer %q: %v", body, err)
		}
		if err := json.Unmarshal(body, &out.Receipt); err != nil {
			t.Fatalf("answer %q: %v", body, err)
		}
	}
	return out
}

func (r *room) count(t *testing.T, name string) uint64 {
	t.Helper()
	s, err := r.broker.JS.Stream(context.WithoutCancel(t.Context()), name)
	if err != nil {
		t.Fatal(err)
	}
	return s.CachedInfo().State.Msgs
}

// benign pushes an ordinary story and wants its receipt: whatever came before harmed nobody.
func (r *room) benign(t *testing.T, change func(*http.Request)) {
	t.Helper()
	before := r.count(t, stream.RAW)
	got := r.post(t, "kestrel", "The ferry sailed at "+time.Now().Format(time.RFC3339Nano)+".\n", change)
	if got.status != http.StatusAccepted || got.Duplicate || r.count(t, stream.RAW) != before+1 {
		t.Errorf("the benign story next: %d %s", got.status, got.body)
	}
}
