package commit

import (
	"fmt"
	"maps"
	"strings"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk/internal/stream"
)

var homes = [...]struct{ prefix, stream string }{
	{stream.NewsIn, stream.NEWS},
	{stream.ArticlePrefix, stream.ARTICLES},
	{stream.RawPrefix, stream.RAW},
	{stream.FatePrefix, stream.ARTICLES},
	{stream.HoldPrefix, stream.HOLD},
	{stream.ReleasePrefix, stream.HOLD},
	{stream.DeadPrefix, stream.DEAD},
	{stream.TombPrefix, stream.TOMBS},
	{stream.ConfirmPrefix, stream.TOMBS},
}

// check says which stream a message belongs to. A subject without one of the line's literal prefixes could reach the
// broker's own API, one with a wildcard would be stored for no reader, and one of a few kilobytes closes the connection
// for good: none of them leaves the process.
func (c *Committer) check(m stream.Message) (string, error) {
	name, err := home(m.Subject)
	if err != nil {
		return "", err
	}
	if c.options.Stream != "" && name != c.options.Stream {
		return "", fmt.Errorf("commit: %q: %w: it belongs to %s, not to %s", m.Subject, ErrSubject, name, c.options.Stream)
	}
	if !m.At.IsZero() {
		if target, err := home(m.Target); err != nil || target != name {
			return "", fmt.Errorf("commit: timer target %.40q: %w: it must belong to %s", m.Target, ErrSubject, name)
		}
	}
	return name, nil
}

func home(subject string) (string, error) {
	if len(subject) > stream.MaxSubject {
		return "", fmt.Errorf("commit: %.40q…: %w: it has %d bytes, the limit is %d", subject, ErrSubject, len(subject), stream.MaxSubject)
	}
	for _, h := range homes {
		if rest, ok := strings.CutPrefix(subject, h.prefix); ok && tokens(rest) {
			return h.stream, nil
		}
	}
	return "", fmt.Errorf("commit: %q: %w: it is no subject of the line", subject, ErrSubject)
}

func tokens(rest string) bool {
	empty := true
	for i := range len(rest) {
		switch c := rest[i]; {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_':
			empty = false
		case c == '.' && !empty:
			empty = true
		default:
			return false
		}
	}
	return !empty
}

// build makes the message as the client sends it. A Nats-* header acts on the broker, so only those that
// stream.Message itself sets are in it.
func build(m stream.Message) *nats.Msg {
	for k := range m.Header {
		if acts(k) {
			m.Header = maps.Clone(m.Header)
			maps.DeleteFunc(m.Header, func(k string, _ []string) bool { return acts(k) })
			break
		}
	}
	return m.NATS()
}

func acts(header string) bool {
	return len(header) >= 5 && header[0]|0x20 == 'n' && strings.EqualFold(header[:5], "nats-")
}
