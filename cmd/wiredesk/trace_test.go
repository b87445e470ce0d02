package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/fate"
)

// Each arrival has one fate in a trace's sum: a version that lifts a hold is published, the end of an embargo is not
// one more, and what could not go out is dead and nothing else.
func TestTraceSumsUpArrivals(t *testing.T) {
	s := serve(t)
	push := func(uri, version, more string) {
		t.Helper()
		doc := fmt.Sprintf(`{"standard":{"name":"ninjs","version":"3.1"},"uri":%q,"version":%q,"type":"text",
			"headlines":[{"value":"Ferry %s"}],"bodies":[{"role":"main","value":"The ferry sails, version %s."}]%s}`, uri, version, version, version, more)
		if code, body := curl(t, s.HTTP+"/v1/push/harbour", doc); code != 202 {
			t.Fatalf("push %s %s: %d %s", uri, version, code, body)
		}
	}
	push("urn:test:lifted", "1", "")
	push("urn:test:lifted", "2", `,"pubStatus":"withheld"`)
	push("urn:test:lifted", "3", "")
	push("urn:test:timed", "1", fmt.Sprintf(`,"embargoedUntil":%q`, time.Now().Add(300*time.Millisecond).Format(time.RFC3339Nano)))
	push("urn:test:killed", "2", "")
	push("urn:test:killed", "1", "")
	push("urn:test:killed", "3", `,"pubStatus":"canceled"`)
	for uri, want := range map[string]struct {
		in   int
		last string
		out  map[string]int
	}{
		"urn:test:lifted": {3, "release", map[string]int{"published": 2, "held": 1}},
		"urn:test:timed":  {1, "release", map[string]int{"held": 1}},
		"urn:test:killed": {3, "kill", map[string]int{"published": 2, "stale": 1}},
	} {
		var got fate.Story
		deadline := time.Now().Add(10 * time.Second)
		for got.Pending = 1; got.Pending > 0 || !ended(got, want.last); {
			if time.Now().After(deadline) {
				t.Fatalf("%s: not settled: %+v", uri, got)
			}
			code, out, talk := call(t, "", "trace", "--json", "--data", s.Data, uri)
			got = fate.Story{Pending: 1}
			if code == shell.OK {
				if err := json.NewDecoder(strings.NewReader(out)).Decode(&got); err != nil {
					t.Fatalf("trace: %v: %s%s", err, out, talk)
				}
			}
		}
		if got.In != want.in || !maps.Equal(got.Out, want.out) {
			t.Errorf("%s: %d in = %v; want %d in = %v", uri, got.In, got.Out, want.in, want.out)
		}
	}
}

// ended says whether a revision of that event has gone out.
func ended(s fate.Story, event string) bool {
	for _, f := range s.Fates {
		if f.What == "news" && f.Event == event {
			return true
		}
	}
	return false
}
