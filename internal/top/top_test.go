package top_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"github.com/wiredesk/wiredesk/internal/top"
)

const figures = `# HELP wiredesk_in_total x
wiredesk_in_total{feed="mill"} %[1]d
wiredesk_out_total{feed="mill",fate="published"} %[1]d
wiredesk_out_total{feed="mill",fate="stale"} 0
wiredesk_dead_total{stage="enrich",feed="mill"} 2
wiredesk_retries_total{stage="enrich",cause="again"} 3
wiredesk_handled_total{stage="enrich",verdict="done"} %[1]d
wiredesk_stage_seconds_bucket{stage="enrich",le="0.001"} 0
wiredesk_stage_seconds_bucket{stage="enrich",le="0.01"} %[1]d
wiredesk_stage_seconds_bucket{stage="enrich",le="+Inf"} %[1]d
wiredesk_lag_messages{stage="enrich"} 7
wiredesk_lag_messages{stage="out-a-very-long-name-of-an-output"} 9
wiredesk_output_disabled{output="a-very-long-name-of-an-output"} 1
wiredesk_stream_messages{stream="DEAD"} 5
wiredesk_kills_outstanding 1
wiredesk_broker_up 1
`

// process answers like one of the line's processes; every scrape finds a hundred stories more.
func process(t *testing.T) string {
	t.Helper()
	var n atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer token" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = fmt.Fprintf(w, figures, n.Add(100))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestTwoProcesses(t *testing.T) {
	at := []string{process(t), process(t) + "/", "http://127.0.0.1:1"}
	before := top.Scrape(t.Context(), at, "token")
	now := top.Scrape(t.Context(), at, "token")
	now.At = before.At.Add(10 * time.Second)
	table := top.Between(before, now)
	if table.Processes != 2 || !table.Broker || len(table.Faults) != 1 || table.Letters != 5 || table.Kills != 1 {
		t.Errorf("the head is %+v; want two processes of three, and what the broker holds once", table)
	}
	if len(table.Feeds) != 1 || table.Feeds[0].In != 20 || table.Feeds[0].Out != 20 || table.Feeds[0].Dead != 4 {
		t.Errorf("feeds %+v; want 200 stories in 10 s", table.Feeds)
	}
	if len(table.Stages) != 1 || table.Stages[0].Out != 20 || table.Stages[0].Lag != 7 || table.Stages[0].P99 != 0.01 || table.Stages[0].Retries != 6 {
		t.Errorf("stages %+v", table.Stages)
	}
	if len(table.Outputs) != 1 || !table.Outputs[0].Disabled || table.Outputs[0].Lag != 9 {
		t.Errorf("outputs %+v", table.Outputs)
	}
	for line := range strings.Lines(table.String()) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > top.Width {
			t.Errorf("%d columns, want at most %d: %s", n, top.Width, line)
		}
	}
	if r := top.Scrape(t.Context(), at[:1], "wrong"); r.Up != 0 || len(r.Faults) != 1 || !strings.Contains(r.Faults[0], "401") {
		t.Errorf("a wrong token: %+v", r)
	}
}

// TestModel drives the terminal's picture by its messages.
func TestModel(t *testing.T) {
	at := []string{process(t)}
	read := func() top.Reading { return top.Scrape(t.Context(), at, "token") }
	for _, colour := range []bool{true, false} {
		var m tea.Model = top.NewModel(read, time.Second, colour)
		if text := m.View().Content; !strings.Contains(text, "reading") {
			t.Errorf("at first: %q", text)
		}
		m, _ = m.Update(m.Init()())
		m, again := m.Update(read())
		text := m.View().Content
		if !strings.Contains(text, "mill") || !strings.Contains(text, "q quits") || again == nil {
			t.Errorf("after a reading: %q", text)
		}
		if strings.Contains(text, "\x1b[") != colour {
			t.Errorf("colour %v: %q", colour, text)
		}
		m, _ = m.Update(tea.WindowSizeMsg{Width: 80, Height: 6})
		if n := strings.Count(m.View().Content, "\n"); n > 5 {
			t.Errorf("%d lines in a window of 6", n)
		}
		for key, interrupted := range map[rune]bool{'q': false, 'c': true} {
			press := tea.KeyPressMsg{Code: key, Text: string(key)}
			if interrupted {
				press = tea.KeyPressMsg{Code: key, Mod: tea.ModCtrl}
			}
			end, quit := m.Update(press)
			if quit == nil || end.(top.Model).Interrupted() != interrupted {
				t.Errorf("%s: quits %v, interrupted %v", press, quit != nil, end.(top.Model).Interrupted())
			} else if _, ok := quit().(tea.QuitMsg); !ok {
				t.Errorf("%s does not quit", press)
			}
		}
	}
}
