package text

import (
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk/internal/notice"
	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

// page is what the parts of a plain text are.
type page struct {
	kicker, slug, headline, by, city, date, note, body string

	clock notice.Clock
}

// layout finds the parts. Copy that opens with its dateline has no headline, and none is made up for it.
func layout(doc string, clock notice.Clock) page {
	p := page{clock: clock}
	blocks := cut(doc)
	blocks = p.heads(blocks)
	if len(blocks) == 0 {
		return p
	}
	p.body = strings.TrimSpace(doc[blocks[0].start:])
	p.city = city(blocks[0].text)
	if last := blocks[len(blocks)-1]; p.by == "" && len(blocks) > 1 {
		p.by = signed(last.text)
	}
	return p
}

// maxHeads is how many blocks may stand above a story.
const maxHeads = 16

// heads takes what stands above the story off the blocks, and returns the story's own.
func (p *page) heads(blocks []block) []block {
	for range min(maxHeads, len(blocks)) {
		if !p.head(blocks[0], blocks[1:]) {
			break
		}
		blocks = blocks[1:]
	}
	return blocks
}

// head reads a block as one of the lines above the story; false where the story begins with it.
func (p *page) head(b block, rest []block) bool {
	line := strings.TrimSpace(b.text)
	one := !strings.Contains(line, "\n")
	switch {
	case one && p.headline == "" && notice.Line(line, p.clock).Any() && !shared(line):
		return len(rest) > 0
	case one && p.label(line):
		return len(rest) > 0
	case len(rest) == 0:
		return false
	case one && p.by == "" && byline(line) != "":
		p.by = byline(line)
		return true
	case one && p.kicker == "" && p.headline == "" && kicker(line, rest):
		p.kicker = line
		return true
	case one && p.date == "" && p.dated(line):
		p.date = line
		return true
	case p.headline == "" && headline(line, rest):
		p.headline = strings.Join(strings.Fields(line), " ")
		return true
	}
	return false
}

// shared says that a notice shares its line with the headline: "Sperrfrist 9. März 14.20 Uhr - Minister tritt zurück",
// "CORRECTED - Ministry sees growth".
func shared(line string) bool {
	at := sharedForm.FindStringIndex(line)
	return at != nil && len(strings.Fields(line[at[1]:])) >= 3
}

var sharedForm = regexp.MustCompile(`^(?i:sperrfrist\s[^-–—]{6,60}\s[-–—]|\(?(?:corrected|correction|berichtigung|korrektur|rectificatif|corrección|rectificación|исправление|تصحيح)\)?\s*[-–—:]+)\s*`)

var labels = regexp.MustCompile(`^(?i)(slug(?:line)?|keyword|catchline|headline|title|byline|by|date|ed(?:itor)?s?'?s? ?note|eds?)\s*:\s+(\S.*)$`)

// label reads "Slug: HARBOUR-FIRE" and its like.
func (p *page) label(line string) bool {
	g := labels.FindStringSubmatch(line)
	if g == nil {
		if slugForm.MatchString(line) && p.slug == "" {
			p.slug = line
			return true
		}
		return false
	}
	value := strings.TrimSpace(g[2])
	switch word := strings.ToLower(g[1]); {
	case strings.HasPrefix(word, "slug"), word == "keyword", word == "catchline":
		p.slug = value
	case word == "headline", word == "title":
		p.headline = value
	case word == "byline", word == "by":
		p.by = wirecopy.Byline(value)
	case word == "date":
		p.date = value
	default:
		p.note = strings.TrimSpace(p.note + "\n" + value)
	}
	return true
}

// slugForm is a slug as wires key it: one word of parts joined by hyphens, in capitals or with a cycle in front.
var slugForm = regexp.MustCompile(`^(?:(?:BC|AM|PM|AP)-[\p{L}\d]+(?:[-/&][\p{L}\d]+)*(?:,\s.{1,40})?|[\p{Lu}\d]{2,}(?:[-/][\p{Lu}\d]{2,})+)$`)
