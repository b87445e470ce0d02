// Package model_test holds the line to its editorial promises: random histories against a reference model, a thousand
// kills, a thousand embargoes.
package model_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/edict"
	"github.com/wiredesk/wiredesk/internal/stream"
)

var (
	long = flag.Bool("long", false, "the long forms: 10,000 histories, 1,000 kills, 1,000 embargoes")
	seed = flag.Uint64("seed", 0, "of the random choices; 0 takes one from the clock")
)

// TestModel takes random histories through a line whose workers crash and whose clocks jump, and holds every subject and
// way out to the reference model. The long form: go test ./internal/model -run Model -long -timeout 30m -v.
func TestModel(t *testing.T) {
	together(t)
	rounds, each := 1, 300
	if *long {
		rounds, each = 20, 500
	}
	from := *seed
	if from == 0 {
		from = uint64(time.Now().UnixNano())
	}
	for i := range uint64(rounds) {
		began := time.Now()
		steps, revisions := round(t, from+i, each)
		t.Logf("seed %d: %d histories, %d steps, %d revisions, %s", from+i, each, steps, revisions, time.Since(began).Round(time.Millisecond))
		if t.Failed() {
			t.Fatalf("again with: go test ./internal/model -run Model -seed %d", from+i)
		}
	}
}

// together lets the short forms run at the same time; the long ones have the machine to themselves.
func together(t *testing.T) {
	if !*long {
		t.Parallel()
	}
}

// round takes some histories through a line of their own.
func round(t *testing.T, seed uint64, n int) (steps, revisions int) {
	t.Helper()
	l := newLine(t)
	defer l.end()
	l.crashes.Store(24)
	plain := l.listen()
	for range 2 {
		l.enrich()
		l.publish()
	}
	durable, recorded, dir := l.subscribe("desk"), l.record("record"), l.folder("files")
	all := histories(seed, n)
	in := l.live(all)
	l.crashes.Store(0)
	l.off.Store(0)
	l.settle(all, plain)
	files := l.files(dir)
	byStory := l.records(all)
	told, followed, sent := plain.sights(), durable.sights(), recorded.sights()
	for i, h := range all {
		steps += len(h.steps)
		c := &check{t: t, h: h, inputs: in[i], records: byStory[h.story()]}
		want, last := c.replay()
		if want == nil {
			continue
		}
		revisions += last.revision
		c.exactly("a plain subscriber", want, told)
		c.standing(want, l.shelves[h.story()])
		c.between("a durable subscriber", want, followed, nil)
		c.between("an output", want, sent, []string{"news.wire.model." + h.story()})
		c.file(last, want, files[h.story()])
	}
	return steps, revisions
}

// live makes everything happen: two feeds and an operator at once, each story's own steps in order as far as one desk
// takes them in.
func (l *line) live(all []history) [][]input {
	in := make([][]input, len(all))
	type turn struct{ story, step int }
	lanes := make([][]turn, 2)
	for i, h := range all {
		for j, s := range h.steps {
			at := s.feed
			if h.stamped {
				at = i % 2
			}
			lanes[at] = append(lanes[at], turn{i, j})
		}
	}
	var mu sync.Mutex
	bodies := map[turn][]byte{}
	docs := map[turn]doc{}
	after := map[int]uint64{}
	var feeds sync.WaitGroup
	for _, turns := range lanes {
		rand.Shuffle(len(turns), func(i, j int) { turns[i], turns[j] = turns[j], turns[i] })
		slices.SortStableFunc(turns, func(a, b turn) int { return a.step - b.step })
		feeds.Go(func() {
			for _, x := range turns {
				h, s := all[x.story], all[x.story].steps[x.step]
				if rand.IntN(3) == 0 {
					<-time.After(time.Duration(rand.IntN(6)) * time.Millisecond)
				}
				if s.word != "" {
					l.say(h, s.word)
					continue
				}
				mu.Lock()
				of := x
				for all[of.story].steps[of.step].again >= 0 && all[of.story].steps[of.step].word == "" {
					of.step = all[of.story].steps[of.step].again
				}
				if bodies[of] == nil {
					bodies[of], docs[of] = all[of.story].steps[of.step].body(h.uri, time.Now())
				}
				body, d, before := bodies[of], docs[of], after[x.story]
				mu.Unlock()
				if !h.stamped {
					before = 0
				}
				seq := l.push([]string{"first", "second"}[s.feed], h.story(), before, body)
				mu.Lock()
				after[x.story] = seq
				in[x.story] = append(in[x.story], input{raw: seq, doc: d})
				mu.Unlock()
			}
		})
	}
	done := make(chan struct{})
	go func() { // the workers' clocks jump
		for {
			select {
			case <-done:
				return
			case <-time.After(50 * time.Millisecond):
				l.off.Store(int64(time.Duration(rand.IntN(3)-1) * time.Hour))
			}
		}
	}()
	feeds.Wait()
	close(done)
	l.stamp(all, in)
	return in
}

// say is the operator's word; where it would do nothing it is not taken.
func (l *line) say(h history, act edict.Act) {
	_, err := edict.Issue(l.t.Context(), l.JS, edict.Edict{Act: act, URI: h.uri, Provider: "model", Reason: "for the model", By: "nobody"})
	if err != nil && !errors.Is(err, edict.ErrUnknown) && !errors.Is(err, edict.ErrDone) {
		l.t.Error(err)
	}
}

// stamp adds when the broker stored each arrival, and the operator's words.
func (l *line) stamp(all []history, in [][]input) {
	at := map[uint64]time.Time{}
	byStory := map[string]int{}
	for i, h := range all {
		byStory[h.story()] = i
	}
	for _, m := range l.stored(stream.RAW, stream.RawPrefix+"*") {
		meta, err := m.Metadata()
		if err != nil {
			l.t.Fatal(err)
		}
		at[meta.Sequence.Stream] = meta.Timestamp
		if m.Subject() == stream.EdictSubject {
			e, err := edict.Read(m.Subject(), m.Data())
			if err != nil {
				l.t.Fatal(err)
			}
			i := byStory[e.Story]
			in[i] = append(in[i], input{raw: meta.Sequence.Stream, word: e.Act})
		}
	}
	for i := range in {
		for j := range in[i] {
			in[i][j].stored = at[in[i][j].raw]
		}
	}
}

// record is what ARTICLES keeps of a decision.
type record struct {
	revision    int // 0 for a fate
	raw         uint64
	event, fate string
	changed     bool
	at          time.Time
	reason      string
}

func (r record) String() string {
	return fmt.Sprintf("r%d raw %d %s %s changed %v (%s)", r.revision, r.raw, r.event, r.fate, r.changed, r.reason)
}

func (l *line) records(all []history) map[string][]record {
	out := map[string][]record{}
	for _, m := range l.stored(stream.ARTICLES, "wire.>") {
		h := m.Headers()
		meta, err := m.Metadata()
		if err != nil {
			l.t.Fatal(err)
		}
		r := record{event: h.Get(stream.HEvent), fate: h.Get(stream.HFate), at: meta.Timestamp, reason: stream.TextValue(h.Get(stream.HReason))}
		r.revision, _ = strconv.Atoi(h.Get(stream.HRevision))
		r.raw, _ = strconv.ParseUint(h.Get(stream.HRawSeq), 10, 64)
		r.changed = changed(m.Data())
		out[h.Get(stream.HStory)] = append(out[h.Get(stream.HStory)], r)
	}
	return out
}
