package top

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"
)

// Row is one feed, stage or output. Rates are per second, times in seconds; a time of 0 says that nothing was measured.
type Row struct {
	Name     string  `json:"name"`
	In       float64 `json:"in"`
	Out      float64 `json:"out"`
	Lag      float64 `json:"lag"`
	InHand   float64 `json:"inHand"`
	P50      float64 `json:"p50"`
	P99      float64 `json:"p99"`
	Retries  float64 `json:"retries"` // since the processes started
	Dead     float64 `json:"dead"`    // since the processes started
	Disabled bool    `json:"disabled,omitempty"`
}

// Table is how the line does between two readings.
type Table struct {
	At        time.Time `json:"at"`
	Processes int       `json:"processes"`
	Broker    bool      `json:"broker"`
	Letters   float64   `json:"deadLetters"` // that the broker holds
	Kills     float64   `json:"killsOutstanding"`
	Stages    []Row     `json:"stages"`
	Feeds     []Row     `json:"feeds"`
	Outputs   []Row     `json:"outputs"`
	Faults    []string  `json:"faults,omitempty"`
}

// Between compares two readings. Quantiles are of what was measured between them, else since the processes started.
func Between(before, now Reading) Table {
	seconds := max(now.At.Sub(before.At).Seconds(), 0.001)
	t := Table{At: now.At, Processes: now.Up, Faults: now.Faults}
	now.series("wiredesk_broker_up", func(_ map[string]string, v float64) { t.Broker = v == 1 })
	now.series("wiredesk_stream_messages", func(l map[string]string, v float64) {
		if l["stream"] == "DEAD" {
			t.Letters = v
		}
	})
	now.series("wiredesk_kills_outstanding", func(_ map[string]string, v float64) { t.Kills = v })
	c := &comparison{before, now, seconds}
	t.Stages, t.Feeds, t.Outputs = c.stages(), c.feeds(), c.outputs()
	return t
}

type comparison struct {
	before, now Reading
	seconds     float64
}

// rows collects rows by name.
type rows map[string]*Row

func (r rows) of(name string) *Row {
	if r[name] == nil {
		r[name] = &Row{Name: name}
	}
	return r[name]
}

func (r rows) sorted(less func(a, b *Row) int) []Row {
	out := []Row{}
	for _, row := range slices.SortedFunc(maps.Values(r), func(a, b *Row) int { return cmp.Or(less(a, b), cmp.Compare(a.Name, b.Name)) }) {
		out = append(out, *row)
	}
	return out
}

// add adds a figure to its row, by one of its labels: as it stands, or as a rate.
func (c *comparison) add(to rows, name, by string, rate bool, field func(*Row) *float64) {
	add := func(sign float64) func(map[string]string, float64) {
		return func(l map[string]string, v float64) {
			if l[by] != "" {
				*field(to.of(l[by])) += sign * v
			}
		}
	}
	if !rate {
		c.now.series(name, add(1))
		return
	}
	c.now.series(name, add(1/c.seconds))
	c.before.series(name, add(-1/c.seconds))
}

func (c *comparison) stages() []Row {
	all := rows{}
	c.add(all, "wiredesk_handled_total", "stage", true, func(r *Row) *float64 { return &r.Out })
	c.add(all, "wiredesk_lag_messages", "stage", false, func(r *Row) *float64 { return &r.Lag })
	c.add(all, "wiredesk_in_hand_messages", "stage", false, func(r *Row) *float64 { return &r.InHand })
	c.add(all, "wiredesk_retries_total", "stage", false, func(r *Row) *float64 { return &r.Retries })
	c.add(all, "wiredesk_dead_total", "stage", false, func(r *Row) *float64 { return &r.Dead })
	c.quantiles(all, "wiredesk_stage_seconds_bucket", "stage")
	maps.DeleteFunc(all, func(name string, _ *Row) bool { return len(name) > 4 && name[:4] == "out-" })
	order := []string{"ingest", "enrich", "release", "publish"}
	return all.sorted(func(a, b *Row) int { return cmp.Compare(slices.Index(order, a.Name), slices.Index(order, b.Name)) })
}

func (c *comparison) feeds() []Row {
	all := rows{}
	c.add(all, "wiredesk_in_total", "feed", true, func(r *Row) *float64 { return &r.In })
	c.add(all, "wiredesk_out_total", "feed", true, func(r *Row) *float64 { return &r.Out })
	c.add(all, "wiredesk_dead_total", "feed", false, func(r *Row) *float64 { return &r.Dead })
	c.quantiles(all, "wiredesk_publish_seconds_bucket", "feed")
	return all.sorted(func(a, b *Row) int { return cmp.Compare(b.In, a.In) })
}

func (c *comparison) outputs() []Row {
	all := rows{}
	c.now.series("wiredesk_output_disabled", func(l map[string]string, v float64) { all.of(l["output"]).Disabled = v == 1 })
	waiting := rows{}
	c.add(waiting, "wiredesk_lag_messages", "stage", false, func(r *Row) *float64 { return &r.Lag })
	c.add(waiting, "wiredesk_in_hand_messages", "stage", false, func(r *Row) *float64 { return &r.InHand })
	for _, r := range all {
		w := waiting.of("out-" + r.Name)
		r.Lag, r.InHand = w.Lag, w.InHand
	}
	outcome := func(word string, rate bool, field func(*Row) *float64) {
		for sign, from := range map[float64]*Reading{1: &c.now, -1: &c.before} {
			from.series("wiredesk_deliveries_total", func(l map[string]string, v float64) {
				switch {
				case l["outcome"] != word, !rate && sign < 0:
				case rate:
					*field(all.of(l["output"])) += sign * v / c.seconds
				default:
					*field(all.of(l["output"])) += v
				}
			})
		}
	}
	outcome("delivered", true, func(r *Row) *float64 { return &r.Out })
	outcome("retried", false, func(r *Row) *float64 { return &r.Retries })
	outcome("dead", false, func(r *Row) *float64 { return &r.Dead })
	c.quantiles(all, "wiredesk_delivery_seconds_bucket", "output")
	return all.sorted(func(*Row, *Row) int { return 0 })
}

// quantiles fills in the median and the 99th of a hundred, from the buckets of a histogram.
func (c *comparison) quantiles(all rows, name, by string) {
	since, start := map[string]map[float64]float64{}, map[string]map[float64]float64{}
	collect := func(into map[string]map[float64]float64, sign float64) func(map[string]string, float64) {
		return func(l map[string]string, v float64) {
			le, err := strconv.ParseFloat(l["le"], 64)
			if err != nil {
				return
			}
			if into[l[by]] == nil {
				into[l[by]] = map[float64]float64{}
			}
			into[l[by]][le] += sign * v
		}
	}
	c.now.series(name, collect(since, 1))
	c.before.series(name, collect(since, -1))
	c.now.series(name, collect(start, 1))
	for key, buckets := range since {
		if buckets[math.Inf(1)] <= 0 {
			buckets = start[key]
		}
		all.of(key).P50, all.of(key).P99 = quantile(buckets, 0.5), quantile(buckets, 0.99)
	}
}

// quantile is the upper bound of the bucket that the quantile falls into; 0 where nothing was measured.
func quantile(buckets map[float64]float64, q float64) float64 {
	total, last := buckets[math.Inf(1)], 0.0
	if total <= 0 {
		return 0
	}
	for _, le := range slices.Sorted(maps.Keys(buckets)) {
		if math.IsInf(le, 1) {
			return last
		}
		if last = le; buckets[le] >= q*total {
			return le
		}
	}
	return last
}
