package edict

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// What Issue's errors wrap where nothing was stored, because the edict would do nothing.
var (
	ErrUnknown   = errors.New("no such story")
	ErrAmbiguous = errors.New("several stories have that URI")
	ErrDone      = errors.New("nothing to do")
)

var storyID = regexp.MustCompile(`^[a-z2-7]{24}$`)

// Issue stores an edict and returns its receipt once it is as durable as the broker promises; the line acts on it like
// on any document. Issue only looks up the story, by a user who may read ARTICLES and TOMBS, and refuses an edict that
// would do nothing: see [ErrUnknown], [ErrAmbiguous] and [ErrDone]. Where the answer was lost, issuing it again is
// harmless.
func Issue(ctx context.Context, js jetstream.JetStream, e Edict) (wiredesk.Receipt, error) {
	if e.At.IsZero() {
		e.At = time.Now()
	}
	e.At = e.At.UTC().Round(0)
	if err := e.Check(); err != nil {
		return wiredesk.Receipt{}, err
	}
	h, err := find(ctx, js, &e)
	if err != nil {
		return wiredesk.Receipt{}, err
	}
	if err := e.idle(h); err != nil {
		return wiredesk.Receipt{}, err
	}
	raw, err := e.raw()
	if err != nil {
		return wiredesk.Receipt{}, fmt.Errorf("edict: %w", err)
	}
	ack, err := js.PublishMsg(ctx, message(raw, e).NATS(), jetstream.WithExpectStream(stream.RAW))
	if err != nil {
		return wiredesk.Receipt{}, fmt.Errorf("edict: not stored: %w; issue it again, which is harmless", err)
	}
	return wiredesk.Receipt{
		Receipt: raw.Receipt(), Feed: raw.Feed, Format: Format, Received: raw.Received, Duplicate: ack.Duplicate,
		Stories: []wiredesk.Taken{{Story: e.Story, URI: e.URI, Follow: stream.NewsAll(e.Story), Trace: "wiredesk trace " + e.Story}},
	}, nil
}

// find completes the edict's story, and returns the headers of its newest revision, or of its tombstone.
func find(ctx context.Context, js jetstream.JetStream, e *Edict) (nats.Header, error) {
	ids, err := candidates(ctx, js, *e)
	if err != nil {
		return nil, err
	}
	var found nats.Header
	var providers []string
	for _, id := range ids {
		h, err := last(ctx, js, id)
		if err != nil {
			return nil, err
		}
		if h != nil {
			found = h
			providers = append(providers, stream.TextValue(h.Get(stream.HProvider)))
		}
	}
	switch len(providers) {
	case 0:
		return nil, fmt.Errorf("edict: %w %q here: check the URI as the sender spells it, and name the provider if nothing came from it lately; what came in a moment ago may not be decided yet", ErrUnknown, e.name())
	case 1:
	default:
		return nil, fmt.Errorf("edict: %w %q: name the provider, one of %s", ErrAmbiguous, e.name(), strings.Join(providers, ", "))
	}
	e.Story, e.URI, e.Provider = found.Get(stream.HStory), stream.TextValue(found.Get(stream.HURI)), providers[0]
	return found, nil
}

func (e Edict) name() string {
	if e.URI != "" {
		return e.URI
	}
	return e.Story
}

// candidates are the ids that the edict's name may stand for: an id itself, or the URI at each provider.
func candidates(ctx context.Context, js jetstream.JetStream, e Edict) ([]string, error) {
	if e.Story != "" {
		return []string{e.Story}, nil
	}
	var ids []string
	if storyID.MatchString(e.URI) {
		ids = append(ids, e.URI)
	}
	names := []string{e.Provider}
	if e.Provider == "" {
		var err error
		if names, err = providers(ctx, js); err != nil {
			return nil, err
		}
	}
	for _, p := range names {
		ids = append(ids, wiredesk.StoryID(p, e.URI))
	}
	return ids, nil
}

// providers are the agencies that RAW has copy of, from the newest message of each feed.
func providers(ctx context.Context, js jetstream.JetStream) ([]string, error) {
	raw, err := js.Stream(ctx, stream.RAW)
	if err != nil {
		return nil, fmt.Errorf("edict: stream %s: %w", stream.RAW, err)
	}
	info, err := raw.Info(ctx, jetstream.WithSubjectFilter(stream.RawPrefix+"*"))
	if err != nil {
		return nil, fmt.Errorf("edict: stream %s: %w", stream.RAW, err)
	}
	var out []string
	for subject := range info.State.Subjects {
		m, err := raw.GetLastMsgForSubject(ctx, subject)
		if err != nil {
			return nil, fmt.Errorf("edict: stream %s: %w", stream.RAW, err)
		}
		if p := stream.TextValue(m.Header.Get(stream.HProvider)); p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out, nil
}

// last are the headers of a story's newest revision; of its tombstone where ARTICLES has forgotten it.
func last(ctx context.Context, js jetstream.JetStream, story string) (nats.Header, error) {
	for _, at := range []struct{ name, subject string }{
		{stream.ARTICLES, stream.ArticleSubject(story)}, {stream.TOMBS, stream.TombSubject(story)},
	} {
		s, err := js.Stream(ctx, at.name)
		if err != nil {
			return nil, fmt.Errorf("edict: stream %s: %w", at.name, err)
		}
		m, err := s.GetLastMsgForSubject(ctx, at.subject)
		switch {
		case errors.Is(err, jetstream.ErrMsgNotFound):
		case err != nil:
			return nil, fmt.Errorf("edict: stream %s: %w", at.name, err)
		default:
			return m.Header, nil
		}
	}
	return nil, nil
}

// idle says why an edict would do nothing to a story that stands as the headers say.
func (e Edict) idle(h nats.Header) error {
	killed, word, revision := h.Get(stream.HEvent) == wiredesk.EventKill, Act(h.Get(stream.HOperator)), h.Get(stream.HRevision)
	switch {
	case e.Act == Kill && killed && word == Kill:
		return fmt.Errorf("edict: %w: the story is killed already, by an operator in revision %s, and that is final: wiredesk trace %s tells who has not confirmed it", ErrDone, revision, e.Story)
	case e.Act != Kill && killed:
		return fmt.Errorf("edict: %w: the story is killed, in revision %s: a kill cannot be taken back, send the story anew under another URI", ErrDone, revision)
	case e.Act == Hold && word == Hold:
		return fmt.Errorf("edict: %w: the story is held already, in revision %s: lift lets it go, kill ends it", ErrDone, revision)
	case e.Act == Lift && word != Hold:
		return fmt.Errorf("edict: %w: no operator holds the story, its newest is revision %s: what its sender holds, only its sender lifts", ErrDone, revision)
	}
	return nil
}
