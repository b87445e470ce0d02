package metrics_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/wiredesk/wiredesk/internal/metrics"
)

var update = flag.Bool("update", false, "rewrite deploy/METRICS.md")

const deploy = "../../deploy/"

type figure struct{ name, help, labels string }

// figures are all of the line's own, by name.
func figures(t *testing.T) []figure {
	t.Helper()
	f := metrics.New(nil)
	f.Watch(t.Context(), nil)
	f.WatchKills(t.Context(), nil)
	f.WatchDisk(func() float64 { return 0 })
	f.Polls()
	f.Readers()
	desc := regexp.MustCompile(`fqName: "(wiredesk_\w+)", help: "((?:[^"\\]|\\.)*)".*variableLabels: \{([\w,]*)\}`)
	var out []figure
	for _, d := range f.Described() {
		if m := desc.FindStringSubmatch(d); m != nil {
			out = append(out, figure{m[1], strings.ReplaceAll(m[2], "|", `\|`), strings.ReplaceAll(m[3], ",", ", ")})
		}
	}
	slices.SortFunc(out, func(a, b figure) int { return strings.Compare(a.name, b.name) })
	return slices.Compact(out)
}

// TestDocument holds the page of figures to the code: name, meaning, unit, labels.
func TestDocument(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Figures\n\nWhat `/metrics` tells, for Prometheus, besides the Go runtime's own `go_*` and the process's `process_*`. Written from the code by\n" +
		"`go test ./internal/metrics -run Document -update`. Labels come from closed sets: stages, outcomes, what the configuration names, and at\n" +
		"most 200 feeds; all further feeds are `other`.\n\n| figure | unit | labels | what it tells |\n|---|---|---|---|\n")
	all := figures(t)
	for _, f := range all {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", f.name, unit(f.name), f.labels, f.help)
	}
	file := deploy + "METRICS.md"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(page) != b.String() || len(all) < 30 {
		t.Errorf("%d figures; %s is not what the code says: rewrite it with -update", len(all), file)
	}
}

func unit(name string) string {
	switch {
	case strings.HasSuffix(name, "_total"):
		return "count, since the start"
	case strings.HasSuffix(name, "_timestamp_seconds"):
		return "seconds of Unix time"
	case strings.HasSuffix(name, "_seconds"):
		return "seconds"
	case strings.HasSuffix(name, "_bytes"):
		return "bytes"
	}
	return "number"
}

// TestWhatWatchersName: every figure that a rule or the dashboard names is one of ours.
func TestWhatWatchersName(t *testing.T) {
	known := map[string]bool{}
	for _, f := range figures(t) {
		for _, end := range []string{"", "_bucket", "_sum", "_count"} {
			known[f.name+end] = true
		}
	}
	for _, file := range []string{"alerts.yaml", "dashboard.json"} {
		text, err := os.ReadFile(filepath.Join(deploy, "observe", file))
		if err != nil {
			t.Fatal(err)
		}
		names := regexp.MustCompile(`\bwiredesk_\w+`).FindAllString(string(text), -1)
		if len(names) < 10 {
			t.Errorf("%s names %d figures only", file, len(names))
		}
		for _, name := range names {
			if !known[name] {
				t.Errorf("%s names %s, which there is not", file, name)
			}
		}
	}
}

// TestRunbook: every alert points at a paragraph of the operators' guide.
func TestRunbook(t *testing.T) {
	text, err := os.ReadFile(deploy + "observe/alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var rules struct {
		Groups []struct {
			Rules []struct {
				Alert       string            `yaml:"alert"`
				Expr        string            `yaml:"expr"`
				Annotations map[string]string `yaml:"annotations"`
			} `yaml:"rules"`
		} `yaml:"groups"`
	}
	if err := yaml.Unmarshal(text, &rules); err != nil {
		t.Fatal(err)
	}
	guide, err := os.ReadFile(deploy + "README.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			n++
			_, anchor, _ := strings.Cut(r.Annotations["runbook_url"], "deploy/README.md#")
			if anchor != strings.ToLower(r.Alert) || !strings.Contains(string(guide), "\n### "+r.Alert+"\n") || r.Annotations["summary"] == "" {
				t.Errorf("%s has no runbook at %q, or no summary", r.Alert, r.Annotations["runbook_url"])
			}
		}
	}
	if n < 10 {
		t.Errorf("%d alerts, want ten at least", n)
	}
}

func TestDashboard(t *testing.T) {
	text, err := os.ReadFile(deploy + "observe/dashboard.json")
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Panels []struct {
			ID      int
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &board); err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	for _, p := range board.Panels {
		if p.Title == "" || len(p.Targets) == 0 || seen[p.ID] {
			t.Errorf("panel %d %q has no title, shows nothing, or has another's number", p.ID, p.Title)
		}
		seen[p.ID] = true
	}
	if len(seen) < 10 {
		t.Errorf("%d panels", len(seen))
	}
}

func TestClock(t *testing.T) {
	at := func(s int) time.Time { return time.Unix(int64(s), 0) }
	for _, tt := range []struct {
		there time.Time
		want  float64
	}{{at(100), 0}, {at(101), 0}, {at(90), 10}, {at(110), -8}, {time.Time{}, 0}} {
		if got := metrics.Ahead(at(100), tt.there, at(102)); got != tt.want {
			t.Errorf("broker at %v: ahead by %v, want %v", tt.there, got, tt.want)
		}
	}
}
