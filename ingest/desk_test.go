package ingest_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// room is a desk on a broker of its own.
type room struct {
	*ingest.Desk
	broker *brokertest.Broker

	mu   sync.Mutex
	seen []ingest.Arrival
}

func (r *room) Arrived(a ingest.Arrival) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, a)
}

// fates are the outcomes of all arrivals so far.
func (r *room) fates() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []string
	for _, a := range r.seen {
		all = append(all, a.Outcome)
	}
	return all
}

func newRoom(t *testing.T, feeds intake.Feeds, change func(*ingest.Options), brokerOptions ...brokertest.Option) *room {
	t.Helper()
	r := &room{broker: brokertest.New(t, brokerOptions...)}
	lines, err := feeds.Lines()
	if err != nil {
		t.Fatal(err)
	}
	store := commit.New(r.broker.NC, commit.Options{Timeout: time.Second})
	o := ingest.Options{Raw: store, Dead: store, Feeds: lines, Observe: r, Formats: formats(t), Reading: 300 * time.Millisecond}
	if change != nil {
		change(&o)
	}
	r.Desk = ingest.New(o)
	return r
}

// stored are all messages of a stream.
func (r *room) stored(t *testing.T, name string) []*jetstream.RawStreamMsg {
	t.Helper()
	s, err := r.broker.JS.Stream(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	var all []*jetstream.RawStreamMsg
	for seq := uint64(1); seq <= s.CachedInfo().State.LastSeq; seq++ {
		m, err := s.GetMsg(t.Context(), seq)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	return all
}

func TestAReceiptMeansStored(t *testing.T) {
	r := newRoom(t, intake.Feeds{{Name: "kestrel-en", Provider: "kestrel", Zone: "Asia/Damascus"}}, nil)
	in := doc("The quay reopened on Monday.\n")
	in.Name, in.MediaType, in.Charset, in.Via = " odd\nname %41.txt", "text/plain", "utf-8", "http"
	in.URI, in.Version = "urn:kestrel:1%20a", "2"
	in.Provider = "forged"
	got, err := r.Take(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if got.Receipt != in.Receipt() || got.Format != "text" || got.Why == "" || got.Duplicate || len(got.Stories) != 1 {
		t.Errorf("got %+v; want a first receipt for one text", got)
	}
	id := wiredesk.StoryID("kestrel", got.Stories[0].URI)
	if s := got.Stories[0]; s.Story != id || s.Follow != "news.*.*."+id || !strings.HasPrefix(s.Trace, "wiredesk trace ") {
		t.Errorf("got %+v; want the story and where to follow it", s)
	}
	all := r.stored(t, stream.RAW)
	if len(all) != 1 || all[0].Subject != "wire.raw.kestrel-en" || all[0].Header.Get(stream.HStory) != id {
		t.Fatalf("got %d messages, first %+v; want one with its lane", len(all), all)
	}
	back, err := ingest.FromMessage(all[0].Header, all[0].Data, wiredesk.House{})
	if err != nil {
		t.Fatal(err)
	}
	want := in
	want.Provider, want.Format, want.Received = "kestrel", "text", got.Received
	if !same(back, want) {
		t.Errorf("got  %+v\nwant %+v", back, want)
	}
	if all[0].Header.Get(stream.HSHA256) != in.SHA256() || all[0].Header.Get(stream.HCEID) != in.Receipt() {
		t.Errorf("got headers %v; want the hash and the id", all[0].Header)
	}
}

func same(a, b wiredesk.Raw) bool {
	return a.Feed == b.Feed && a.Provider == b.Provider && a.Via == b.Via && a.Name == b.Name && a.Format == b.Format &&
		a.MediaType == b.MediaType && a.Charset == b.Charset && a.Received.Equal(b.Received) && a.URI == b.URI &&
		a.Version == b.Version && string(a.Bytes) == string(b.Bytes) && a.Item == b.Item && a.Line == b.Line && a.Column == b.Column
}

func TestTheSameDocumentHasTheSameReceipt(t *testing.T) {
	r := newRoom(t, nil, nil)
	first, err := r.Take(t.Context(), doc("#cards\nu:1|one\n--\nu:2|two"))
	if err != nil {
		t.Fatal(err)
	}
	again, err := r.Take(t.Context(), doc("#cards\nu:1|one\n--\nu:2|two"))
	if err != nil || again.Receipt != first.Receipt || !again.Duplicate || len(again.Stories) != 2 {
		t.Errorf("got %+v, %v; want the receipt %s, marked as a duplicate", again, err, first.Receipt)
	}
	if n := len(r.stored(t, stream.RAW)); n != 2 {
		t.Errorf("got %d messages; want 2: one for each item, once", n)
	}
	if got, want := r.fates(), []string{"stored", "duplicate"}; !slices.Equal(got, want) {
		t.Errorf("got fates %v, want %v", got, want)
	}
	if a, b := r.seen[0], r.seen[1]; a.Stories != 2 || a.Again != 0 || a.Parts != 2 || b.Stories != 2 || b.Again != 2 || b.Parts != 0 {
		t.Errorf("got %+v and %+v; want two new stories, then both again", a, b)
	}
}

func TestEachPartHasExactlyOnePlace(t *testing.T) {
	r := newRoom(t, nil, nil)
	got, err := r.Take(t.Context(), doc("#cards\nu:1|one\n--\nno bar\n--\npanic\n--\nu:4|four"))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Stories) != 2 || len(got.Rejected) != 2 {
		t.Fatalf("got %+v; want two stories and two rejected items", got)
	}
	if f := got.Rejected[0]; f.Item != 2 || f.Line != 4 || f.Column != 2 {
		t.Errorf("got %+v; want item 2 at 4:2 of the document", f)
	}
	raws, dead := r.stored(t, stream.RAW), r.stored(t, stream.DEAD)
	if len(raws) != 2 || len(dead) != 2 {
		t.Fatalf("got %d messages in RAW and %d in DEAD; want 2 and 2", len(raws), len(dead))
	}
	if raws[1].Header.Get("Nats-Msg-Id") != got.Receipt+":4" || string(raws[1].Data) != "u:4|four" {
		t.Errorf("got %v %q; want item 4 by itself", raws[1].Header, raws[1].Data)
	}
	letter := dead[0]
	if letter.Subject != "wire.dead.ingest.kestrel-en" || string(letter.Data) != "no bar" ||
		stream.TextValue(letter.Header.Get(stream.HReason)) != "4:2: a card without a bar" {
		t.Errorf("got %s %v %q; want the item with its reason", letter.Subject, letter.Header, letter.Data)
	}
	back, err := ingest.FromMessage(letter.Header, letter.Data, wiredesk.House{})
	if err != nil || back.Item != 2 || back.Line != 4 || back.Format != "cards" {
		t.Errorf("got %+v, %v; want the part as it was cut", back, err)
	}
}

func TestWhatCannotBeReadIsKeptOnce(t *testing.T) {
	r := newRoom(t, nil, nil)
	for name, bad := range map[string]string{
		"binary": "%PDF-1.7 …", "panic": "#cards\npanic", "hang": "#cards\nhang", "all items bad": "#cards\nno\n--\nbar",
		"white space": " \n\n ",
	} {
		t.Run(name, func(t *testing.T) {
			before := len(r.stored(t, stream.DEAD))
			for range 2 {
				_, err := r.Take(t.Context(), doc(bad))
				var u *intake.Unreadable
				if !errors.As(err, &u) || len(u.Faults) == 0 || u.Receipt != doc(bad).Receipt() {
					t.Fatalf("got %v; want Unreadable with faults and its receipt", err)
				}
			}
			dead := r.stored(t, stream.DEAD)
			if len(dead) != before+1 || string(dead[before].Data) != bad {
				t.Errorf("got %d new dead letters; want one, byte for byte", len(dead)-before)
			}
		})
	}
	if n := len(r.stored(t, stream.RAW)); n != 0 {
		t.Errorf("got %d messages in RAW; want none", n)
	}
	if _, err := r.Take(t.Context(), doc("The quay reopened.")); err != nil {
		t.Errorf("the benign story after them: %v", err)
	}
}

func TestAReasonIsSafeToPrint(t *testing.T) {
	r := newRoom(t, nil, nil)
	_, err := r.Take(t.Context(), doc("#cards\nquote \x1b[2J\r\nforged: line\u202e"+strings.Repeat("é", 1000)))
	if err == nil || strings.ContainsAny(err.Error(), "\x1b\r\n\u202e") || len(err.Error()) > 600 {
		t.Errorf("got %q; want one short line that moves no cursor", err)
	}
}

func TestAnEmptyDocumentLeavesNoLetter(t *testing.T) {
	r := newRoom(t, nil, nil)
	_, err := r.Take(t.Context(), doc(""))
	if err == nil || err.Error() != "1:1: the document is empty" {
		t.Errorf("got %v; want 1:1: the document is empty", err)
	}
	if n := len(r.stored(t, stream.DEAD)); n != 0 {
		t.Errorf("got %d dead letters; want none: there are no bytes to keep", n)
	}
}

func TestALetterTooLargeForAMessageIsKeptInPart(t *testing.T) {
	r := newRoom(t, nil, nil)
	_, err := r.Take(t.Context(), doc("%PDF-"+strings.Repeat("x", stream.MaxDocument-5)))
	var u *intake.Unreadable
	if !errors.As(err, &u) {
		t.Fatalf("got %v; want Unreadable", err)
	}
	dead := r.stored(t, stream.DEAD)
	if reason := stream.TextValue(dead[0].Header.Get(stream.HReason)); !strings.Contains(reason, "of 10485760 bytes are kept") {
		t.Errorf("got the reason %q; want how much of it is kept", reason)
	}
}

func TestARefusalKeepsNothing(t *testing.T) {
	busy := &intake.Busy{Why: "the line is full", After: time.Second}
	r := newRoom(t, intake.Feeds{{Name: "kestrel-en", Rate: 0.001, Burst: 2}, {Name: "free"}}, nil)
	large := doc("#cards\nu|" + strings.Repeat("x", stream.MaxStory))
	unknown := doc("x")
	unknown.Feed = "gannet"
	var tooLarge *intake.TooLarge
	if _, err := r.Take(t.Context(), large); !errors.As(err, &tooLarge) || tooLarge.Limit != stream.MaxStory {
		t.Errorf("got %v; want TooLarge", err)
	}
	if _, err := r.Take(t.Context(), unknown); !errors.Is(err, intake.ErrUnknownFeed) {
		t.Errorf("got %v; want ErrUnknownFeed", err)
	}
	if _, err := r.Take(t.Context(), doc("one")); err != nil {
		t.Fatal(err)
	}
	var fast *intake.TooFast
	if _, err := r.Take(t.Context(), doc("two")); !errors.As(err, &fast) || fast.After <= 0 {
		t.Errorf("got %v; want TooFast", err)
	}
	r.Gate = closed{busy}
	other := doc("three")
	other.Feed = "free"
	if _, err := r.Take(t.Context(), other); !errors.Is(err, busy) {
		t.Errorf("got %v; want the gate's reason", err)
	}
	if raws, dead := r.stored(t, stream.RAW), r.stored(t, stream.DEAD); len(raws) != 1 || len(dead) != 0 {
		t.Errorf("got %d in RAW, %d in DEAD; want 1 and 0", len(raws), len(dead))
	}
}

type closed struct{ err error }

func (c closed) Admit(context.Context) error { return c.err }

func TestNoReceiptWhileTheBrokerIsAway(t *testing.T) {
	r := newRoom(t, nil, nil)
	r.broker.Stop()
	var busy *intake.Busy
	if got, err := r.Take(t.Context(), doc("The quay reopened.")); !errors.As(err, &busy) || !errors.Is(err, commit.ErrUnavailable) {
		t.Fatalf("got %+v, %v; want Busy: the broker is away", got, err)
	}
	r.broker.Start(t)
	for deadline := time.Now().Add(10 * time.Second); ; {
		got, err := r.Take(t.Context(), doc("The quay reopened."))
		if err == nil {
			if n := len(r.stored(t, stream.RAW)); n != 1 {
				t.Errorf("got %d messages for the receipt %s; want 1", n, got.Receipt)
			}
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("no receipt after the broker came back: %v", err)
		}
	}
}

func TestAFullStoreIsBusy(t *testing.T) {
	r := newRoom(t, nil, nil)
	raw, err := r.broker.JS.Stream(t.Context(), stream.RAW)
	if err != nil {
		t.Fatal(err)
	}
	full := raw.CachedInfo().Config
	full.MaxBytes, full.Discard = 64<<10, jetstream.DiscardNew
	if _, err := r.broker.JS.UpdateStream(t.Context(), full); err != nil {
		t.Fatal(err)
	}
	var busy *intake.Busy
	_, err = r.Take(t.Context(), doc(strings.Repeat("The quay reopened. ", 20_000)))
	if !errors.As(err, &busy) || !errors.Is(err, commit.ErrFull) {
		t.Fatalf("got %v; want Busy: the store is full", err)
	}
	if _, err := r.Take(t.Context(), doc("The quay reopened.")); err != nil {
		t.Errorf("the benign story after it: %v", err)
	}
	if n := len(r.stored(t, stream.RAW)); n != 1 {
		t.Errorf("got %d messages; want the one with a receipt", n)
	}
}

func TestTwoCopiesOfADocumentAtOnce(t *testing.T) {
	r := newRoom(t, nil, nil)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if _, err := r.Take(t.Context(), doc("#cards\nu:1|one\n--\nu:2|two")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(r.stored(t, stream.RAW)); n != 2 {
		t.Errorf("got %d messages of 16 equal documents; want 2", n)
	}
}

func TestTheTraceOfTheSenderIsKept(t *testing.T) {
	r := newRoom(t, nil, nil)
	const trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
	if _, err := r.Take(intake.WithTrace(t.Context(), trace), doc("one")); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Take(t.Context(), doc("two")); err != nil {
		t.Fatal(err)
	}
	all := r.stored(t, stream.RAW)
	if got := all[0].Header.Get(stream.HTrace); got != trace {
		t.Errorf("got %q, want %q", got, trace)
	}
	if got := all[1].Header.Get(stream.HTrace); len(got) != 55 || got == trace {
		t.Errorf("got %q, want a new trace", got)
	}
}
