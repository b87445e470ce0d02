// Package alert says whether copy is an alert, and of what level: from the words in its kicker or at its head, from
// the signals the sender set, and from its urgency.
package alert

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// Levels of an alert, the highest first.
const (
	Flash    = "flash"
	Bulletin = "bulletin"
	Urgent   = "urgent"
)

var levels = []string{Flash, Bulletin, Urgent}

//go:embed alerts.tsv
var alertsTSV string

var terms = sync.OnceValues(func() ([]lexicon.Entry, error) {
	var all []lexicon.Entry
	err := lexicon.Rows("alerts.tsv", alertsTSV, func(f []string) error {
		if len(f) != 3 || !slices.Contains(levels, f[0]) {
			return fmt.Errorf("want flash, bulletin or urgent, language and forms, parted by tabs")
		}
		for form := range strings.SplitSeq(f[2], "|") {
			all = append(all, lexicon.Entry{Kind: lexicon.Alert, ID: f[0], Name: f[0], Lang: f[1], Form: form})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("alert: %w", err)
	}
	return all, nil
})

// Terms are the words of alert, for the lexicon. A faulty table is an error with file and line of each fault. Callers
// must not change the slice.
func Terms() ([]lexicon.Entry, error) { return terms() }

// Enrich fills Article.Alert with the highest level that the kicker, the head of the text, the signals or the urgency
// (1 is a flash, 2 a bulletin) give, or leaves it empty. It reads Article.Kicker and Headline.
func Enrich(_ context.Context, v *lexicon.View, a *wiredesk.Article) error {
	best := len(levels)
	for _, level := range []string{fromWords(v, a), fromSignals(a.Signals), fromUrgency(a.Item.Urgency)} {
		if i := slices.Index(levels, level); i >= 0 {
			best = min(best, i)
		}
	}
	a.Alert = ""
	if best < len(levels) {
		a.Alert = levels[best]
	}
	return nil
}

func fromUrgency(urgency int) string {
	switch urgency {
	case 1:
		return Flash
	case 2:
		return Bulletin
	}
	return ""
}

// fromSignals reads codes such as "sig:flash" or "urgent".
func fromSignals(signals []string) string {
	for _, level := range levels {
		for _, s := range signals {
			if strings.EqualFold(s[strings.LastIndexByte(s, ':')+1:], level) {
				return level
			}
		}
	}
	return ""
}

// heads is how many hits at the head of a text are looked at: words of alert stand in the first line or nowhere.
const heads = 4

func fromWords(v *lexicon.View, a *wiredesk.Article) string {
	level := ""
	for i, h := range v.Hits(lexicon.Alert) {
		if i == heads {
			break
		}
		if e := v.Entry(h); inKicker(h, a.Kicker) || opens(v, h, a.Headline) {
			if level == "" || slices.Index(levels, e.ID) < slices.Index(levels, level) {
				level = e.ID
			}
		}
	}
	return level
}

func inKicker(h lexicon.Hit, kicker *wiredesk.Span) bool {
	return kicker != nil && kicker.Covers(wiredesk.Span{Start: int(h.Start), End: int(h.End)})
}

// opens says whether a hit opens the text or its headline and is set off from what follows: by a mark, by the end of
// the line, by capitals, or in a script without capitals by standing there.
func opens(v *lexicon.View, h lexicon.Hit, headline *wiredesk.Span) bool {
	first := h.First
	for first > 0 && !v.Tokens[first].Is(lexicon.LineStart) && !v.Tokens[first-1].Is(lexicon.Word) {
		first--
	}
	atHead := first == 0 || headline != nil && v.Tokens[first].Is(lexicon.LineStart) && int(v.Tokens[first].Start) == headline.Start
	return atHead && setOff(v, h)
}

func setOff(v *lexicon.View, h lexicon.Hit) bool {
	if int(h.Last) >= len(v.Tokens) {
		return true
	}
	next, word := &v.Tokens[h.Last], &v.Tokens[h.First]
	switch {
	case next.Is(lexicon.LineStart), word.Is(lexicon.Arabic):
		return true
	case next.Is(lexicon.Word):
		return word.Is(lexicon.AllCaps) && !next.Is(lexicon.AllCaps)
	case next.Rune == ',':
		return false
	}
	return next.Rune != '-' || next.Is(lexicon.Spaced)
}
