package console

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/time/rate"

	"github.com/wiredesk/wiredesk/internal/kills"
)

// Limits of one console.
const (
	MaxDocument = 1 << 20          // bytes of a pasted story
	maxOrder    = 64 << 10         // bytes of any other request
	patience    = 10 * time.Second // with the broker, for one answer
	maxReaders  = 200              // open live lists
)

// Console serves the pages and what they ask for. It is an http.Handler, safe for concurrent use.
type Console struct {
	Options
	ctx     context.Context // live lists end with it
	js      jetstream.JetStream
	guard   *guard
	files   map[string]asset
	mux     *http.ServeMux
	tries   *rate.Limiter // of tokens
	readers chan struct{}
	day     *day
	safe    *safe
	kills   *kills.Account
}

// New makes a console. Live lists, and what it follows in the background, end with ctx.
func New(ctx context.Context, o Options) (*Console, error) {
	js, err := jetstream.New(o.Conn)
	if err != nil {
		return nil, fmt.Errorf("console: %w", err)
	}
	files, err := assets()
	if err != nil {
		return nil, err
	}
	c := &Console{
		Options: o, ctx: ctx, js: js, guard: newGuard(o.Token, o.ActToken), files: files, mux: http.NewServeMux(),
		tries: rate.NewLimiter(1, 10), readers: make(chan struct{}, maxReaders), day: newDay(ctx, js),
		safe: newSafe(ctx, js), kills: kills.New(js),
	}
	c.routes()
	return c, nil
}

// answer is what a handler gives back: a value for the page, or an error that says what to do.
type answer func(r *http.Request) (any, error)

func (c *Console) routes() {
	const api = Root + "api/"
	c.mux.HandleFunc("GET "+Root+"{page...}", c.page)
	c.mux.HandleFunc("GET "+Root+"web/{file}", c.file)
	c.mux.HandleFunc("GET "+api+"session", c.session)
	c.mux.HandleFunc("POST "+api+"session", c.enter)
	c.mux.Handle("GET "+api+"wire", c.reads(http.HandlerFunc(c.wire)))
	c.mux.Handle("GET "+api+"original/{seq}", c.reads(http.HandlerFunc(c.original)))
	for pattern, get := range map[string]answer{
		"GET " + api + "wire/before":                      c.before,
		"GET " + api + "find":                             c.find,
		"GET " + api + "story/{story}":                    c.story,
		"GET " + api + "story/{story}/{revision}":         c.revision,
		"GET " + api + "story/{story}/{revision}/why":     c.why,
		"GET " + api + "story/{story}/{revision}/changes": c.changes,
		"GET " + api + "feeds":                            c.feeds,
		"GET " + api + "dead":                             c.dead,
		"GET " + api + "dead/{seq}":                       c.letter,
		"GET " + api + "holds":                            c.holds,
		"POST " + api + "why":                             c.whyPasted,
	} {
		c.mux.Handle(pattern, c.reads(c.told(get)))
	}
	for pattern, act := range map[string]answer{
		"POST " + api + "dead/retry": c.retry,
		"POST " + api + "dead/drop":  c.drop,
		"POST " + api + "edict":      c.rule,
	} {
		c.mux.Handle(pattern, c.acts(c.told(act)))
	}
}

// ServeHTTP implements http.Handler.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secured(w.Header())
	c.mux.ServeHTTP(w, r)
}

// page is every permanent address: the same document, which shows what its address names.
func (c *Console) page(w http.ResponseWriter, r *http.Request) {
	first, _, _ := strings.Cut(r.PathValue("page"), "/")
	switch first {
	case "":
		http.Redirect(w, r, Root+"wire", http.StatusSeeOther)
	case "wire", "story", "feeds", "dead", "holds", "routes":
		c.files["index.html"].serve(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (c *Console) file(w http.ResponseWriter, r *http.Request) {
	f, ok := c.files[r.PathValue("file")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	f.serve(w, r)
}

// reads lets in whoever may read.
func (c *Console) reads(next http.Handler) http.Handler { return c.needs(mayRead, next) }

// acts lets in whoever may change something, from a page of ours.
func (c *Console) acts(next http.Handler) http.Handler {
	return c.needs(mayAct, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !ownPage(r) {
			tell(w, http.StatusForbidden, failure{"this was not sent by a page of this console"})
			return
		}
		next.ServeHTTP(w, r)
	}))
}

func (c *Console) needs(right int, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		switch has := c.guard.rights(r); {
		case has >= right:
			next.ServeHTTP(w, r)
		case has == nothing:
			tell(w, http.StatusUnauthorized, failure{"a token is needed"})
		default:
			tell(w, http.StatusForbidden, failure{"you may read here, and not act: " + c.howToAct()})
		}
	})
}

func (c *Console) howToAct() string {
	if c.ActToken == "" {
		return "set console.act_token in the configuration, and enter it here"
	}
	return "enter the token of console.act_token"
}

type failure struct {
	Error string `json:"error"`
}

// told writes what a handler answers. The broker's absence is a 503 that says when to come again.
func (c *Console) told(ask answer) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		value, err := ask(r.WithContext(ctx))
		var known *problem
		switch {
		case err == nil:
			tell(w, http.StatusOK, value)
		case errors.As(err, &known):
			tell(w, known.status, failure{known.Error()})
		case c.away(err):
			w.Header().Set("Retry-After", "2")
			tell(w, http.StatusServiceUnavailable, failure{"the broker does not answer; this page tries again by itself"})
		default:
			c.Log.Error().Err(err).Str("path", r.URL.Path).Msg("no answer for the page")
			tell(w, http.StatusInternalServerError, failure{"this could not be done: the log says why"})
		}
	})
}

// away says whether an error only means that the broker cannot be reached.
func (c *Console) away(err error) bool {
	if !c.Conn.IsConnected() {
		return true
	}
	for _, e := range []error{
		context.DeadlineExceeded, nats.ErrTimeout, nats.ErrNoResponders, nats.ErrDisconnected, nats.ErrConnectionClosed,
		nats.ErrConnectionReconnecting, jetstream.ErrNoHeartbeat, jetstream.ErrJetStreamNotEnabled,
	} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// problem is an error that is the visitor's to know.
type problem struct {
	status int
	err    error
}

func (p *problem) Error() string { return p.err.Error() }
func (p *problem) Unwrap() error { return p.err }

func refuse(status int, format string, args ...any) error {
	return &problem{status, fmt.Errorf(format, args...)}
}

func tell(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // a visitor who has gone is nobody to tell
}

// order reads the body of a request, strictly.
func order(r *http.Request, into any) error {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return refuse(http.StatusUnsupportedMediaType, "send JSON")
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxOrder))
	if err == nil {
		err = strict(body, into)
	}
	if err != nil {
		return refuse(http.StatusBadRequest, "the request cannot be read: %w", err)
	}
	return nil
}

func strict(body []byte, into any) error {
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.DisallowUnknownFields()
	return d.Decode(into)
}
