package stream

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

const (
	maxPoll    = 8 << 20     // bytes of one answer, but for its last line
	pollAtMost = time.Second // that the news which are there may be waited for
)

// poll answers with what is there, up to the limit, and where to go on: in a Link header and in Wire-Since. It waits for
// the first message as long as it was asked to, and for no other.
func (b *Board) poll(w http.ResponseWriter, r *http.Request, from *reader, a ask, gap *Gap) {
	var answer bytes.Buffer
	if gap != nil {
		lines(&answer, gap.note())
	}
	from.poll = a.wait == 0
	wait, given := max(a.wait, pollAtMost), 0
	for given < a.limit && answer.Len() < maxPoll {
		m, err := from.next(r.Context(), wait)
		if errors.Is(err, errQuiet) || errors.Is(err, errSlow) || errors.Is(err, errStopping) && given > 0 {
			break
		}
		if err != nil {
			refuse(w, err)
			return
		}
		if data, err := b.form(m, a.view); err == nil {
			lines(&answer, note{kind: viewArticle, key: a.view.key, seq: m.seq, subject: m.subject, data: data})
			b.observe(a.kind, Sent)
			given++
		}
		from.poll, wait = true, pollAtMost
	}
	b.link(w, r, from, a)
	w.Header().Set("Content-Type", a.mediaType())
	// The answer may be large and the reader slow: what it does not get it asks for again.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(b.Patience + time.Duration(answer.Len()>>16)*time.Second))
	_, _ = w.Write(answer.Bytes())
}

// link says where the next poll goes on: behind the last message, or again where none came.
func (b *Board) link(w http.ResponseWriter, r *http.Request, from *reader, a ask) {
	q := r.URL.Query()
	if from.known {
		q.Del("from")
		q.Set("since", strconv.FormatUint(from.seq, 10))
		w.Header().Set("Wire-Since", q.Get("since"))
	}
	q.Set("poll", "1")
	w.Header().Set("Link", fmt.Sprintf(`<%s?%s>; rel="next"`, r.URL.EscapedPath(), q.Encode()))
}
