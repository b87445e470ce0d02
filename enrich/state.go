package enrich

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/edict"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// State is what the line knows of a story: its newest revision, read from the headers of that message.
type State struct {
	Sequence       uint64 // of the message in ARTICLES
	Revision       int
	Event          string
	Fate           string
	Reason         string
	Version        string
	VersionCreated time.Time
	Fingerprint    string
	Arrival        uint64 // the RAW message that made the revision
	Copy           uint64 // the RAW message whose copy the revision shows
	Published      int    // the newest revision that subscribers may see
	PublishedSeq   uint64 // and its sequence in ARTICLES
	Audience       string // facet values it went to, with spaces between
	Until          time.Time
	Reinstated     bool      // a newer version brought it back after a kill
	Operator       edict.Act // the operator's word that stands over the sender's: kill or hold, or none
	Edict          bool      // an operator's word made the revision: it waits for no document, and tells nothing of their turn
	Beneath        string    // what the newest version meant to the operator's hold: the event it would have been

	body []byte
}

// held says that subscribers see nothing of the story now.
func (s *State) held() bool {
	return s.Event == wiredesk.EventEmbargo || s.Event == wiredesk.EventWithhold
}

func (s *State) describe() string {
	if s.Version == "" {
		return strconv.Itoa(s.Revision)
	}
	return fmt.Sprintf("%d (version %s)", s.Revision, s.Version)
}

// errForgotten says that only the tombstone of a story is left.
var errForgotten = errors.New("the story was killed, and its copy is not kept any more")

// Article is the revision itself.
func (s *State) Article() (wiredesk.Article, error) {
	var a wiredesk.Article
	if s.Sequence == 0 {
		return a, stage.Reject(errForgotten)
	}
	if err := json.Unmarshal(s.body, &a); err != nil {
		return a, fmt.Errorf("enrich: revision %d in ARTICLES at %d: %w", s.Revision, s.Sequence, err)
	}
	return a, nil
}

// Ledger reads the state of a story: nil when the line has never seen it.
type Ledger interface {
	Last(ctx context.Context, story string) (*State, error)
}

// Articles is the Ledger of the ARTICLES stream. It is safe for concurrent use.
type Articles struct{ from jetstream.Stream }

// OpenArticles finds the stream.
func OpenArticles(ctx context.Context, js jetstream.JetStream) (*Articles, error) {
	s, err := js.Stream(ctx, stream.ARTICLES)
	if err != nil {
		return nil, fmt.Errorf("enrich: stream %s: %w", stream.ARTICLES, err)
	}
	return &Articles{from: s}, nil
}

// Last asks the stream's leader, so that it sees every write acknowledged before. A broker that does not answer is a
// [stage.Away].
func (a *Articles) Last(ctx context.Context, story string) (*State, error) {
	m, err := a.from.GetLastMsgForSubject(ctx, stream.ArticleSubject(story))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, stage.Away(fmt.Errorf("enrich: state of story %s: %w", story, err))
	}
	return readState(m.Sequence, m.Header, m.Data), nil
}

// History says whether an arrival, named by its sequence in RAW, has had its fate before.
type History interface {
	Had(ctx context.Context, story string, arrival uint64) (bool, error)
}

// Had looks at the newest revision and the newest fate of the story, and through the older ones where those are of
// another arrival: a late one may have been decided after it. A broker that does not answer is a [stage.Away].
func (a *Articles) Had(ctx context.Context, story string, arrival uint64) (bool, error) {
	for _, subject := range []string{stream.ArticleSubject(story), stream.FateSubject(story)} {
		m, err := a.from.GetLastMsgForSubject(ctx, subject)
		if err == nil && arrivalOf(m) != arrival {
			m, err = a.from.GetMsg(ctx, 1, jetstream.WithGetMsgSubject(subject))
		}
		for err == nil && arrivalOf(m) != arrival {
			m, err = a.from.GetMsg(ctx, m.Sequence+1, jetstream.WithGetMsgSubject(subject))
		}
		if err == nil {
			return true, nil
		}
		if !errors.Is(err, jetstream.ErrMsgNotFound) {
			return false, stage.Away(fmt.Errorf("enrich: history of story %s: %w", story, err))
		}
	}
	return false, nil
}

func arrivalOf(m *jetstream.RawStreamMsg) uint64 {
	n, _ := strconv.ParseUint(m.Header.Get(stream.HRawSeq), 10, 64)
	return n
}

func readState(seq uint64, h nats.Header, body []byte) *State {
	st := &State{
		Sequence: seq, Event: h.Get(stream.HEvent), Fate: h.Get(stream.HFate), Reason: stream.TextValue(h.Get(stream.HReason)),
		Version: stream.TextValue(h.Get(stream.HVersion)), Fingerprint: h.Get(stream.HFingerprint),
		Audience: h.Get(stream.HAudience), Reinstated: h.Get(hReinstated) != "", body: body,
		Operator: edict.Act(h.Get(stream.HOperator)), Beneath: h.Get(hBeneath), Edict: h.Get(hEdict) != "",
	}
	st.Revision, _ = strconv.Atoi(h.Get(stream.HRevision))
	st.Published, _ = strconv.Atoi(h.Get(stream.HPublished))
	st.Arrival, _ = strconv.ParseUint(h.Get(stream.HRawSeq), 10, 64)
	if st.Copy, _ = strconv.ParseUint(h.Get(stream.HCopy), 10, 64); st.Copy == 0 {
		st.Copy = st.Arrival
	}
	st.VersionCreated, _ = time.Parse(time.RFC3339Nano, h.Get(stream.HCreated))
	st.Until, _ = time.Parse(time.RFC3339Nano, h.Get(stream.HUntil))
	st.PublishedSeq, _ = strconv.ParseUint(h.Get(stream.HFollowsSeq), 10, 64)
	if st.Published == st.Revision {
		st.PublishedSeq = seq
	}
	return st
}
