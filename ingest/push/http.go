// Package push is how adapters push documents: HTTP and NATS, with the same receipt and the same errors.
//
// Over HTTP the body of POST /v1/push/{feed} is the document, plain or as gzip. Headers may say Wire-Uri and
// Wire-Version (the sender's identity of a document whose format has none), Content-Type (a hint; the document
// decides) and traceparent; the query may say format=NAME. Nothing else of a request is looked at. The answer is
// 202 with a [wiredesk.Receipt] once every byte is stored, else a [Problem]: 401, 403, 404, 405, 413, 422, 429, 503.
package push

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/semaphore"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Route is the pattern to mount the handler under.
const Route = "/v1/push/{feed}"

// Options are what both ways of pushing work with. Take and Feeds are required.
type Options struct {
	Take  wiredesk.Take
	Feeds *intake.Lines
	Log   zerolog.Logger

	// Loopback says that the HTTP server listens on loopback addresses only. Feeds without a token can be pushed
	// only then, and only from this machine.
	Loopback bool

	Rate  float64 // HTTP requests a second from one address; 0 is no limit
	Burst int     // of one address; 0 is 2 × Rate, at least 10
	Bytes int64   // of all documents in hand together; 0 is 128 MiB

	// TrustNATS lets the account's permission to publish on wire.push.<feed> stand for the feed's token.
	TrustNATS bool
}

const (
	readTimeout = 30 * time.Second // of one request's body
	takeTimeout = 20 * time.Second // from its last byte to its receipt
	hearTimeout = 5 * time.Second  // for the rest of a refused body
)

// HTTP answers pushes at [Route]. It is safe for concurrent use.
type HTTP struct {
	Options
	access access
	origin *http.CrossOriginProtection
	peers  *paces
	memory *semaphore.Weighted
}

// NewHTTP makes the handler. The server around it limits how long headers may take and how large they are.
func NewHTTP(o Options) *HTTP {
	if o.Bytes == 0 {
		o.Bytes = 128 << 20
	}
	if o.Burst == 0 {
		o.Burst = max(10, int(2*o.Rate))
	}
	return &HTTP{
		Options: o, access: access{o.Feeds, o.Loopback}, origin: http.NewCrossOriginProtection(),
		peers: newPaces(o.Rate, o.Burst), memory: semaphore.NewWeighted(o.Bytes),
	}
}

func (h *HTTP) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	receipt, no := h.push(w, r)
	if no == nil {
		accept(w, r, receipt)
		return
	}
	no.log(h.Log.With().Str("feed", r.PathValue("feed")).Str("via", "http").Str("peer", peer(r)).Logger())
	if no.code != http.StatusRequestTimeout {
		hearOut(w, r)
	}
	decline(w, r, *no)
}

// push takes one request's document, or says why not.
func (h *HTTP) push(w http.ResponseWriter, r *http.Request) (wiredesk.Receipt, *refusal) {
	var none wiredesk.Receipt
	if no := h.gate(r); no != nil {
		return none, no
	}
	size := r.ContentLength
	if size < 0 || r.Header.Get("Content-Encoding") != "" {
		size = stream.MaxDocument
	}
	size = min(size, stream.MaxDocument, h.Bytes)
	if !h.memory.TryAcquire(size) {
		no := refuseWith(http.StatusServiceUnavailable, "too many documents at once", "push the same document again after the wait", time.Second)
		return none, &no
	}
	defer h.memory.Release(size)
	doc, err := h.read(w, r)
	if err != nil {
		no := refuseBody(err)
		return none, &no
	}
	ctx, cancel := context.WithTimeout(intake.WithTrace(r.Context(), r.Header.Get(stream.HTrace)), takeTimeout)
	defer cancel()
	receipt, err := h.Take(ctx, raw(r, doc))
	if err != nil {
		no := refuse(err)
		return none, &no
	}
	return receipt, nil
}

// gate turns away who may not push, before any of the body is read.
func (h *HTTP) gate(r *http.Request) *refusal {
	if r.Method != http.MethodPost {
		no := refuseWith(http.StatusMethodNotAllowed, "a document is pushed with POST", "send it as the body of a POST request", 0)
		return &no
	}
	if wait := h.peers.wait(peer(r), time.Now()); wait > 0 {
		no := refuseWith(http.StatusTooManyRequests, "too many requests from this address", "push the same document again after the wait", wait)
		return &no
	}
	if err := h.origin.Check(r); err != nil {
		no := refuseWith(http.StatusForbidden, "web pages of other sites may not push", "push from a program, without an Origin header", 0)
		return &no
	}
	return h.access.check(r, r.PathValue("feed"))
}

func (h *HTTP) read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	// A server without deadlines (a test's recorder) has its own bound.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(readTimeout))
	return body(w, r)
}

// hearOut reads what is left of a refused body, within limits, and keeps none of it: a sender that is still writing
// when the connection closes sees a broken pipe in place of the refusal. Who waits to be told to go on is told no.
func hearOut(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Expect") != "" {
		return
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(hearTimeout))
	_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, 2*stream.MaxDocument))
}

func refuseBody(err error) refusal {
	if errors.Is(err, errCut) {
		return refuseWith(http.StatusRequestTimeout, "the body did not arrive whole in time", "push the same document again", 0)
	}
	return refuse(err)
}

// raw is the document with the few things a request may say about it.
func raw(r *http.Request, doc []byte) wiredesk.Raw {
	mediaType, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		mediaType, params = "", nil
	}
	return wiredesk.Raw{
		Feed: r.PathValue("feed"), Via: "http", Name: r.RemoteAddr, Bytes: doc,
		Format: r.URL.Query().Get("format"), MediaType: mediaType, Charset: params["charset"],
		URI: r.Header.Get(stream.HURI), Version: r.Header.Get(stream.HVersion),
	}
}

func accept(w http.ResponseWriter, r *http.Request, receipt wiredesk.Receipt) {
	if wantsText(r.Header.Get("Accept")) {
		write(w, http.StatusAccepted, "text/plain; charset=utf-8", []byte(receiptText(receipt)))
		return
	}
	writeJSON(w, http.StatusAccepted, receipt)
}

func decline(w http.ResponseWriter, r *http.Request, no refusal) {
	switch no.code {
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", `Bearer realm="wiredesk"`)
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", http.MethodPost)
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		w.Header().Set("Retry-After", strconv.Itoa(no.seconds()))
	}
	if wantsText(r.Header.Get("Accept")) {
		write(w, no.code, "text/plain; charset=utf-8", []byte(no.text()))
		return
	}
	writeJSON(w, no.code, no.Problem)
}

func writeJSON(w http.ResponseWriter, code int, v any) {
	out, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "the answer cannot be written as JSON", http.StatusInternalServerError)
		return
	}
	write(w, code, "application/json", append(out, '\n'))
}

func write(w http.ResponseWriter, code int, mediaType string, out []byte) {
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	_, _ = w.Write(out) // a sender that left can ask again: the receipt is the same
}
