package wirescore

import (
	"fmt"
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
)

// received is when the measured files are taken to have come.
var received = time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)

// right says whether a story has a fact, and what it has in its place.
func right(s *wiredesk.Story, fact, want string) (got string, ok bool) {
	item := &s.Item
	switch fact {
	case "headline":
		return anyOf(want, equalText, append(values(item.Headlines), item.Title)...)
	case "slugline":
		return anyOf(want, equalText, item.Slugline)
	case "description":
		return anyOf(want, equalText, values(item.Descriptions)...)
	case "ednote":
		return anyOf(want, containsText, item.EdNote)
	case "usage_terms":
		return anyOf(want, containsText, item.UsageTerms)
	case "byline":
		return anyOf(leadBy.ReplaceAllString(want, ""), containsText, item.By)
	case "uri":
		return anyOf(want, strings.Contains, append(altIDs(item), item.URI)...)
	case "version":
		return item.Version, item.Version == want
	case "first_created", "version_created", "embargoed", "created_day":
		return moment(item, fact, want)
	case "language":
		return item.Language, first(item.Language) == first(want)
	case "urgency":
		return strconv.Itoa(item.Urgency), strconv.Itoa(item.Urgency) == want
	case "pub_status":
		return item.PubStatus, item.Status() == want
	case "type":
		return item.Type, item.Type == want
	case "dateline_city":
		return anyOf(want, containsText, item.Located)
	case "subjects":
		return subject(item, want)
	case "keywords":
		return anyOf(want, equalText, append(subjectNames(item), parties(item.Objects)...)...)
	case "word_count":
		return words(item, want)
	case "body_contains":
		return anyOf(want, containsText, values(item.Bodies)...)
	}
	return "no rule for " + fact, false
}

var (
	leadBy = regexp.MustCompile(`^(?i:by|von|par|di|por)\s+`)
	tags   = regexp.MustCompile(`<[^<>]*>`)
)

func anyOf(want string, same func(have, want string) bool, have ...string) (string, bool) {
	for _, h := range have {
		if same(h, want) {
			return h, true
		}
	}
	all := strings.Join(have, " | ")
	if r := []rune(all); len(r) > 160 {
		all = string(r[:160]) + "…"
	}
	return all, false
}

func bare(s string) string {
	s = html.UnescapeString(tags.ReplaceAllString(s, " "))
	return strings.ToLower(strings.Join(strings.Fields(s), ""))
}

func equalText(have, want string) bool { return bare(have) == bare(want) }

func containsText(have, want string) bool { return strings.Contains(bare(have), bare(want)) }

func first(tag string) string {
	sub, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return sub
}

func moment(item *wiredesk.Item, fact, want string) (string, bool) {
	have := map[string]time.Time{
		"first_created": item.FirstCreated, "version_created": item.VersionCreated, "embargoed": item.EmbargoedUntil,
		"created_day": item.FirstCreated,
	}[fact]
	if fact == "created_day" {
		if have.IsZero() {
			have = item.VersionCreated
		}
		return have.Format(time.DateOnly), have.Format(time.DateOnly) == want || have.UTC().Format(time.DateOnly) == want
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, want); err == nil {
			return have.Format(time.RFC3339), have.Equal(t)
		}
	}
	return have.Format(time.RFC3339), false
}

func subject(item *wiredesk.Item, want string) (string, bool) {
	var all []string
	for _, s := range item.Subjects {
		if strings.Contains(s.URI, want) || strings.Contains(s.Literal, want) {
			return want, true
		}
		all = append(all, s.URI+s.Literal)
	}
	return fmt.Sprintf("%.200s", strings.Join(all, " ")), false
}

func words(item *wiredesk.Item, want string) (string, bool) {
	n, err := strconv.ParseFloat(want, 64)
	got := ""
	for _, b := range item.Bodies {
		if err == nil && math.Abs(float64(b.WordCount)-n) <= n*0.03 {
			return want, true
		}
		got += strconv.Itoa(b.WordCount) + " "
	}
	return got, false
}

func values(list []wiredesk.Content) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.Value)
	}
	return out
}

func altIDs(item *wiredesk.Item) []string {
	var out []string
	for _, id := range item.AltIDs {
		out = append(out, id.Value)
	}
	return out
}

func subjectNames(item *wiredesk.Item) []string {
	var out []string
	for _, s := range item.Subjects {
		out = append(out, s.Name)
	}
	return out
}

func parties(list []wiredesk.Party) []string {
	var out []string
	for _, p := range list {
		out = append(out, p.Name)
	}
	return out
}

// String is the miss on one line, with what stands in the place of the fact.
func (m Miss) String() string {
	return fmt.Sprintf("%s item %d: %s is %q, want %q", m.File, m.Item, m.Fact, m.Got, m.Want)
}
