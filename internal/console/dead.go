package console

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/internal/deadletter"
)

// mostLetters bounds what one page lists; the newest are listed.
const mostLetters = 2000

// pile is the dead letters of one kind: the same stage gave the same reason.
type pile struct {
	Reason  string              `json:"reason"`
	Stage   string              `json:"stage"`
	Count   int                 `json:"count"`
	Letters []deadletter.Letter `json:"letters"` // newest first
}

// dead answers with the dead letters by reason, the largest pile first.
func (c *Console) dead(r *http.Request) (any, error) {
	var all []deadletter.Letter
	total := 0
	err := c.Letters.Each(r.Context(), deadletter.Choice{}, func(l deadletter.Letter) error {
		if total++; len(all) == mostLetters {
			all = all[1:]
		}
		all = append(all, l)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Reverse(all)
	return map[string]any{"total": total, "listed": len(all), "piles": piles(all)}, nil
}

func piles(all []deadletter.Letter) []pile {
	at := map[[2]string]int{}
	out := []pile{}
	for _, l := range all {
		key := [2]string{l.Stage, kind(l.Reason)}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key], out = i, append(out, pile{Reason: key[1], Stage: l.Stage})
		}
		out[i].Count++
		out[i].Letters = append(out[i].Letters, l)
	}
	slices.SortStableFunc(out, func(a, b pile) int { return cmp.Compare(b.Count, a.Count) })
	return out
}

var (
	place  = regexp.MustCompile(`^(?:[a-z0-9 ]+: )?(\d+):(\d+): `)
	number = regexp.MustCompile(`\d+`)
	quoted = regexp.MustCompile(`"[^"]*"`)
)

// kind is a reason without what differs from letter to letter: place, numbers, quoted words.
func kind(reason string) string {
	reason = place.ReplaceAllString(reason, "")
	reason = quoted.ReplaceAllString(reason, "“…”")
	return number.ReplaceAllString(reason, "N")
}

// opened is a dead letter with its original and, where the reason names it, the place of the error in it.
type opened struct {
	deadletter.Letter
	Body     []byte `json:"body,omitempty"` // not sent: the original is in Original
	Original paper  `json:"original"`
	Line     int    `json:"line,omitempty"` // counted from 1
	Column   int    `json:"column,omitempty"`
	Again    bool   `json:"again"` // it can be tried again
}

// letter answers with one dead letter.
func (c *Console) letter(r *http.Request) (any, error) {
	seq, err := strconv.ParseUint(r.PathValue("seq"), 10, 64)
	if err != nil {
		return nil, refuse(http.StatusNotFound, "%q is no number of a dead letter", r.PathValue("seq"))
	}
	l, err := c.Letters.Get(r.Context(), seq)
	if errors.Is(err, deadletter.ErrGone) {
		return nil, refuse(http.StatusNotFound, "this dead letter was tried again or dropped, or is too old")
	}
	if err != nil {
		return nil, err
	}
	o := opened{Letter: l, Original: paperOf(l.Body, l.Header), Again: !strings.HasPrefix(l.Stage, "out-")}
	if m := place.FindStringSubmatch(l.Reason); m != nil {
		o.Line, _ = strconv.Atoi(m[1])
		o.Column, _ = strconv.Atoi(m[2])
	}
	return o, nil
}

// chosen are the dead letters that an order names.
type chosen struct {
	Seqs []uint64 `json:"seqs"`
}

// outcome is what became of each letter of an order.
type outcome struct {
	Done   []uint64 `json:"done"`
	Failed []undone `json:"failed,omitempty"`
}

type undone struct {
	Seq   uint64 `json:"seq"`
	Error string `json:"error"`
}

func (c *Console) retry(r *http.Request) (any, error) {
	return c.mend(r, "tried again", c.Letters.Retry)
}

func (c *Console) drop(r *http.Request) (any, error) { return c.mend(r, "dropped", c.Letters.Drop) }

// mend does something with each letter of an order, and goes on after one that fails.
func (c *Console) mend(r *http.Request, did string, do func(context.Context, uint64) error) (any, error) {
	var which chosen
	if err := order(r, &which); err != nil {
		return nil, err
	}
	if len(which.Seqs) == 0 || len(which.Seqs) > mostLetters {
		return nil, refuse(http.StatusBadRequest, "name 1 to %d dead letters", mostLetters)
	}
	out := outcome{Done: []uint64{}}
	for _, seq := range which.Seqs {
		if err := do(r.Context(), seq); err != nil {
			out.Failed = append(out.Failed, undone{seq, printable(err)})
			continue
		}
		out.Done = append(out.Done, seq)
	}
	c.Log.Info().Str("from", who(r)).Str("did", did).Uints64("letters", out.Done).Int("failed", len(out.Failed)).Msg("dead letters mended at the console")
	return out, nil
}

func printable(err error) string {
	text := err.Error()
	if !utf8.ValidString(text) {
		return fmt.Sprintf("%q", text)
	}
	return text
}
