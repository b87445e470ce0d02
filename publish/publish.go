// Package publish fans articles out: one message in NEWS for each destination subject, and a notice in place of the
// text where a story is killed or held. Every message is conditional on what stands on its subject, so that fan-out
// may happen twice, by any number of workers, and each accepted revision still arrives once and in order.
package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Standing is the newest message on one subject of NEWS.
type Standing struct {
	Sequence uint64
	Revision int
}

// Shelf reads what NEWS holds of a story: the newest message on each of its subjects.
type Shelf interface {
	Story(ctx context.Context, story string) (map[string]Standing, error)
}

// Settlement says whether publish has settled a message of ARTICLES, and every one before it; see [stage.Floor].
type Settlement interface {
	Settled(ctx context.Context, sequence uint64) (bool, error)
}

// Router decides which of the operator's desks get an article, by its JSON, besides its own facets. The error is an
// article that cannot be read; a router without desks does not look at it.
type Router interface {
	Desks(article []byte) ([]string, error)
}

// Options are what a desk needs.
type Options struct {
	Shelf      Shelf
	Settlement Settlement
	Router     Router           // nil: no desks
	Advisories bool             // copy that is not for publication goes to a facet of its own
	Past       Past             // asked where NEWS has forgotten a story; nil: its earlier desks are forgotten too
	Now        func() time.Time // nil is time.Now
}

// Desk is the handler of the publish stage.
type Desk struct{ Options }

// New makes a desk.
func New(o Options) *Desk {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Desk{o}
}

// revision is what the headers of an article's message say: enough to route it without decoding the body.
type revision struct {
	story, event string
	number       int
	goesOut      bool // subscribers see this revision, or a notice of it
	follows      int  // the newest revision before it that went out
	followsSeq   uint64
	previousSeq  uint64 // in ARTICLES, of the revision before it
	notFor       string // why it is not for publication
	provider     string
	subjects     []string
	until        time.Time
}

// Handle is the stage handler: a message of ARTICLES in, messages for NEWS out. A revision that subscribers may not
// see yields none, but for the timer of its embargo.
func (d *Desk) Handle(ctx context.Context, in stage.Message) ([]stream.Message, error) {
	r, err := read(in.Header)
	if err != nil {
		return nil, stage.Reject(fmt.Errorf("publish: %w", err))
	}
	if d.Advisories {
		if err := d.afterAdvisory(ctx, r); err != nil {
			return nil, err
		}
	}
	if !r.goesOut {
		return d.advisory(ctx, r, in)
	}
	standing, err := d.standing(ctx, r, in.Again)
	if err != nil {
		return nil, err
	}
	if err := d.inTurn(ctx, r, standing); err != nil {
		return nil, err
	}
	if err := d.route(ctx, &r, in, standing); err != nil {
		return nil, err
	}
	body := in.Data
	if replaces(r.event) {
		if body, err = notice(in.Data); err != nil {
			return nil, stage.Reject(err)
		}
	}
	return d.fanOut(r, in, standing, body), nil
}

// route adds the subjects of the desks that want this revision. A notice goes where the story went, and nowhere else.
func (d *Desk) route(ctx context.Context, r *revision, in stage.Message, standing map[string]Standing) error {
	if forgotten(*r, standing) {
		if err := d.remember(ctx, r, in.Sequence); err != nil {
			return err
		}
	}
	if d.Router == nil || replaces(r.event) {
		return nil
	}
	return d.send(r, in.Data)
}

// send adds the subjects of the desks that an article goes to. An article that cannot be read never will be.
func (d *Desk) send(r *revision, article []byte) error {
	desks, err := d.Router.Desks(article)
	if err != nil {
		return stage.Reject(fmt.Errorf("publish: %w", err))
	}
	for _, desk := range desks {
		s, err := stream.News(wiredesk.Facet{Name: "desk", Value: desk}, r.story)
		if err != nil {
			return stage.Reject(fmt.Errorf("publish: desk: %w", err))
		}
		if !slices.Contains(r.subjects, s) {
			r.subjects = append(r.subjects, s)
		}
	}
	return nil
}

// standing is what NEWS holds of the story. A story that never went out is taken to stand nowhere on the first try:
// if it does, the condition fails and the loop comes back with Again set.
func (d *Desk) standing(ctx context.Context, r revision, again bool) (map[string]Standing, error) {
	if r.follows == 0 && !again && (!d.Advisories || r.number == 1) {
		return nil, nil
	}
	return d.Shelf.Story(ctx, r.story)
}

// turnWait is how long a revision waits before it asks again whether its turn has come.
const turnWait = 20 * time.Millisecond

// errTurn asks the loop to come back: an earlier revision is still on its way in another worker's hands.
var errTurn = errors.New("publish: an earlier revision of the story has not gone out yet")

// inTurn makes sure that the revision before this one has gone out everywhere: its canonical copy is stored last.
func (d *Desk) inTurn(ctx context.Context, r revision, standing map[string]Standing) error {
	if r.follows == 0 || standing[r.canonical()].Revision >= r.follows {
		return nil
	}
	done, err := d.Settlement.Settled(ctx, r.followsSeq)
	if err != nil {
		return err
	}
	if !done {
		return stage.After(turnWait, errTurn)
	}
	return nil
}

// fanOut makes one message for every subject the revision goes to and any earlier revision went to, leaving out those
// that have it already.
func (d *Desk) fanOut(r revision, in stage.Message, standing map[string]Standing, body []byte) []stream.Message {
	subjects := r.subjects
	for s := range standing {
		if !slices.Contains(subjects, s) {
			subjects = append(subjects, s)
		}
	}
	// The canonical copy comes last: where it stands, every other copy stands too.
	slices.SortStableFunc(subjects, func(a, b string) int { return compareBool(isCanonical(a), isCanonical(b)) })
	header := newsHeader(in.Header) // shared: nobody changes a message's header
	out := make([]stream.Message, 0, len(subjects))
	for _, s := range subjects {
		before := standing[s]
		if before.Revision >= r.number {
			continue
		}
		out = append(out, stream.Message{
			Subject: stream.NewsInput(s), ID: r.story + "." + strconv.Itoa(r.number) + "." + s,
			Header: header, Data: body,
			Expect: stream.Last(before.Sequence), Rollup: replaces(r.event),
		})
	}
	return out
}

const canonicalPrefix = stream.NewsPrefix + "wire."

func isCanonical(subject string) bool { return strings.HasPrefix(subject, canonicalPrefix) }

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// canonical is the subject of the copy that every story has: its provider's wire.
func (r revision) canonical() string {
	if i := slices.IndexFunc(r.subjects, isCanonical); i >= 0 {
		return r.subjects[i]
	}
	return ""
}

// replaces says that the event leaves only a notice of the story: earlier text goes.
func replaces(event string) bool {
	return event == wiredesk.EventKill || event == wiredesk.EventWithhold || event == wiredesk.EventEmbargo
}

// passed are the headers a subscriber gets; what only our stages need stays inside.
var passed = []string{
	stream.HStory, stream.HRevision, stream.HEvent, stream.HVersion, stream.HProvider, stream.HFeed, stream.HReceipt,
	stream.HURI, stream.HUrgency, stream.HLanguage, stream.HReceived, stream.HTrace, stream.HCEID, stream.HCESource,
	stream.HCEType, stream.HCESpec, stream.HCETime, stream.HCESubject, stream.HCEContent,
}

func newsHeader(h nats.Header) nats.Header {
	out := make(nats.Header, len(passed))
	for _, name := range passed {
		if v, ok := h[name]; ok {
			out[name] = v
		}
	}
	return out
}

func read(h nats.Header) (revision, error) {
	r := revision{story: h.Get(stream.HStory), event: h.Get(stream.HEvent)}
	var err error
	if r.number, err = strconv.Atoi(h.Get(stream.HRevision)); err != nil || r.story == "" {
		return r, fmt.Errorf("the message has no %s and %s", stream.HStory, stream.HRevision)
	}
	published, _ := strconv.Atoi(h.Get(stream.HPublished))
	r.goesOut = published == r.number
	r.follows, _ = strconv.Atoi(h.Get(stream.HFollows))
	r.followsSeq, _ = strconv.ParseUint(h.Get(stream.HFollowsSeq), 10, 64)
	r.previousSeq, _ = strconv.ParseUint(h.Get(stream.HPrevious), 10, 64)
	r.notFor, r.provider = h.Get(stream.HNotFor), stream.TextValue(h.Get(stream.HProvider))
	r.until, _ = time.Parse(time.RFC3339Nano, h.Get(stream.HUntil))
	for _, f := range strings.Fields(h.Get(stream.HAudience)) {
		r.subjects = append(r.subjects, stream.NewsPrefix+f+"."+r.story)
	}
	return r, nil
}

// notice is the article without a word of its text: which story, which version, and what to do with it. The editors'
// note of a kill or a hold is the sender's message to its receivers and stays.
func notice(article []byte) ([]byte, error) {
	var a wiredesk.Article
	if err := json.Unmarshal(article, &a); err != nil {
		return nil, fmt.Errorf("publish: article of a kill or hold: %w", err)
	}
	n := wiredesk.Article{
		Provider: a.Provider, Feed: a.Feed, Receipt: a.Receipt, Story: a.Story, Revision: a.Revision, Event: a.Event,
		Reason: a.Reason, Previous: a.Previous, Publishable: a.Publishable, Audience: a.Audience, Hops: a.Hops,
		Original:     wiredesk.Original{SHA256: a.Original.SHA256, Format: a.Original.Format, Bytes: a.Original.Bytes},
		Attributions: []wiredesk.Attribution{},
	}
	n.Item = wiredesk.Item{
		Standard: a.Item.Standard, URI: a.Item.URI, Type: a.Item.Type, Version: a.Item.Version,
		FirstCreated: a.Item.FirstCreated, VersionCreated: a.Item.VersionCreated, AltIDs: a.Item.AltIDs,
		PubStatus: wiredesk.Withheld,
	}
	switch a.Event {
	case wiredesk.EventKill:
		n.Item.PubStatus, n.Item.EdNote = wiredesk.Canceled, a.Item.EdNote
	case wiredesk.EventEmbargo:
		n.Item.EmbargoedUntil = a.Item.EmbargoedUntil
	}
	return json.Marshal(n)
}
