package stream

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk/internal/web"
)

// facet serves one address of the news, /v1/stream/<facet>/<value>.
func (b *Board) facet(w http.ResponseWriter, r *http.Request) {
	if who, ok := b.Readers.Admit(w, r); ok {
		s, err := facetSet(r.PathValue("facet"), r.PathValue("value"))
		b.serve(w, r, who, s, err)
	}
}

// subjects serves the subjects that the request names, /v1/stream?subject=….
func (b *Board) subjects(w http.ResponseWriter, r *http.Request) {
	if who, ok := b.Readers.Admit(w, r); ok {
		s, err := subjectSet(r.URL.Query()["subject"])
		b.serve(w, r, who, s, err)
	}
}

func (b *Board) serve(w http.ResponseWriter, r *http.Request, who web.Reader, s set, err error) {
	if err != nil {
		refuse(w, err)
		return
	}
	for _, p := range s {
		if !who.May(p) {
			http.Error(w, "this token may not read "+p+"; it may read "+strings.Join(who.Subjects, ", "), http.StatusForbidden)
			return
		}
	}
	a, err := parse(r, time.Now())
	if err != nil {
		refuse(w, err)
		return
	}
	a.view.desks = len(who.Subjects) == 0
	if r.Method == http.MethodHead {
		w.Header().Set("Content-Type", a.mediaType())
		return
	}
	gap, err := b.settle(r.Context(), &a)
	if err != nil {
		refuse(w, err)
		return
	}
	t, err := b.join(s)
	if err != nil {
		refuse(w, err)
		return
	}
	b.observe(a.kind, Joined)
	defer b.leave(t)
	defer b.observe(a.kind, Left)
	if err := t.wait(r.Context()); err != nil {
		refuse(w, err)
		return
	}
	b.answer(w, r, t, a, gap)
}

func (b *Board) answer(w http.ResponseWriter, r *http.Request, t *tail, a ask, gap *Gap) {
	if a.kind == kindWebSocket {
		b.socket(w, r, t, a, gap)
		return
	}
	ctx := r.Context()
	reader := b.start(ctx, t, a.place)
	defer reader.close()
	if a.kind == kindPoll {
		b.poll(w, r, reader, a, gap)
		return
	}
	w.Header().Set("Content-Type", a.mediaType())
	w.Header().Set("X-Accel-Buffering", "no")
	out := &written{w: w, rc: http.NewResponseController(w), patience: b.Patience, frame: lines}
	if a.kind == kindSSE {
		out.frame = events
	}
	b.pump(ctx, reader, a, gap, out)
}

func (t *tail) wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	return t.tape.ready(ctx)
}

// settle finds out where the reader's place is in what NEWS holds, and what it has missed for good.
func (b *Board) settle(ctx context.Context, a *ask) (*Gap, error) {
	state, err := b.shelf.bounds(ctx)
	if err != nil {
		return nil, err
	}
	switch p := &a.place; {
	case a.fresh:
		p.after = state.LastSeq
	case p.from == sinceAt && state.FirstSeq > 1 && p.since.Before(state.FirstTime):
		return &Gap{First: state.FirstSeq, Reason: "the news hold nothing from before " + state.FirstTime.UTC().Format(time.RFC3339)}, nil
	case p.from != behind || p.after == 0:
	case p.after > state.LastSeq:
		gap := &Gap{After: p.after, First: state.FirstSeq, Reason: "the news begin anew"}
		p.after = 0
		return gap, nil
	case p.after+1 < state.FirstSeq:
		return &Gap{After: p.after, First: state.FirstSeq, Reason: "the news no longer hold what came next"}, nil
	}
	return nil, nil
}

func (b *Board) observe(kind, what string) {
	if b.Observe != nil {
		b.Observe(kind, what)
	}
}

// refuse answers a request that gets no news.
func refuse(w http.ResponseWriter, err error) {
	code := http.StatusServiceUnavailable
	switch {
	case errors.Is(err, errFacet):
		code = http.StatusNotFound
	case errors.Is(err, errSet), errors.Is(err, errAsk):
		code = http.StatusBadRequest
	case errors.Is(err, errAway):
		err = errors.New("the news cannot be reached just now")
	}
	if code == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "2")
	}
	http.Error(w, err.Error(), code)
}

func (a ask) mediaType() string {
	if a.kind == kindSSE {
		return "text/event-stream"
	}
	return "application/x-ndjson"
}
