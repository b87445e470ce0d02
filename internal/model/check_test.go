package model_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// settle waits until nobody has anything left to do and every embargo that ends soon has ended.
func (l *line) settle(all []history, plain *witness) {
	l.t.Helper()
	consumers := stages("desk", stream.OutputPrefix+"record", stream.OutputPrefix+"files")
	defer func() {
		if l.shelves == nil {
			l.state(consumers, plain)
		}
	}()
	eventually(l.t, "the line settles", 60*time.Second, func() bool {
		news, err := l.JS.Stream(l.t.Context(), stream.NEWS)
		if err != nil || !l.quiet(consumers) {
			return false
		}
		return uint64(plain.count()) >= news.CachedInfo().State.LastSeq && l.allReleased(all) && l.quiet(consumers)
	})
	l.shelves = map[string]map[string][]int{}
	for _, m := range l.stored(stream.NEWS, "news.>") {
		story := stream.LastToken(m.Subject())
		if l.shelves[story] == nil {
			l.shelves[story] = map[string][]int{}
		}
		n, _ := strconv.Atoi(m.Headers().Get(stream.HRevision))
		l.shelves[story][m.Subject()] = append(l.shelves[story][m.Subject()], n)
	}
}

// state says where a line that does not settle is stuck.
func (l *line) state(consumers map[string][]string, plain *witness) {
	for name, all := range consumers {
		for _, c := range all {
			i, err := l.JS.Consumer(context.WithoutCancel(l.t.Context()), name, c)
			if err != nil {
				l.t.Logf("%s %s: %v", name, c, err)
				continue
			}
			info := i.CachedInfo()
			l.t.Logf("%s %s: pending %d, unacknowledged %d, redelivered %d, floor %d, delivered %d", name, c, info.NumPending,
				info.NumAckPending, info.NumRedelivered, info.AckFloor.Stream, info.Delivered.Stream)
		}
	}
	l.t.Logf("a plain subscriber has seen %d messages", plain.count())
}

// allReleased says whether no story's newest revision is an embargo that has ended.
func (l *line) allReleased(all []history) bool {
	articles, err := l.JS.Stream(l.t.Context(), stream.ARTICLES)
	if err != nil {
		return false
	}
	for _, h := range all {
		m, err := articles.GetLastMsgForSubject(l.t.Context(), stream.ArticleSubject(h.story()))
		if err != nil || m.Header.Get(stream.HEvent) != wiredesk.EventEmbargo {
			continue
		}
		if until, err := time.Parse(time.RFC3339Nano, m.Header.Get(stream.HUntil)); err != nil || until.Before(time.Now()) {
			return false
		}
	}
	return true
}

func changed(body []byte) bool {
	var a struct{ Changed bool }
	return json.Unmarshal(body, &a) == nil && a.Changed
}

// check holds what came of one history against the reference.
type check struct {
	t       *testing.T
	h       history
	inputs  []input
	records []record
	tokens  map[int]string // of each revision, empty for a notice
}

func (c *check) fail(format string, args ...any) {
	c.t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, format, args...)
	fmt.Fprintf(&b, "\n%sarrivals\n", c.h)
	for _, in := range c.inputs {
		fmt.Fprintf(&b, "  raw %d at %s: %s %+v\n", in.raw, in.stored.Format(time.StampMilli), in.word, in.doc)
	}
	b.WriteString("decided\n")
	for _, r := range c.records {
		fmt.Fprintf(&b, "  %s\n", r)
	}
	c.t.Error(b.String())
}

// replay takes the arrivals through the reference in the order in which they were decided, and returns the news that
// follow. Each arrival has one fate; those that one desk took in are decided in their order.
func (c *check) replay() (news, *known) {
	c.tokens = map[int]string{}
	byRaw, done := map[uint64]input{}, map[uint64]bool{}
	for _, in := range c.inputs {
		byRaw[in.raw] = in
	}
	var k *known
	states := []*known{nil}
	out := news{}
	ordered := uint64(0)
	for _, r := range c.records {
		in, v, ok := c.decided(k, states, r, byRaw, done)
		if !ok {
			return nil, nil
		}
		if r.revision == 0 {
			continue
		}
		if c.h.stamped && in.word == "" && r.raw < ordered {
			c.fail("revision %d is of an arrival before that of the one before it", r.revision)
		}
		if in.word == "" {
			ordered = max(ordered, r.raw)
		}
		first := k == nil
		k = after(k, in, v)
		states = append(states, k)
		out.add(c.h.story(), k, first)
		c.tokens[k.revision] = ""
		if !k.is("kill", "withhold", "embargo") {
			c.tokens[k.revision] = k.doc.Token
		}
	}
	if len(done) != len(byRaw) {
		c.fail("%d arrivals, %d of them decided", len(byRaw), len(done))
	}
	if k == nil && len(byRaw) > 0 {
		c.fail("no revision at all")
	}
	if k == nil {
		return nil, nil
	}
	return out, k
}

// decided compares one record with what the reference says, and returns what it was about.
func (c *check) decided(k *known, states []*known, r record, byRaw map[uint64]input, done map[uint64]bool) (input, verdict, bool) {
	if r.event == "release" && k.is("embargo") && r.raw == k.raw && done[r.raw] {
		v := released(k)
		if r.at.Before(k.doc.Until) {
			c.fail("revision %d is released before its time", r.revision)
		}
		return input{raw: r.raw, stored: r.at, doc: k.doc}, v, c.same(k, r, v)
	}
	in, ok := byRaw[r.raw]
	if !ok || done[r.raw] {
		c.fail("%s is of an arrival that is unknown, or decided before", r)
		return in, verdict{}, false
	}
	done[r.raw] = true
	if r.revision > 0 {
		v := judge(k, in)
		return in, v, c.same(k, r, v)
	}
	// A fate is stored without a condition: it may be that of a state that has passed meanwhile.
	if !slices.ContainsFunc(states, func(k *known) bool { v := judge(k, in); return v.event == "" && v.fate == r.fate }) {
		c.fail("%s; the reference says %+v", r, judge(k, in))
		return in, verdict{}, false
	}
	return in, verdict{}, true
}

func (c *check) same(k *known, r record, v verdict) bool {
	revision := 1
	if k != nil {
		revision = k.revision + 1
	}
	if r.revision != revision || r.event != v.event || r.fate != v.fate || r.changed != v.changed {
		c.fail("%s; the reference says r%d %+v", r, revision, v)
		return false
	}
	return true
}

// exactly holds a witness to every revision on every subject of the story, once and in order, and to the words in it.
func (c *check) exactly(who string, want news, seen map[string][]sight) {
	c.t.Helper()
	for s, shelf := range want {
		if got := c.revisions(who, s, seen[s]); !slices.Equal(got, shelf.shown) {
			c.fail("%s saw on %s revisions %v; want %v", who, s, got, shelf.shown)
		}
	}
	c.nowhereElse(who, want, seen)
}

// between holds a witness that may miss what was taken back before it looked: it sees nothing else, in order, and the
// newest. What it had in hand at a crash may come once more.
func (c *check) between(who string, want news, seen map[string][]sight, only []string) {
	c.t.Helper()
	for s, shelf := range want {
		if only != nil && !slices.Contains(only, s) {
			continue
		}
		got := slices.Compact(c.revisions(who, s, seen[s]))
		rest := shelf.shown
		for _, n := range got {
			i := slices.Index(rest, n)
			if i < 0 {
				c.fail("%s saw on %s revisions %v; want none but %v, in order", who, s, got, shelf.shown)
				return
			}
			rest = rest[i+1:]
		}
		for _, n := range shelf.stands {
			if !slices.Contains(got, n) {
				c.fail("%s saw on %s revisions %v; %d stands there and is missing", who, s, got, n)
			}
		}
	}
	c.nowhereElse(who, want, seen)
}

func (c *check) revisions(who, subject string, seen []sight) []int {
	var out []int
	for _, s := range seen {
		if s.token != c.tokens[s.revision] {
			c.fail("%s saw on %s revision %d with the words %q; want %q", who, subject, s.revision, s.token, c.tokens[s.revision])
		}
		out = append(out, s.revision)
	}
	return out
}

func (c *check) nowhereElse(who string, want news, seen map[string][]sight) {
	c.t.Helper()
	for _, s := range subjects(c.h.story(), seen) {
		if want[s] == nil {
			c.fail("%s saw something on %s", who, s)
		}
	}
}

// subjects are all that the story may ever have been seen on.
func subjects[T any](story string, seen map[string][]T) []string {
	var out []string
	for _, facet := range []string{"wire.model", "lang.en", "lang.fr", "lang.ar", "desk.quay", "advisory.model"} {
		if s := "news." + facet + "." + story; len(seen[s]) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// standing holds the stream to what stands on each subject.
func (c *check) standing(want news, has map[string][]int) {
	c.t.Helper()
	for s, shelf := range want {
		if !slices.Equal(has[s], shelf.stands) {
			c.fail("NEWS holds on %s revisions %v; want %v", s, has[s], shelf.stands)
		}
	}
	for s := range has {
		if want[s] == nil {
			c.fail("NEWS holds something on %s", s)
		}
	}
}

// file holds the folder to the newest revision that went out.
func (c *check) file(last *known, want news, words string) {
	c.t.Helper()
	token := ""
	if shelf := want["news.wire.model."+c.h.story()]; shelf != nil {
		token = c.tokens[shelf.shown[len(shelf.shown)-1]]
	}
	if words != token {
		c.fail("the story's file has the words %q; want %q", words, token)
	}
}
