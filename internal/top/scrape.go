// Package top shows how a line is doing: rates, lag, times, retries and dead letters of feeds, stages and outputs, from the
// figures of its processes.
package top

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// maxFigures is what is read of one process's figures, in bytes.
const maxFigures = 16 << 20

// Reading are the figures of all processes at one time: the counters added up, of what the broker holds the largest.
type Reading struct {
	At     time.Time
	values map[string]float64 // by series, as Prometheus writes it
	Faults []string           // processes that did not answer, and why
	Up     int                // processes that did
}

// Scrape reads the figures of the processes at the given addresses, "http://host:port". The token is the operator's; it
// may be empty. A process that does not answer within three seconds is a fault of the reading.
func Scrape(ctx context.Context, addresses []string, token string) Reading {
	r := Reading{At: time.Now(), values: map[string]float64{}}
	for _, at := range addresses {
		one, err := scrape(ctx, strings.TrimSuffix(at, "/")+"/metrics", token)
		if err != nil {
			r.Faults = append(r.Faults, err.Error())
			continue
		}
		r.Up++
		for series, v := range one {
			if held(series) {
				r.values[series] = max(r.values[series], v)
			} else {
				r.values[series] += v
			}
		}
	}
	return r
}

// held says that every process tells the same of a series, because it asks the broker.
func held(series string) bool {
	for _, name := range []string{"wiredesk_lag_", "wiredesk_in_hand_", "wiredesk_stream_", "wiredesk_broker_up", "wiredesk_output_disabled", "wiredesk_kills_", "wiredesk_poll_quiet"} {
		if strings.HasPrefix(series, name) {
			return true
		}
	}
	return false
}

func scrape(ctx context.Context, url, token string) (map[string]float64, error) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answers %s", url, res.Status)
	}
	return parse(io.LimitReader(res.Body, maxFigures))
}

// parse reads the text form of Prometheus: one series and its value a line.
func parse(from io.Reader) (map[string]float64, error) {
	out := map[string]float64{}
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		cut := strings.LastIndexByte(line, ' ')
		if cut < 0 || line[0] == '#' || !strings.HasPrefix(line, "wiredesk_") {
			continue
		}
		v, err := strconv.ParseFloat(line[cut+1:], 64)
		if err != nil {
			return nil, fmt.Errorf("figures: %q: %w", line, err)
		}
		out[line[:cut]] = v
	}
	return out, lines.Err()
}

var label = regexp.MustCompile(`(\w+)="((?:[^"\\]|\\.)*)"`)

// labels are those of a series.
func labels(series string) map[string]string {
	out := map[string]string{}
	for _, m := range label.FindAllStringSubmatch(series, -1) {
		out[m[1]] = m[2]
	}
	return out
}

// series are those of one name, each with its labels.
func (r *Reading) series(name string, each func(labels map[string]string, v float64)) {
	for s, v := range maps.All(r.values) {
		if rest, ok := strings.CutPrefix(s, name); ok && (rest == "" || rest[0] == '{') {
			each(labels(s), v)
		}
	}
}
