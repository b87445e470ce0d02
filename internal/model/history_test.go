package model_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/edict"
)

// step is one thing that somebody does to a story. Times are from the moment it is done.
type step struct {
	word  edict.Act
	feed  int
	again int // the earlier step that is done once more, byte for byte; -1 for a new one
	until time.Duration
	doc   doc
}

func (s step) String() string {
	if s.word != "" {
		return "operator " + string(s.word)
	}
	if s.again >= 0 {
		return fmt.Sprintf("feed %d: step %d again", s.feed, s.again)
	}
	text := fmt.Sprintf("feed %d: version %d %q lang %s", s.feed, s.doc.Version, s.doc.Token, s.doc.Lang)
	for what, is := range map[string]bool{
		"quay": s.doc.Quay, s.doc.Status: s.doc.Status != "", "embargo of " + s.until.String(): s.until != 0, "embargo unknown": s.doc.Unknown,
		s.doc.NotFor: s.doc.NotFor != "", "correction": s.doc.Correction,
	} {
		if is {
			text += " " + what
		}
	}
	return text
}

// history is what happens to one story. Stamped ones come in through one desk, which says what came before; the steps of
// the others come in at the same time by two feeds.
type history struct {
	uri     string
	stamped bool
	steps   []step
}

func (h history) story() string { return wiredesk.StoryID("model", h.uri) }

func (h history) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (stamped %v)\n", h.uri, h.stamped)
	for i, s := range h.steps {
		fmt.Fprintf(&b, "  %d. %s\n", i, s)
	}
	return b.String()
}

// histories are those of a seed.
func histories(seed uint64, n int) []history {
	all := make([]history, n)
	for i := range all {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		all[i] = history{uri: fmt.Sprintf("urn:model:%d", i), stamped: r.IntN(2) == 0}
		versioned := r.IntN(6) > 0
		for j := range 2 + r.IntN(7) {
			all[i].steps = append(all[i].steps, randomStep(r, i, j, versioned))
		}
	}
	return all
}

func randomStep(r *rand.Rand, i, j int, versioned bool) step {
	s := step{feed: r.IntN(2), again: -1}
	switch n := r.IntN(100); {
	case n < 4:
		s.word = edict.Kill
	case n < 9:
		s.word = edict.Hold
	case n < 15:
		s.word = edict.Lift
	case n < 25 && j > 0:
		s.again = r.IntN(j)
	}
	s.doc = doc{Token: fmt.Sprintf("token%dx%dend", i, j), Lang: []string{"en", "fr", "ar"}[r.IntN(3)], Quay: r.IntN(3) == 0, Correction: r.IntN(8) == 0}
	if versioned {
		s.doc.Version = 1 + r.IntN(5)
	}
	switch n := r.IntN(100); {
	case n < 12:
		s.doc.Status = wiredesk.Canceled
	case n < 19:
		s.doc.Status = wiredesk.Withheld
	case n < 34:
		s.until = time.Duration(50+r.IntN(1500)) * time.Millisecond
	case n < 42:
		s.until = 30 * time.Minute // within a clock's step of an hour
	case n < 45:
		s.until = -time.Minute
	case n < 49:
		s.doc.Unknown = true
	}
	if r.IntN(9) == 0 {
		s.doc.NotFor = "advisory"
	}
	return s
}

// body is the document of a step that is done now.
func (s step) body(uri string, now time.Time) ([]byte, doc) {
	d := s.doc
	if s.until != 0 {
		d.Until = now.Add(s.until).UTC().Round(0)
	}
	text := "About " + d.Token + " and the rest."
	if d.Quay {
		text += " At the quay."
	}
	story := wiredesk.Story{
		Text: text, EmbargoUnknown: d.Unknown, NotForPublication: d.NotFor, Correction: d.Correction,
		Item: wiredesk.Item{URI: uri, PubStatus: d.Status, EmbargoedUntil: d.Until, Language: d.Lang},
	}
	if d.Version > 0 {
		story.Item.Version = fmt.Sprint(d.Version)
	}
	body, err := json.Marshal(story)
	if err != nil {
		return nil, d
	}
	return body, d
}
