package publish_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/publish"
	"github.com/wiredesk/wiredesk/publish/webhook"
)

// hooked is a web server that takes the news of a hook.
type hooked struct {
	*httptest.Server
	mu     sync.Mutex
	bodies []string
	says   http.HandlerFunc
}

func newHooked(t testing.TB, says http.HandlerFunc) *hooked {
	h := &hooked{says: says}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		h.mu.Lock()
		h.bodies = append(h.bodies, string(body))
		says := h.says
		h.mu.Unlock()
		if says != nil {
			says(w, r)
		}
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *hooked) will(says http.HandlerFunc) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.says = says
}

func (h *hooked) got() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string{}, h.bodies...)
}

// sink is a hook on the server.
func (h *hooked) sink(t testing.TB, change func(*webhook.Settings)) wiredesk.Sink {
	t.Helper()
	s := webhook.Defaults()
	s.URL, s.AllowPrivate = h.URL, true
	s.Secrets = []webhook.Secret{webhook.Secret("whsec_" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 32))))}
	if change != nil {
		change(&s)
	}
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	sink, err := webhook.New(raw, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	return sink
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if len(header) == 2 {
			w.Header().Set(header[0], header[1])
		}
		w.WriteHeader(code)
	}
}

func TestAKilledStoryThatWaitsForItsRetryIsNeverPosted(t *testing.T) {
	d := newDesk(t)
	d.run()
	h := newHooked(t, status(503, "Retry-After", "1"))
	c := d.carry("hook", h.sink(t, nil))
	d.article("one", 1, "new", "the wrong words", true, "wire.sana")
	eventually(t, "the text is tried", func() bool { return c.count(publish.TriedAgain) > 0 })
	h.will(nil)
	d.article("one", 2, "kill", "the wrong words", true, "wire.sana")
	eventually(t, "the notice is delivered", func() bool { return c.count(publish.Delivered) == 1 })
	got := h.got()
	if len(got) != 2 || !strings.Contains(got[0], "the wrong words") || strings.Contains(got[1], "the wrong words") || !strings.Contains(got[1], `"kill"`) {
		t.Errorf("posted %q, want the text once and then the notice", got)
	}
	if c.count(publish.Dropped) != 1 {
		t.Errorf("%d dropped, want the text that waited", c.count(publish.Dropped))
	}
}

func TestAReceiverThatIsGoneIsPostedNothingAfterARestart(t *testing.T) {
	d := newDesk(t, brokertest.Durable())
	d.run()
	h := newHooked(t, status(http.StatusGone))
	first := d.carry("hook", h.sink(t, nil))
	d.article("one", 1, "new", "text", true, "wire.sana")
	eventually(t, "it is disabled", func() bool { return first.count(publish.Disabled) > 0 })
	first.stop()
	h.will(nil)
	before := len(h.got())
	d.Restart(t)
	eventually(t, "the connection is back", d.NC.IsConnected)
	second := d.carry("hook", h.sink(t, nil))
	d.article("two", 1, "new", "text", true, "wire.sana")
	eventually(t, "both wait", func() bool {
		s, err := publish.StateOf(t.Context(), d.JS, "hook")
		return err == nil && s.Disabled && s.Pending+uint64(s.InHand) == 2
	})
	if len(h.got()) != before {
		t.Errorf("%d posts to a receiver that is gone", len(h.got())-before)
	}
	if err := publish.Resume(t.Context(), d.JS, "hook"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "both are delivered", func() bool { return second.count(publish.Delivered) == 2 })
}

// A receiver that takes connections and never answers delays no other output, and has no more than its share at once.
func TestABlockedReceiverDelaysNoOther(t *testing.T) {
	d := newDesk(t)
	d.run()
	let := make(chan struct{})
	defer close(let)
	blocked := newHooked(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-let:
		case <-r.Context().Done():
		}
	})
	good := newHooked(t, nil)
	d.carry("blocked", blocked.sink(t, func(s *webhook.Settings) { s.AtOnce = 4 }))
	c := d.carry("good", good.sink(t, nil))
	const stories = 300
	for i := range stories {
		d.article(fmt.Sprintf("s%03d", i), 1, "new", "text", true, "wire.sana")
	}
	eventually(t, "the other output has all", func() bool { return c.count(publish.Delivered) == stories })
	if len(good.got()) != stories {
		t.Errorf("%d posts, want one for each of %d stories", len(good.got()), stories)
	}
	if n := len(blocked.got()); n > 8 {
		t.Errorf("the blocked receiver has %d requests, want no more than 4 at once", n)
	}
}

// An output may be served at another pace than when its consumer was made.
func TestThePaceOfAnOutputMayChange(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.run()
	out := newWide(nil)
	for i, atOnce := range []int{1, 8, 1, 8} {
		out.pace.AtOnce = atOnce
		c := d.carry("hook", out)
		d.article(fmt.Sprint("s", i), 1, "new", "text", true, "wire.sana")
		began := time.Now()
		eventually(t, fmt.Sprint("it goes on with ", atOnce), func() bool { return len(out.all()) == i+1 })
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%d at once: %s, want within seconds", atOnce, took)
		}
		c.stop()
	}
}
