package stage

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk/internal/stream"
)

const (
	maxReason  = 1000   // bytes of text
	maxHeaders = 60_000 // bytes; the broker takes 65,535
	letterRoom = 512    // bytes for what the client and a batch add
)

// bury stores the dead letter, then terminates the message. Until the letter is stored the message stays in hand,
// unsettled, and its lane waits.
func (l *loop) bury(ln *lane, it *item, reason error) bool {
	it.tries++
	letter := l.letter(it, reason.Error())
	if err := l.insist(it, l.dead, []stream.Message{letter}); err != nil {
		if l.work.Err() == nil {
			l.observe(Unavailable, it)
			l.complain(it, fmt.Errorf("dead letter: %w", err))
			it.tries--
			return l.wait(ln, l.o.Most)
		}
		return false
	}
	l.about(l.o.Log.Warn(), it).Err(reason).Msg("dead letter")
	if l.crashed("buried") {
		return false
	}
	l.settle(ln, it, Dead, []byte("+TERM "+cut(stream.HeaderValue(reason.Error()), 200)))
	return true
}

func (l *loop) letter(it *item, reason string) stream.Message {
	return Letter(l.o.Name, it.feed, it.message, it.tries, reason, int(l.nc.MaxPayload()))
}

// Letter is the dead letter of a message that a stage, or an output, could not handle: the original bytes and our own
// headers of it, why, and where it came from. It fits the broker's payload limit, given in bytes; what it had to leave
// out it says in the reason. Its ID is the same on every try.
func Letter(name, feed string, m Message, tries int, reason string, maxPayload int) stream.Message {
	subject, err := stream.DeadSubject(name, feed)
	if err != nil {
		reason += fmt.Sprintf("; feed %.80q: %s", feed, err)
		subject = stream.DeadPrefix + stageToken(name) + ".unknown"
	}
	own := nats.Header{}
	for k, v := range m.Header {
		if strings.HasPrefix(k, "Wire-") || strings.HasPrefix(k, "ce-") || k == stream.HTrace {
			own[k] = v
		}
	}
	if weigh(own)+3*maxReason > maxHeaders {
		reason += "; its headers did not fit and are left out"
		own = nats.Header{stream.HFeed: own[stream.HFeed]}
	}
	data := m.Data
	room := max(maxPayload-weigh(own)-3*maxReason-letterRoom, 0)
	if len(data) > room {
		reason = fmt.Sprintf("%s; kept %d of %d bytes, more do not fit", cut(reason, maxReason-100), room, len(data))
		data = data[:room]
	}
	own[stream.HStage] = []string{stream.HeaderValue(name)}
	own[stream.HReason] = []string{stream.HeaderValue(cut(reason, maxReason))}
	own[stream.HFromStream] = []string{m.Stream}
	own[stream.HFromSubject] = []string{m.Subject}
	own[stream.HFromSeq] = []string{strconv.FormatUint(m.Sequence, 10)}
	own[stream.HTries] = []string{strconv.Itoa(tries)}
	id := fmt.Sprintf("dead:%s:%d:%s", m.Stream, m.Sequence, stageToken(name))
	return stream.Message{Subject: subject, ID: id, Header: own, Data: data}
}

func stageToken(name string) string {
	token, err := stream.Token(name)
	if err != nil {
		return "unnamed"
	}
	return token
}

func weigh(h nats.Header) int {
	n := 0
	for k, v := range h {
		for _, one := range v {
			n += len(k) + len(one) + 4
		}
	}
	return n
}

// cut is the beginning of a text, at most n bytes and whole characters.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return strings.ToValidUTF8(text[:n], "")
}
