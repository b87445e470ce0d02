package console

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

var errEnough = errors.New("console: that is all")

// recent are the newest rows before a sequence, oldest first. A story that changed stands once, as it was last. The
// stream can be read forwards only, so ever longer stretches are read until there is enough.
func (c *Console) recent(ctx context.Context, news jetstream.Stream, before uint64, most int) ([]row, error) {
	first := news.CachedInfo().State.FirstSeq
	var rows []row
	for reach := uint64(4 * most); before > first && len(rows) < most; reach *= 4 {
		from := first
		if before > reach && before-reach > first {
			from = before - reach
		}
		earlier, err := c.stretch(ctx, from, before)
		if err != nil {
			return nil, err
		}
		rows = latest(append(earlier, rows...))
		before = from
	}
	rows = rows[max(0, len(rows)-most):]
	for i := range rows {
		if err := c.complete(ctx, news, &rows[i]); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// stretch are the rows from one sequence up to another.
func (c *Console) stretch(ctx context.Context, from, before uint64) ([]row, error) {
	var rows []row
	o := jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{canonical}, DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: max(from, 1),
	}
	err := stream.Consume(ctx, c.js, stream.NEWS, o, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		if meta.Sequence.Stream >= before {
			return errEnough
		}
		if r, ok := c.rowOf(m, &meta); ok {
			rows = append(rows, r)
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, fmt.Errorf("console: %w", err)
	}
	return rows, nil
}

// latest leaves the newest row of each story.
func latest(rows []row) []row {
	seen := map[string]bool{}
	var out []row
	for _, r := range slices.Backward(rows) {
		if !seen[r.Story] {
			seen[r.Story] = true
			out = append(out, r)
		}
	}
	slices.Reverse(out)
	return out
}

// before answers with the rows that stand below the oldest one a page has.
func (c *Console) before(r *http.Request) (any, error) {
	seq, err := strconv.ParseUint(r.URL.Query().Get("seq"), 10, 64)
	if err != nil || seq == 0 {
		return nil, refuse(http.StatusBadRequest, "seq is no sequence")
	}
	news, err := c.js.Stream(r.Context(), stream.NEWS)
	if err != nil {
		return nil, fmt.Errorf("console: NEWS: %w", err)
	}
	most, err := strconv.Atoi(r.URL.Query().Get("most"))
	if err != nil || most < 1 || most > mostRows {
		most = mostRows
	}
	rows, err := c.recent(r.Context(), news, min(seq, news.CachedInfo().State.LastSeq+1), most)
	slices.Reverse(rows)
	return map[string]any{"rows": append([]row{}, rows...)}, err
}
