package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/fate"
	"github.com/wiredesk/wiredesk/internal/replay"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// pastWire is a running line with stories on which today's rules and yesterday's differ.
type pastWire struct {
	*served
	t    *testing.T
	js   jetstream.JetStream
	docs map[string]*jetstream.RawStreamMsg // by URI: the newest document
}

func newPast(t *testing.T) *pastWire {
	t.Helper()
	p := &pastWire{served: serve(t), t: t, docs: map[string]*jetstream.RawStreamMsg{}}
	nc, err := nats.Connect(p.NATS)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	if p.js, err = jetstream.New(nc); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *pastWire) push(uri string, version int, more string) {
	p.t.Helper()
	doc := fmt.Sprintf(`{"standard":{"name":"ninjs","version":"3.1"},"uri":%q,"version":"%d","type":"text","language":"en",%s
		"headlines":[{"value":"Ferry sails"}],"bodies":[{"role":"main","value":"The ferry sails on Monday, TASS reported."}]}`, uri, version, more)
	if code, body := curl(p.t, p.HTTP+"/v1/push/harbour", doc); code != 202 {
		p.t.Fatalf("push %s: %d %s", uri, code, body)
	}
	p.settled(uri, func(s fate.Story) bool { return s.In == version && s.Pending == 0 })
	raw, err := p.js.Stream(p.t.Context(), stream.RAW)
	if err == nil {
		p.docs[uri], err = raw.GetLastMsgForSubject(p.t.Context(), "wire.raw.harbour")
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// settled waits until a story's fate is as wanted.
func (p *pastWire) settled(uri string, good func(fate.Story) bool) (s fate.Story) {
	p.t.Helper()
	until(p.t, uri, []string{"trace", "--json", "--data", p.Data, uri}, func(code int, out string) bool {
		s = fate.Story{}
		return code == shell.OK && json.Unmarshal([]byte(out), &s) == nil && good(s)
	})
	return s
}

// yesterday makes a story's newest revision one that credits nobody, as older rules might have.
func (p *pastWire) yesterday(uri string) {
	p.t.Helper()
	articles, err := p.js.Stream(p.t.Context(), stream.ARTICLES)
	if err != nil {
		p.t.Fatal(err)
	}
	subject := stream.ArticleSubject(wiredesk.StoryID("harbour", uri))
	last, err := articles.GetLastMsgForSubject(p.t.Context(), subject)
	if err != nil {
		p.t.Fatal(err)
	}
	var a wiredesk.Article
	if err := json.Unmarshal(last.Data, &a); err != nil {
		p.t.Fatal(err)
	}
	a.Attributions, a.Revision = []wiredesk.Attribution{}, a.Revision+1
	m := nats.NewMsg(subject)
	m.Header = own(last.Header)
	m.Header.Set(stream.HFollows, last.Header.Get(stream.HPublished))
	m.Header.Set(stream.HFollowsSeq, strconv.FormatUint(last.Sequence, 10))
	m.Header.Set(stream.HRevision, strconv.Itoa(a.Revision))
	m.Header.Set(stream.HPublished, strconv.Itoa(a.Revision))
	m.Header.Set(stream.HEvent, wiredesk.EventUpdate)
	m.Header.Del(stream.HReceived)
	if m.Data, err = json.Marshal(a); err != nil {
		p.t.Fatal(err)
	}
	if _, err := p.js.PublishMsg(p.t.Context(), m); err != nil {
		p.t.Fatal(err)
	}
}

// own are the headers that are not the broker's.
func own(h nats.Header) nats.Header {
	maps.DeleteFunc(h, func(name string, _ []string) bool { return strings.HasPrefix(name, "Nats-") })
	return h
}

func (p *pastWire) operator(act string, args ...string) {
	p.t.Helper()
	if code, out, talk := call(p.t, "", append([]string{act, "--data", p.Data}, args...)...); code != shell.OK {
		p.t.Fatalf("%s: exit code %d, %s%s", act, code, out, talk)
	}
}

// replayed are the verdicts of a replay, by URI; the newest document counts.
func (p *pastWire) replayed(args ...string) (map[string]replay.Story, string) {
	p.t.Helper()
	code, out, talk := call(p.t, "", append([]string{"replay", "--data", p.Data, "--since", "1h", "--json"}, args...)...)
	if code != shell.OK {
		p.t.Fatalf("replay: exit code %d, %s", code, talk)
	}
	all := map[string]replay.Story{}
	for line := range strings.Lines(out) {
		var s replay.Story
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			p.t.Fatalf("%s: %v", line, err)
		}
		all[fmt.Sprintf("%s %d", s.URI, s.Sequence)] = s
	}
	return all, talk
}

func revisions(s fate.Story) (n int) {
	for _, f := range s.Fates {
		n = max(n, f.Revision)
	}
	return n
}

func TestReplay(t *testing.T) {
	p := newPast(t)
	p.push("urn:changed", 1, "")
	p.yesterday("urn:changed")
	p.push("urn:same", 1, "")
	p.push("urn:killed", 1, "")
	p.yesterday("urn:killed")
	p.operator("kill", "urn:killed", "--reason", "wrong")
	p.push("urn:held", 1, "")
	p.yesterday("urn:held")
	p.operator("hold", "urn:held")
	p.push("urn:embargoed", 1, `"embargoedUntil":"`+time.Now().Add(time.Hour).UTC().Format(time.RFC3339)+`",`)
	p.push("urn:updated", 1, "")
	old := p.docs["urn:updated"].Sequence
	p.push("urn:updated", 2, "")
	p.settled("urn:killed", func(s fate.Story) bool { return revisions(s) == 3 })
	p.settled("urn:held", func(s fate.Story) bool { return revisions(s) == 3 })

	want := map[string]string{
		"urn:changed": replay.Changed, "urn:same": replay.Same, "urn:killed": replay.Killed, "urn:held": replay.Held,
		"urn:embargoed": replay.Held, "urn:updated": replay.Same,
	}
	check := func(got map[string]replay.Story) {
		t.Helper()
		for uri, verdict := range want {
			if s := got[fmt.Sprintf("%s %d", uri, p.docs[uri].Sequence)]; s.Verdict != verdict {
				t.Errorf("%s is %q, want %q: %+v", uri, s.Verdict, verdict, s.Diff)
			}
		}
		if s := got[fmt.Sprintf("urn:updated %d", old)]; s.Verdict != replay.Superseded {
			t.Errorf("the first version of urn:updated is %q, want %q", s.Verdict, replay.Superseded)
		}
	}
	got, talk := p.replayed()
	check(got)
	if !strings.Contains(talk, "7 stories = 1 changed + 2 same + 1 superseded + 1 killed + 2 held") || !strings.Contains(talk, "nothing is changed yet") {
		t.Errorf("the summary is %s", talk)
	}
	d := got[fmt.Sprintf("urn:changed %d", p.docs["urn:changed"].Sequence)].Diff
	if d == nil || len(d.Credits.Gained) != 1 || d.Credits.Gained[0] != "cited_outlet tass" || len(d.Subjects.Gained) != 1 || d.Subjects.Gained[0] != "news.source.tass" {
		t.Errorf("the diff of urn:changed is %+v", d)
	}
	if _, out, _ := call(t, "", "replay", "--data", p.Data, "--since", "1h"); !strings.Contains(out, "credits: + cited_outlet tass") || strings.Contains(out, "urn:same") {
		t.Errorf("for a person: %s", out)
	}

	p.replayed("--to", "line", "--yes", "--reason", "more outlets")
	s := p.settled("urn:changed", func(s fate.Story) bool { return revisions(s) == 3 && s.Pending == 0 })
	if text := fmt.Sprintf("%+v", s.Fates); !strings.Contains(text, "read anew by today's rules: more outlets") || !strings.Contains(text, "news.source.tass") {
		t.Errorf("the story's fate is %s", text)
	}
	want["urn:changed"] = replay.Same
	got, _ = p.replayed()
	check(got)
	p.forced(want)
	p.conserved()
}

// forced sends documents through the line that a replay passes over: what the line decides must not rest on what the
// command saw.
func (p *pastWire) forced(want map[string]string) {
	p.t.Helper()
	for uri := range want {
		doc := p.docs[uri]
		before := revisions(p.settled(uri, func(s fate.Story) bool { return s.Pending == 0 }))
		m := nats.NewMsg(doc.Subject)
		m.Header, m.Data = own(doc.Header), doc.Data
		m.Header.Set(stream.HCopy, strconv.FormatUint(doc.Sequence, 10))
		ack, err := p.js.PublishMsg(p.t.Context(), m)
		if err != nil {
			p.t.Fatal(err)
		}
		s := p.settled(uri, func(s fate.Story) bool { return s.Pending == 0 })
		var fates []string
		for _, f := range s.Fates {
			if f.Raw == ack.Sequence {
				fates = append(fates, f.Fate+": "+f.Reason)
			}
		}
		if revisions(s) != before || len(fates) != 1 {
			p.t.Errorf("%s, forced: %d revisions, want %d; %q", uri, revisions(s), before, fates)
		}
	}
}

// conserved checks that a replay is counted neither in nor out.
func (p *pastWire) conserved() {
	p.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		in, out := 0.0, 0.0
		for _, m := range regexp.MustCompile(`(?m)^wiredesk_(in|out)_total\{.*\} (\S+)$`).FindAllStringSubmatch(get(p.t, p.HTTP+"/metrics"), -1) {
			n, _ := strconv.ParseFloat(m[2], 64)
			if m[1] == "in" {
				in += n
			} else {
				out += n
			}
		}
		if in == 7 && out == 7 {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("%g in, %g out; want 7 each", in, out)
		}
		<-time.After(20 * time.Millisecond)
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := new(http.Client).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestReplayUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		talk string
	}{
		{nil, "say how far back"},
		{[]string{"--since", "yesterday"}, "a time like"},
		{[]string{"--since", "1h", "--until", "noon"}, "--until"},
		{[]string{"--since", "1h", "--to", "press"}, `--to "press"`},
		{[]string{"--since", "1h", "--to", "line"}, "then add --yes"},
		{[]string{"--since", "1h", "--rate", "0"}, "--rate"},
	} {
		if code, _, talk := call(t, "", append([]string{"replay"}, c.args...)...); code != shell.Usage || !strings.Contains(talk, c.talk) {
			t.Errorf("%v: exit code %d, %s; want %d, %q", c.args, code, talk, shell.Usage, c.talk)
		}
	}
}
