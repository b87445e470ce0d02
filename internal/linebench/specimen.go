package linebench

import (
	"context"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// specimens is how many stories go through the line to learn what messages it makes.
const specimens = 200

// specimen is the messages that the line made of one story, for the bare broker to carry.
type specimen struct {
	raw, article copied
	news         []copied
}

// copied is a stored message: its subject without the story's own token, and its headers.
type copied struct {
	subject string
	header  nats.Header
	data    []byte
}

// capture runs stories through the line and takes the messages from its streams.
func capture(ctx context.Context, o Options) ([]specimen, error) {
	all := make([]specimen, specimens)
	m := mode{InProcess, Relaxed}
	o.HTTP = false
	err := within(ctx, o, m, openLine, func(t *trial) error {
		if _, err := t.throughput(ctx, specimens, specimens); err != nil {
			return err
		}
		for name, keep := range map[string]func(*specimen, copied){
			stream.RAW:      func(s *specimen, c copied) { s.raw = c },
			stream.ARTICLES: func(s *specimen, c copied) { s.article = c },
			stream.NEWS:     func(s *specimen, c copied) { s.news = append(s.news, c) },
		} {
			if err := read(ctx, t.js, name, all, keep); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("linebench: specimens: %w", err)
	}
	return all, nil
}

func read(ctx context.Context, js jetstream.JetStream, name string, all []specimen, keep func(*specimen, copied)) error {
	s, err := js.Stream(ctx, name)
	if err != nil {
		return err
	}
	state := s.CachedInfo().State
	for seq := state.FirstSeq; seq <= state.LastSeq; seq++ {
		m, err := s.GetMsg(ctx, seq)
		if err != nil {
			return err
		}
		n := number(m.Header.Get(stream.HURI))
		if n < 0 || n >= len(all) {
			return fmt.Errorf("message %d of %s belongs to no story of ours", seq, name)
		}
		keep(&all[n], copied{subject: m.Subject, header: m.Header, data: m.Data})
	}
	return nil
}

// of is the specimen that stands for the n-th story.
func of(all []specimen, n int) *specimen { return &all[n%len(all)] }

// message is the copy as the n-th story's own: same bytes, same headers, same condition, its own subject and id.
func (c *copied) message(n int) *nats.Msg {
	h := make(nats.Header, len(c.header))
	maps.Copy(h, c.header)
	token := token(n)
	h[stream.HURI], h[stream.HStory] = []string{uri(n)}, []string{token}
	subject := c.subject
	if !strings.HasPrefix(subject, stream.RawPrefix) {
		subject = subject[:strings.LastIndexByte(subject, '.')+1] + token
	}
	if _, had := h[nats.MsgIdHdr]; had {
		h[nats.MsgIdHdr] = []string{token + ".1." + subject}
	}
	if strings.HasPrefix(subject, stream.NewsPrefix) {
		subject = stream.NewsInput(subject)
	}
	return &nats.Msg{Subject: subject, Header: h, Data: c.data}
}

// token is as long as the line's own.
func token(n int) string {
	digits := strconv.Itoa(n)
	return "bench-0000000000000000000"[:24-len(digits)] + digits
}

// describe says what the line makes of a story, on average.
func describe(all []specimen) Story {
	var s Story
	for i := range all {
		s.Bytes += float64(len(all[i].raw.data)) / float64(len(all))
		s.ArticleBytes += float64(len(all[i].article.data)) / float64(len(all))
		s.Destinations += float64(len(all[i].news)) / float64(len(all))
	}
	return s
}
