// Package recall hands the stories that ingest read to the enrich stage of the same process, which would read the same
// bytes again a moment later.
package recall

import (
	"bytes"
	"slices"
	"sync"

	"github.com/wiredesk/wiredesk"
)

// Memory keeps what was read for the one who asks next. Parsers are pure, so what it hands out is what reading again
// would give, and a document that it has let go of is read again. It is safe for concurrent use.
type Memory struct {
	documents, bytes int // at most

	mu    sync.Mutex
	by    map[memo]reading
	order []memo // the oldest first; one that was taken meanwhile may still stand here
	held  int    // bytes
}

// New makes a memory for so many documents, and so many bytes of documents, at most.
func New(documents, bytes int) *Memory {
	return &Memory{documents: documents, bytes: bytes, by: map[memo]reading{}}
}

// memo is what a reading depends on besides the bytes. What the house knows of a feed does not change while the line
// runs.
type memo struct {
	feed, provider, via, name, format, mediaType, charset, uri, version string

	received           int64
	item, line, column int
	size               int
}

type reading struct {
	bytes   []byte
	stories []wiredesk.Story
}

func memoOf(r *wiredesk.Raw) memo {
	return memo{
		r.Feed, r.Provider, r.Via, r.Name, r.Format, r.MediaType, r.Charset, r.URI, r.Version,
		r.Received.UnixNano(), r.Item, r.Line, r.Column, len(r.Bytes),
	}
}

// Keep is the format table for ingest: what is read without a fault is remembered.
func (m *Memory) Keep(formats []wiredesk.Format) []wiredesk.Format {
	return each(formats, func(parse wiredesk.Parser) wiredesk.Parser {
		return func(r wiredesk.Raw) ([]wiredesk.Story, error) {
			stories, err := parse(r)
			if err == nil {
				m.put(memoOf(&r), reading{r.Bytes, slices.Clone(stories)})
			}
			return stories, err
		}
	})
}

// Recall is the format table for enrich: what is remembered is not read again.
func (m *Memory) Recall(formats []wiredesk.Format) []wiredesk.Format {
	return each(formats, func(parse wiredesk.Parser) wiredesk.Parser {
		return func(r wiredesk.Raw) ([]wiredesk.Story, error) {
			if stories, had := m.take(memoOf(&r), r.Bytes); had {
				return stories, nil
			}
			return parse(r)
		}
	})
}

func each(formats []wiredesk.Format, wrap func(wiredesk.Parser) wiredesk.Parser) []wiredesk.Format {
	out := slices.Clone(formats)
	for i := range out {
		out[i].Parse = wrap(out[i].Parse)
	}
	return out
}

func (m *Memory) put(key memo, r reading) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if key.size > m.bytes {
		return
	}
	for len(m.order) > 0 && (len(m.order) >= m.documents || m.held+key.size > m.bytes) {
		m.drop(m.order[0])
		m.order = m.order[1:]
	}
	m.drop(key)
	m.by[key] = r
	m.order = append(m.order, key)
	m.held += key.size
}

// drop is for who holds the lock.
func (m *Memory) drop(key memo) {
	if _, had := m.by[key]; had {
		delete(m.by, key)
		m.held -= key.size
	}
}

// take hands a reading out, and forgets it: nobody shares what the stage may build on.
func (m *Memory) take(key memo, document []byte) ([]wiredesk.Story, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, had := m.by[key]
	if !had || !bytes.Equal(r.bytes, document) {
		return nil, false
	}
	m.drop(key)
	return r.stories, true
}
