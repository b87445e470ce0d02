package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/line"
)

const (
	routeConfig = "testdata/route/wiredesk.yaml"
	ferry       = "testdata/route/ferry.txt"
	friday      = "2031-03-07T22:30:00Z"
)

// TestRouteExplains holds the explanations, for a person and as JSON, against goldens.
func TestRouteExplains(t *testing.T) {
	for golden, args := range map[string][]string{
		"ferry.golden": {"route", "-c", routeConfig, "--at", friday, ferry},
		"ferry.json":   {"route", "-c", routeConfig, "--at", friday, "--json", ferry},
		"plain.golden": {"route", "--at", friday, ferry}, // no configuration: facets without desks
	} {
		code, out, talk := call(t, "", args...)
		if code != shell.OK || talk != "" {
			t.Fatalf("%v: exit code %d, %s", args, code, talk)
		}
		path := filepath.Join("testdata", "route", golden)
		if *update {
			put(t, path, out)
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want, []byte(out)) {
			t.Errorf("%v: got\n%s\nwant as in %s (rewrite with -update):\n%s", args, out, path, want)
		}
	}
}

func TestRouteExpects(t *testing.T) {
	for _, c := range []struct {
		expect string
		want   int
		talk   string
	}{
		{"desk=night", shell.OK, ""},
		{"desk!=sport", shell.OK, ""},
		{"subject=news.source.tass", shell.OK, ""},
		{"subject=news.desk.middle-east.*", shell.OK, ""},
		{"subject!=news.source.sana", shell.OK, ""},
		{"desk=sport", shell.Unmet, "is to go to desk sport, and does not"},
		{"desk!=night", shell.Unmet, "goes to desk night, and is not to"},
		{"subject=news.source.sana", shell.Unmet, "1 expectations are not met"},
		{"desk=nigth", shell.Usage, `no desk "nigth"`},
		{"night", shell.Usage, "write it as desk=NAME"},
		{"subject=tass", shell.Usage, "news.FACET.VALUE"},
	} {
		code, _, talk := call(t, "", "route", "-c", routeConfig, "--at", friday, "--expect", c.expect, ferry)
		if code != c.want || !strings.Contains(talk, c.talk) {
			t.Errorf("--expect %s: exit code %d, %q; want %d, %q", c.expect, code, talk, c.want, c.talk)
		}
	}
	// What an advisory's text would match goes nowhere, and says so.
	code, out, talk := call(t, "Advisory\n\nEDITORS: this is a test, not for publication.\n\nTARTUS, March 7 (Reuters) - A line of text.\n", "route", "-c", routeConfig, "--expect", "desk=middle-east", "-")
	if code != shell.Unmet || !strings.Contains(talk, "and stays: not for publication") || !strings.Contains(out, "STAYS") {
		t.Errorf("an advisory: exit code %d, %q\n%s", code, talk, out)
	}
}

func TestRouteUsage(t *testing.T) {
	for _, args := range [][]string{{"route"}, {"route", ferry, "--since", "24h"}, {"route", "--since", "yesterday"}, {"route", "--at", "noon", ferry}} {
		if code, _, talk := call(t, "", args...); code != shell.Usage {
			t.Errorf("%v: exit code %d, %q; want %d", args, code, talk, shell.Usage)
		}
	}
	bad := filepath.Join(t.TempDir(), "bad.yaml")
	put(t, bad, "desks:\n- name: a\n  when: urgencyy <= 3\n")
	if code, _, talk := call(t, "", "route", "-c", bad, ferry); code != shell.Configuration || !strings.Contains(talk, `bad.yaml:3:9: desks[0].when: no field "urgencyy", did you mean "urgency"?`) {
		t.Errorf("a bad route: exit code %d, %q", code, talk)
	}
}

// TestRouteOnThePast tries desks on what a running line has had.
func TestRouteOnThePast(t *testing.T) {
	s := serve(t)
	text, err := os.ReadFile(ferry)
	if err != nil {
		t.Fatal(err)
	}
	if code, body := curl(t, s.HTTP+"/v1/push/harbour", string(text)); code != 200 && code != 202 {
		t.Fatalf("push: %d %s", code, body)
	}
	var out string
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); <-time.After(20 * time.Millisecond) {
		var code int
		var talk string
		code, out, talk = call(t, "", "route", "--since", "1h", "-c", routeConfig, "--nats", s.NATS)
		if code != shell.OK {
			t.Fatalf("exit code %d: %s", code, talk)
		}
		if strings.Contains(out, "1 articles") {
			break
		}
	}
	if !strings.Contains(out, "     1  desk middle-east") || strings.Contains(out, "desk sport") {
		t.Errorf("got\n%s\nwant one article for middle-east", out)
	}
	_, out, _ = call(t, "", "route", "--since", "1h", "--json", "-c", routeConfig, "--nats", s.NATS)
	var r line.Routing
	if err := json.Unmarshal([]byte(out), &r); err != nil || len(r.Desks) != 4 || !r.Desks[0].Matches {
		t.Errorf("as JSON %s: %v", out, err)
	}
}
