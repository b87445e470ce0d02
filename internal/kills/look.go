package kills

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

// stood is what a subject of NEWS shows of a killed story: the notice, or what came after it.
type stood struct {
	subject  string
	sequence uint64
	at       time.Time
}

// standing is where the notice of a kill stands, or a later revision in its place. None: it has not gone out yet, or NEWS
// has forgotten it.
func standing(ctx context.Context, nc *nats.Conn, k killed) ([]stood, error) {
	ask, err := json.Marshal(map[string]any{"multi_last": []string{stream.NewsAll(k.story)}})
	if err != nil {
		return nil, err
	}
	inbox := nc.NewRespInbox()
	sub, err := nc.SubscribeSync(inbox)
	if err != nil {
		return nil, fmt.Errorf("kills: %s: %w", stream.NEWS, err)
	}
	defer func() { _ = sub.Unsubscribe() }()
	if err := nc.PublishRequest("$JS.API.DIRECT.GET."+stream.NEWS, inbox, ask); err != nil {
		return nil, fmt.Errorf("kills: %s: %w", stream.NEWS, err)
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	var out []stood
	for {
		m, err := sub.NextMsgWithContext(ctx)
		if err != nil {
			return nil, fmt.Errorf("kills: %s did not answer: %w", stream.NEWS, err)
		}
		switch status := m.Header.Get("Status"); status {
		case "":
		case "204", "404":
			return out, nil
		default:
			return nil, fmt.Errorf("kills: %s: status %s %s", stream.NEWS, status, m.Header.Get("Description"))
		}
		revision, _ := strconv.Atoi(m.Header.Get(stream.HRevision))
		if revision < k.revision {
			continue // the notice is on its way
		}
		s := stood{subject: m.Header.Get(nats.JSSubject)}
		s.sequence, _ = strconv.ParseUint(m.Header.Get(nats.JSSequence), 10, 64)
		s.at, _ = time.Parse(time.RFC3339Nano, m.Header.Get(nats.JSTimeStamp))
		out = append(out, s)
	}
}

// tombs takes in the kills since the last look. What NEWS cannot hold any more is left out.
func (a *Account) tombs(ctx context.Context) error {
	tombs, err := a.js.Stream(ctx, stream.TOMBS)
	if err != nil {
		return fmt.Errorf("kills: stream %s: %w", stream.TOMBS, err)
	}
	news, err := a.js.Stream(ctx, stream.NEWS)
	if err != nil {
		return fmt.Errorf("kills: stream %s: %w", stream.NEWS, err)
	}
	keeps := news.CachedInfo().Config.MaxAge
	for {
		m, err := tombs.GetMsg(ctx, a.next, jetstream.WithGetMsgSubject(stream.TombPrefix+"*"))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			break
		}
		if err != nil {
			return fmt.Errorf("kills: stream %s: %w", stream.TOMBS, err)
		}
		a.next = m.Sequence + 1
		if k, ok := killedOf(m.Header, m.Time); ok {
			a.open[k.story] = k
		}
	}
	for story, k := range a.open {
		if keeps > 0 && time.Since(k.at) > keeps+time.Hour {
			delete(a.open, story)
		}
	}
	return nil
}

func (a *Account) tomb(ctx context.Context, story string) (killed, bool, error) {
	tombs, err := a.js.Stream(ctx, stream.TOMBS)
	if err != nil {
		return killed{}, false, fmt.Errorf("kills: stream %s: %w", stream.TOMBS, err)
	}
	m, err := tombs.GetLastMsgForSubject(ctx, stream.TombSubject(story))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return killed{}, false, nil
	}
	if err != nil {
		return killed{}, false, fmt.Errorf("kills: stream %s: %w", stream.TOMBS, err)
	}
	k, ok := killedOf(m.Header, m.Time)
	return k, ok, nil
}

// buried are the notices that became dead letters of an output, as long as the letters are there.
func (a *Account) buried(ctx context.Context) ([]Notice, error) {
	dead, err := a.js.Stream(ctx, stream.DEAD)
	if err != nil {
		return nil, fmt.Errorf("kills: stream %s: %w", stream.DEAD, err)
	}
	info, err := dead.Info(ctx, jetstream.WithSubjectFilter(stream.DeadPrefix+"*.*"))
	if err != nil {
		return nil, fmt.Errorf("kills: stream %s: %w", stream.DEAD, err)
	}
	for subject := range info.State.Subjects {
		if strings.HasPrefix(subject, stream.DeadPrefix+stream.OutputPrefix) {
			if err := a.letter(ctx, dead, subject); err != nil {
				return nil, err
			}
		}
	}
	var out []Notice
	for seq, n := range a.letters {
		_, err := dead.GetMsg(ctx, seq)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			delete(a.letters, seq)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("kills: stream %s: %w", stream.DEAD, err)
		}
		out = append(out, n)
	}
	return out, nil
}

// letter takes in an output's dead letters since the last look.
func (a *Account) letter(ctx context.Context, dead jetstream.Stream, subject string) error {
	for {
		m, err := dead.GetMsg(ctx, max(a.read[subject], 1), jetstream.WithGetMsgSubject(subject))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("kills: stream %s: %w", stream.DEAD, err)
		}
		a.read[subject] = m.Sequence + 1
		h := m.Header
		if h.Get(stream.HEvent) != wiredesk.EventKill {
			continue
		}
		n := Notice{
			Sink: strings.TrimPrefix(stream.TextValue(h.Get(stream.HStage)), stream.OutputPrefix), Output: true, Story: h.Get(stream.HStory),
			URI: stream.TextValue(h.Get(stream.HURI)), Provider: stream.TextValue(h.Get(stream.HProvider)), Since: m.Time, Letter: m.Sequence,
		}
		n.Revision, _ = strconv.Atoi(h.Get(stream.HRevision))
		a.letters[m.Sequence] = n
	}
}
