package replay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Verdicts on a document's story.
const (
	Changed    = "changed"    // today's rules read it otherwise
	Same       = "same"       // a reader would notice nothing
	Superseded = "superseded" // other copy has come since
	Killed     = "killed"     // and stays so
	Held       = "held"       // withheld or embargoed, and stays so
	Unknown    = "unknown"    // nothing of the story is kept, or nothing was decided yet
	Unreadable = "unreadable" // today's parsers refuse the document
)

// Span says which documents of RAW are read.
type Span struct {
	Since, Until time.Time
	Feed         string // empty: all
}

// Options are how a span is read.
type Options struct {
	JS jetstream.JetStream
	// Read makes the articles of a RAW message by today's rules. Its error says that they refuse the document.
	Read func(ctx context.Context, h nats.Header, data []byte) ([]wiredesk.Article, error)
	// Desks are the subjects of the desks that an article goes to; nil where none are configured.
	Desks func(*wiredesk.Article) []string
}

// Story is one story of a document and what reading it anew would change.
type Story struct {
	Sequence uint64    `json:"sequence"` // of the document in RAW
	At       time.Time `json:"at"`       // when it came in
	Feed     string    `json:"feed"`
	Story    string    `json:"story,omitempty"`
	URI      string    `json:"uri,omitempty"`
	Headline string    `json:"headline,omitempty"`
	Revision int       `json:"revision,omitempty"` // the newest
	Verdict  string    `json:"verdict"`
	Reason   string    `json:"reason,omitempty"` // of an unreadable document
	Diff     *Diff     `json:"diff,omitempty"`

	subject string
	header  nats.Header
	data    []byte
}

// Each reads the span, oldest document first, and hands out each story with its verdict, up to the first error of handle.
// It changes nothing. The operator's own words, and earlier replays, are passed over.
func Each(ctx context.Context, o Options, s Span, handle func(Story) error) error {
	subject := stream.RawPrefix + "*"
	if s.Feed != "" {
		var err error
		if subject, err = stream.RawSubject(s.Feed); err != nil {
			return err
		}
	}
	articles, err := o.JS.Stream(ctx, stream.ARTICLES)
	if err != nil {
		return fmt.Errorf("replay: stream %s: %w", stream.ARTICLES, err)
	}
	r := &reader{Options: o, articles: articles}
	c := jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{subject}, DeliverPolicy: jetstream.DeliverByStartTimePolicy, OptStartTime: &s.Since,
	}
	err = stream.Consume(ctx, o.JS, stream.RAW, c, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		switch {
		case meta.Timestamp.After(s.Until):
			return errEnough
		case m.Subject() == stream.EdictSubject, m.Headers().Get(stream.HCopy) != "":
			return nil
		}
		return r.document(ctx, m, meta, handle)
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// errEnough ends a scan at the end of the span.
var errEnough = errors.New("replay: the span ends here")

type reader struct {
	Options
	articles jetstream.Stream
}

func (r *reader) document(ctx context.Context, m jetstream.Msg, meta jetstream.MsgMetadata, handle func(Story) error) error {
	s := Story{
		Sequence: meta.Sequence.Stream, At: meta.Timestamp.UTC(), Feed: stream.Text(m.Headers(), stream.HFeed), URI: stream.Text(m.Headers(), stream.HURI),
		Story: m.Headers().Get(stream.HStory), subject: m.Subject(), header: m.Headers(), data: m.Data(),
	}
	all, err := r.Read(ctx, m.Headers(), m.Data())
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		s.Verdict, s.Reason = Unreadable, err.Error()
		return handle(s)
	}
	for i := range all {
		one := s
		if err := r.judge(ctx, &one, &all[i]); err != nil {
			return err
		}
		if err := handle(one); err != nil {
			return err
		}
	}
	return nil
}

// judge compares what today's rules make of a story with its newest revision.
func (r *reader) judge(ctx context.Context, s *Story, is *wiredesk.Article) error {
	s.Story, s.URI, s.Headline = is.Story, is.Item.URI, is.Item.Headline()
	m, err := r.articles.GetLastMsgForSubject(ctx, stream.ArticleSubject(s.Story))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		s.Verdict = Unknown
		return nil
	}
	if err != nil {
		return fmt.Errorf("replay: story %s: %w", s.Story, err)
	}
	s.Revision, _ = strconv.Atoi(m.Header.Get(stream.HRevision))
	copied := m.Header.Get(stream.HCopy)
	if copied == "" {
		copied = m.Header.Get(stream.HRawSeq)
	}
	switch event := m.Header.Get(stream.HEvent); {
	case event == wiredesk.EventKill:
		s.Verdict = Killed
		return nil
	case event == wiredesk.EventEmbargo, event == wiredesk.EventWithhold:
		s.Verdict = Held
	case copied != strconv.FormatUint(s.Sequence, 10):
		s.Verdict = Superseded
		return nil
	}
	var was wiredesk.Article
	if err := json.Unmarshal(m.Data, &was); err != nil {
		return fmt.Errorf("replay: story %s, revision %d: %w", s.Story, s.Revision, err)
	}
	d := Compare(&was, is)
	switch {
	case s.Verdict == Held:
	case d.Empty():
		s.Verdict = Same
	default:
		s.Verdict, s.Diff = Changed, d
		if r.Desks != nil {
			d.Routed(r.Desks(&was), r.Desks(is))
		}
	}
	return nil
}

// Send stores the document of a changed story in RAW again, as a replay: the line decides what it means by then, see
// enrich. The run names the call, so that a document is replayed once in it; why goes into the revision's reason.
func Send(ctx context.Context, js jetstream.JetStream, s Story, run, why string) error {
	h := nats.Header{}
	for name, values := range s.header {
		if strings.HasPrefix(name, "Nats-") || name == stream.HAfter || name == stream.HTrace {
			continue
		}
		h[name] = values
	}
	h[stream.HCopy] = []string{strconv.FormatUint(s.Sequence, 10)}
	h[stream.HVia] = []string{"replay"}
	if why != "" {
		h[stream.HReason] = []string{stream.HeaderValue(why)}
	}
	m := stream.Message{Subject: s.subject, ID: fmt.Sprintf("replay:%s:%d", run, s.Sequence), Header: h, Data: s.data}
	if _, err := js.PublishMsg(ctx, m.NATS(), jetstream.WithExpectStream(stream.RAW)); err != nil {
		return fmt.Errorf("replay: document %d is not stored: %w; the same command goes on where it stopped", s.Sequence, err)
	}
	return nil
}
