package stream

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/outcopy"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// message is one message of NEWS. Whoever holds it may read it; all forms of it are made once, for every reader.
type message struct {
	seq      uint64
	subject  string
	story    string
	revision int
	event    string
	stored   time.Time
	body     []byte
	again    bool // another copy of this revision came before it on the set

	mu    sync.Mutex
	forms map[view][]byte
}

// view is how a reader wants a message.
type view struct {
	key   string // article, item or row, as lines name it
	desks bool   // a row tells the desks that the story went to
}

func read(m jetstream.Msg, meta *jetstream.MsgMetadata) *message {
	h := m.Headers()
	revision, _ := strconv.Atoi(h.Get(stream.HRevision))
	return &message{
		seq: meta.Sequence.Stream, subject: m.Subject(), story: stream.LastToken(m.Subject()), revision: revision,
		event: h.Get(stream.HEvent), stored: meta.Timestamp, body: m.Data(),
	}
}

// notice says that the message replaces all earlier text of its story.
func (m *message) notice() bool {
	return m.event == wiredesk.EventKill || m.event == wiredesk.EventWithhold || m.event == wiredesk.EventEmbargo
}

var errUnreadable = errors.New("stream: a message of the news that is no article")

// form is the message in a view, as JSON on one line. The desks are asked for where the view tells them.
func (m *message) form(v view, desks func() []string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if made, ok := m.forms[v]; ok {
		return made, nil
	}
	made, err := m.make(v, desks)
	if err != nil {
		return nil, err
	}
	if m.forms == nil {
		m.forms = map[view][]byte{}
	}
	m.forms[v] = made
	return made, nil
}

func (m *message) make(v view, desks func() []string) ([]byte, error) {
	if v.key == viewArticle {
		return oneLine(m.body)
	}
	var a wiredesk.Article
	if err := json.Unmarshal(m.body, &a); err != nil {
		return nil, errors.Join(errUnreadable, err)
	}
	if v.key == viewItem {
		return json.Marshal(outcopy.Story(a).Item)
	}
	row := newRow(m, &a)
	if v.desks {
		row.Desks = desks()
	}
	return json.Marshal(row)
}

// oneLine is valid JSON without a line break: nothing in it can end a line or an event.
func oneLine(body []byte) ([]byte, error) {
	if !json.Valid(body) {
		return nil, errUnreadable
	}
	if !bytes.ContainsAny(body, "\r\n") {
		return body, nil
	}
	var b bytes.Buffer
	err := json.Compact(&b, body)
	return b.Bytes(), err
}
