package console

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/fate"
	"github.com/wiredesk/wiredesk/internal/redline"
	"github.com/wiredesk/wiredesk/internal/stream"
)

var storyID = regexp.MustCompile(`^[a-z2-7]{24}$`)

// edition is one revision as ARTICLES keeps it.
type edition struct {
	Seq     uint64           `json:"seq"`
	Stored  time.Time        `json:"stored"`
	Raw     uint64           `json:"raw,omitempty"` // of the document in RAW
	Fate    string           `json:"fate,omitempty"`
	Until   time.Time        `json:"until,omitzero"` // end of the embargo
	Public  bool             `json:"public"`         // subscribers were told of it
	Article wiredesk.Article `json:"article"`
}

func editionOf(h nats.Header, seq uint64, at time.Time, data []byte) (edition, error) {
	e := edition{Seq: seq, Stored: at.UTC(), Fate: h.Get(stream.HFate)}
	e.Raw, _ = strconv.ParseUint(h.Get(stream.HRawSeq), 10, 64)
	e.Until, _ = time.Parse(time.RFC3339Nano, h.Get(stream.HUntil))
	e.Public = h.Get(stream.HPublished) != "" && h.Get(stream.HPublished) == h.Get(stream.HRevision)
	if err := json.Unmarshal(data, &e.Article); err != nil {
		return e, fmt.Errorf("console: article %d: %w", seq, err)
	}
	return e, nil
}

// revisions are all revisions of a story that are kept, oldest first.
func (c *Console) revisions(ctx context.Context, story string) ([]edition, error) {
	var all []edition
	o := jetstream.OrderedConsumerConfig{FilterSubjects: []string{stream.ArticleSubject(story)}}
	err := stream.Consume(ctx, c.js, stream.ARTICLES, o, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		e, err := editionOf(m.Headers(), meta.Sequence.Stream, meta.Timestamp, m.Data())
		if err == nil {
			all = append(all, e)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("console: %w", err)
	}
	return all, nil
}

// version is a revision in the timeline: everything but its text.
type version struct {
	Revision int       `json:"revision"`
	Version  string    `json:"version,omitempty"`
	Event    string    `json:"event"`
	Reason   string    `json:"reason,omitempty"`
	Note     string    `json:"note,omitempty"`
	Headline string    `json:"headline"`
	Stored   time.Time `json:"stored"`
	Raw      uint64    `json:"raw,omitempty"`
	Fate     string    `json:"fate,omitempty"`
	Until    time.Time `json:"until,omitzero"`
	Public   bool      `json:"public"`
}

// told is all that the line knows of a story.
type told struct {
	Story     string           `json:"story"`
	Article   wiredesk.Article `json:"article"` // the newest revision that is kept
	Stored    time.Time        `json:"stored"`
	Versions  []version        `json:"versions"`
	Fate      fate.Story       `json:"fate"`
	Related   []relative       `json:"related,omitempty"`
	Originals []uint64         `json:"originals,omitempty"` // documents in RAW, oldest first
}

// story answers with all that the line knows of a story.
func (c *Console) story(r *http.Request) (any, error) {
	id := r.PathValue("story")
	if !storyID.MatchString(id) {
		return nil, refuse(http.StatusNotFound, "%q is no story's id: look it up by its address", id)
	}
	all, err := c.revisions(r.Context(), id)
	if err != nil {
		return nil, err
	}
	fates, err := fate.Find(r.Context(), c.js, id, "")
	if len(all) == 0 && (err != nil || len(fates) == 0) {
		return nil, c.unknown(err)
	}
	out := told{Story: id}
	if len(fates) > 0 {
		out.Fate = fates[0]
	}
	for _, e := range all {
		out.Versions = append(out.Versions, versionOf(e))
		out.Article, out.Stored = e.Article, e.Stored
	}
	for _, f := range out.Fate.Fates {
		if f.What == "received" && f.Stream == stream.RAW && !slices.Contains(out.Originals, f.Seq) {
			out.Originals = append(out.Originals, f.Seq)
		}
	}
	out.Related, err = c.relatives(r.Context(), &out.Article, all)
	return out, err
}

func (c *Console) unknown(err error) error {
	if err != nil && c.away(err) {
		return err
	}
	return refuse(http.StatusNotFound, "the line keeps nothing of this story: it never came, or is older than what is kept")
}

func versionOf(e edition) version {
	a := &e.Article
	return version{
		Revision: a.Revision, Version: a.Item.Version, Event: a.Event, Reason: a.Reason, Note: a.Item.EdNote, Headline: headline(a),
		Stored: e.Stored, Raw: e.Raw, Fate: e.Fate, Until: e.Until, Public: e.Public,
	}
}

// revision answers with one revision whole.
func (c *Console) revision(r *http.Request) (any, error) {
	e, err := c.edition(r)
	return e.Article, err
}

func (c *Console) edition(r *http.Request) (edition, error) {
	all, err := c.revisions(r.Context(), r.PathValue("story"))
	if err != nil {
		return edition{}, err
	}
	for _, e := range all {
		if strconv.Itoa(e.Article.Revision) == r.PathValue("revision") {
			return e, nil
		}
	}
	return edition{}, refuse(http.StatusNotFound, "this revision is not kept any more")
}

// changes answers with what a revision changed in the text of the one before it that is kept.
func (c *Console) changes(r *http.Request) (any, error) {
	all, err := c.revisions(r.Context(), r.PathValue("story"))
	if err != nil {
		return nil, err
	}
	before := ""
	for _, e := range all {
		if strconv.Itoa(e.Article.Revision) == r.PathValue("revision") {
			return map[string]any{"pieces": append([]redline.Piece{}, redline.Words(before, e.Article.Text)...)}, nil
		}
		before = e.Article.Text
	}
	return nil, refuse(http.StatusNotFound, "this revision is not kept any more")
}

// find answers with the stories that a URI, an id or a receipt may mean.
func (c *Console) find(r *http.Request) (any, error) {
	name := r.URL.Query().Get("name")
	found, err := fate.Find(r.Context(), c.js, name, "")
	if err != nil {
		if c.away(err) || errors.Is(err, context.Canceled) {
			return nil, err
		}
		return nil, refuse(http.StatusNotFound, "%w", err)
	}
	type hit struct {
		Story    string `json:"story"`
		URI      string `json:"uri"`
		Provider string `json:"provider"`
	}
	hits := []hit{}
	for _, f := range found {
		if f.Story != "" {
			hits = append(hits, hit{f.Story, f.URI, f.Provider})
		}
	}
	return map[string]any{"stories": hits}, nil
}
