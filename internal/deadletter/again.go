package deadletter

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// Retry puts a letter's copy back where it failed and drops the letter once that is stored: what ingest could not read
// is pushed anew, what a stage could not do is stored anew in the stream that the stage follows. On an error the letter
// stays.
func (b *Box) Retry(ctx context.Context, seq uint64) error {
	l, err := b.Get(ctx, seq)
	if err != nil {
		return err
	}
	if err := b.again(ctx, l); err != nil {
		return fmt.Errorf("dead letter %d: %w", seq, err)
	}
	return b.Drop(ctx, seq)
}

// Drop removes a letter for good.
func (b *Box) Drop(ctx context.Context, seq uint64) error {
	s, err := b.JS.Stream(ctx, stream.DEAD)
	if err == nil {
		err = s.DeleteMsg(ctx, seq)
	}
	if err != nil {
		return fmt.Errorf("dead letter %d: %w", seq, err)
	}
	return nil
}

func (b *Box) again(ctx context.Context, l Letter) error {
	switch l.Header.Get(stream.HFromStream) {
	case "":
		return b.Push(ctx, l)
	case stream.RAW:
		return b.store(ctx, l, nil)
	case stream.ARTICLES:
		return b.revision(ctx, l)
	}
	if stage := l.Header.Get(stream.HStage); strings.HasPrefix(stage, stream.OutputPrefix) {
		return fmt.Errorf("the output %s refused it: mend the cause, then delete its consumer (nats consumer rm NEWS %s) and restart publish: the output is offered all that it follows once more, which is harmless",
			strings.TrimPrefix(stage, stream.OutputPrefix), stage)
	}
	return fmt.Errorf("came from the stream %s: only copy from %s and %s can be tried again", l.Header.Get(stream.HFromStream), stream.RAW, stream.ARTICLES)
}

// revision stores an article anew, if no newer revision of its story has come since.
func (b *Box) revision(ctx context.Context, l Letter) error {
	seq, err := strconv.ParseUint(l.Header.Get(stream.HFromSeq), 10, 64)
	if err != nil {
		return fmt.Errorf("no sequence to compare with: %w", err)
	}
	err = b.store(ctx, l, stream.Last(seq))
	var refused *jetstream.APIError
	if errors.As(err, &refused) && refused.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence {
		return errors.New("a newer revision of the story has come since: drop this one")
	}
	return err
}

func (b *Box) store(ctx context.Context, l Letter, expect *uint64) error {
	m := stream.Message{
		Subject: l.Header.Get(stream.HFromSubject), ID: fmt.Sprintf("retry:%d:%d", l.Seq, l.Stored.UnixNano()),
		Header: original(l.Header), Data: l.Body, Expect: expect,
	}
	if !strings.HasPrefix(m.Subject, stream.RawPrefix) && !strings.HasPrefix(m.Subject, stream.ArticlePrefix) {
		return fmt.Errorf("the subject %q is none of the line's", m.Subject)
	}
	_, err := b.JS.PublishMsg(ctx, m.NATS())
	return err
}

// original is the header the copy had before it became a letter.
func original(h nats.Header) nats.Header {
	own := []string{stream.HStage, stream.HReason, stream.HTries, stream.HFromStream, stream.HFromSubject, stream.HFromSeq}
	h = maps.Clone(h)
	maps.DeleteFunc(h, func(name string, _ []string) bool {
		return slices.Contains(own, name) || strings.HasPrefix(name, "Nats-")
	})
	return h
}
