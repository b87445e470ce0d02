package linebench_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/linebench"
)

func tiny(t *testing.T) linebench.Options {
	return linebench.Options{
		Dir: t.TempDir(), Stories: 40, Window: 16, Rate: 100, Seconds: 0.2, Rounds: 1, Software: "wiredesk/test",
		Log: zerolog.New(zerolog.NewTestWriter(t)).Level(zerolog.WarnLevel),
	}
}

// TestRun measures every mode with a handful of stories. That each arrived once on both sides is Run's own promise:
// what is looked at here is that both sides did the same work, and that the report says so.
func TestRun(t *testing.T) {
	r, err := linebench.Run(t.Context(), tiny(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Modes) != 4 {
		t.Fatalf("%d modes, want in process and TCP, each relaxed and durable", len(r.Modes))
	}
	if s := r.Story; s.Bytes < 4000 || s.Bytes > 5000 || s.ArticleBytes < s.Bytes || s.Destinations < 4 {
		t.Errorf("story %+v, want about 4 KB that enrich makes more of, to several destinations", s)
	}
	for _, m := range r.Modes {
		name := m.Transport + ", " + m.Durability
		for side, f := range map[string]linebench.Figures{"line": m.Line, "bare": m.Bare} {
			if f.Stories <= 0 || f.CPUMs <= 0 || f.P50Ms <= 0 || f.P99Ms < f.P50Ms || f.P999Ms < f.P99Ms {
				t.Errorf("%s, %s: figures %+v, want all positive and percentiles in order", name, side, f)
			}
		}
		if m.Line.Messages < 4 || m.Line.Messages != m.Bare.Messages {
			t.Errorf("%s: the line published %v messages a story, the bare broker %v; want as many", name, m.Line.Messages, m.Bare.Messages)
		}
	}
	shape(t, r)
}

func shape(t *testing.T, r linebench.Report) {
	t.Helper()
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| line, in-process, relaxed |", "| line, tcp, durable |", "| bare broker, the same |", "| **ratio** |", "of the bare broker's throughput, at least 0.6",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the report has no %q:\n%s", want, b.String())
		}
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"storiesPerSecond":`, `"throughputRatio":`, `"p99Ratio":`, `"durability":"durable"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the JSON has no %s: %s", want, text)
		}
	}
}

func TestOverHTTP(t *testing.T) {
	o := tiny(t)
	o.HTTP, o.Transports, o.Durabilities = true, []string{linebench.InProcess}, []string{linebench.Relaxed}
	r, err := linebench.Run(t.Context(), o)
	if err != nil || len(r.Modes) != 1 || !r.HTTP {
		t.Fatalf("%+v and %v, want one mode over HTTP", r, err)
	}
}

func TestSoak(t *testing.T) {
	o := tiny(t)
	o.Soak, o.Durabilities = time.Second, []string{linebench.Relaxed}
	r, err := linebench.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	last := r.Soak.Samples[len(r.Soak.Samples)-1]
	if last.HeapMB <= 0 || last.Goroutines <= 0 || last.Stories == 0 || r.Soak.Stories != 100 {
		t.Errorf("the last of %d samples is %+v, want memory and stories of 100", len(r.Soak.Samples), last)
	}
	var b strings.Builder
	if err := r.Write(&b); err != nil || !strings.Contains(b.String(), "MB a minute") {
		t.Errorf("the report is %q and %v, want the slope", b.String(), err)
	}
}

func TestWhatCannotBeMeasured(t *testing.T) {
	for name, change := range map[string]func(*linebench.Options){
		"no stories": func(o *linebench.Options) { o.Stories = 0 },
		"transport":  func(o *linebench.Options) { o.Transports = []string{"udp"} },
		"durability": func(o *linebench.Options) { o.Durabilities = []string{"hopeful"} },
	} {
		o := tiny(t)
		change(&o)
		if _, err := linebench.Run(t.Context(), o); !errors.Is(err, linebench.ErrOptions) {
			t.Errorf("%s: error %v, want one that wraps ErrOptions", name, err)
		}
	}
}
