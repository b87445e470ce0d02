package stage

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// The loop asks for exactly as many messages as it can hold, and keeps the broker told about each of them. What waits
// in a client's buffer instead, nobody speaks for: it runs into the acknowledgement's deadline and is delivered twice.
const (
	expires   = 5 * time.Second
	heartbeat = time.Second
)

var (
	ack      = []byte("+ACK")
	nak      = []byte("-NAK")
	progress = []byte("+WPI")
)

func (l *loop) subscribe() error {
	inbox := l.nc.NewInbox()
	sub, err := l.nc.Subscribe(inbox, l.receive)
	if err != nil {
		return err
	}
	if err := sub.SetPendingLimits(-1, -1); err != nil {
		return err
	}
	l.sub, l.next = sub, apiPrefix(l.js)+"CONSUMER.MSG.NEXT."+l.o.Stream+"."+l.o.Consumer
	return nil
}

func apiPrefix(js jetstream.JetStream) string {
	o := js.Options()
	if o.Domain != "" {
		return "$JS." + o.Domain + ".API."
	}
	if o.APIPrefix != "" {
		return strings.TrimSuffix(o.APIPrefix, ".") + "."
	}
	return jetstream.DefaultAPIPrefix
}

// unsubscribe returns once everything that was on its way here has come.
func (l *loop) unsubscribe() {
	closed := make(chan struct{})
	l.sub.SetClosedHandler(func(string) { close(closed) })
	if l.sub.Drain() != nil {
		return
	}
	select {
	case <-closed:
	case <-l.work.Done():
	}
}

// hangUp stops listening, whatever state the subscription is in.
func (l *loop) hangUp() {
	if err := l.sub.Unsubscribe(); err != nil && !errors.Is(err, nats.ErrBadSubscription) && !errors.Is(err, nats.ErrConnectionClosed) {
		l.o.Log.Debug().Err(err).Str("stage", l.o.Name).Msg("unsubscribe")
	}
}

// ask pulls as much as there is room for. Unless forced it waits until there is room for a good many, or nothing at
// work and nothing on its way.
func (l *loop) ask(forced bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	room := l.o.InHand - len(l.held) - l.asked
	many := room >= max(l.o.InHand/8, 1) || l.asked == 0 && len(l.slots) == 0
	if l.draining || room <= 0 || l.bytes >= l.o.HandBytes || !many && (!forced || l.asked > l.o.InHand/4) {
		return
	}
	bytes := max(l.o.HandBytes-l.bytes, 2*stream.MaxMessage)
	request := fmt.Appendf(nil, `{"batch":%d,"max_bytes":%d,"expires":%d,"idle_heartbeat":%d}`, room, bytes, expires, heartbeat)
	if l.nc.PublishRequest(l.next, l.sub.Subject, request) != nil {
		return // disconnected: asked again when the broker is back
	}
	if l.asked == 0 {
		l.heard = time.Now()
	}
	l.asked += room
}

// askAnew forgets what was asked for: the broker does not know of it any more.
func (l *loop) askAnew() {
	l.mu.Lock()
	l.asked = 0
	l.mu.Unlock()
	l.ask(true)
}

// receive takes what the broker sends: a message, or word about what was asked for.
func (l *loop) receive(m *nats.Msg) {
	if m.Reply == "" {
		l.hear(m)
		return
	}
	meta, err := m.Metadata()
	if err != nil {
		l.o.Log.Warn().Err(err).Str("stage", l.o.Name).Str("subject", m.Subject).Msg("a message that is not from the stream")
		return
	}
	now := time.Now()
	it := &item{reply: m.Reply, deliveries: meta.NumDelivered, since: now, told: now, message: Message{
		Stream: meta.Stream, Subject: m.Subject, Sequence: meta.Sequence.Stream, Header: m.Header, Data: m.Data,
		Stored: meta.Timestamp, Try: 1, Again: meta.NumDelivered > 1,
	}}
	it.key, it.feed = l.o.Key(it.message), l.o.Feed(it.message)
	if it.key == "" {
		it.key = "\x00" + strconv.FormatUint(meta.Sequence.Stream, 10)
	}
	if ln := l.put(it); ln != nil {
		go l.runLane(ln)
	}
	l.ask(false)
}

func (l *loop) hear(m *nats.Msg) {
	text := m.Header.Get("Description")
	status := m.Header.Get("Status")
	l.mu.Lock()
	l.heard = time.Now()
	if status != "100" {
		pending, err := strconv.Atoi(m.Header.Get("Nats-Pending-Messages"))
		if err != nil {
			pending = l.asked
		}
		l.asked = max(l.asked-pending, 0)
	}
	l.mu.Unlock()
	switch {
	case status == "100":
	case status == "400", strings.Contains(text, "Consumer Deleted"), strings.Contains(text, "push based"), strings.HasPrefix(text, "Exceeded MaxRequest"):
		l.quit(fmt.Errorf("consumer %s of %s: %s %s", l.o.Consumer, l.o.Stream, status, text))
	case status == "503":
		go l.inspect()
	case status == "408", strings.HasPrefix(text, "Message Size Exceeds"), strings.HasPrefix(text, "Batch Completed"):
		l.ask(false)
	}
}

// inspect ends the loop if its consumer is gone.
func (l *loop) inspect() {
	ctx, cancel := context.WithTimeout(l.work, expires)
	defer cancel()
	_, err := l.js.Consumer(ctx, l.o.Stream, l.o.Consumer)
	if errors.Is(err, jetstream.ErrConsumerNotFound) || errors.Is(err, jetstream.ErrStreamNotFound) {
		l.quit(fmt.Errorf("consumer %s of %s: %w", l.o.Consumer, l.o.Stream, err))
	}
}

// send answers for a message. Where the answer is lost the message comes back.
func (l *loop) send(reply string, answer []byte) {
	if err := l.nc.Publish(reply, answer); err != nil {
		l.o.Log.Debug().Err(err).Str("stage", l.o.Name).Msg("not acknowledged, it comes back")
	}
}

// flush makes sure that the last answers left the process, as far as the broker is there.
func (l *loop) flush() error {
	if err := l.nc.FlushTimeout(time.Second); err != nil {
		l.o.Log.Warn().Err(err).Str("stage", l.o.Name).Msg("the last acknowledgements may be lost, messages may come back")
	}
	return nil
}
