package related

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// CardOf is the card of an article: what says who wrote it where and when, its kicker, headline, dateline and byline, is
// left out of the sketch. Copy that subscribers must not see has no card, nor has copy too short to compare, unless it has
// a slug.
func CardOf(a *wiredesk.Article) (Card, bool) {
	if a.Event == wiredesk.EventKill || a.Held() || !a.Publishable {
		return Card{}, false
	}
	slug, mark := takeOf(a)
	s, ok := Of(body(a)...)
	if !ok && tag(slug) == 0 {
		return Card{}, false
	}
	c := Card{
		Story: a.Story, URI: a.Item.URI, Provider: a.Provider, Slug: tag(slug), Take: mark, Agency: tag(agency(a)),
		Latest: a.Item.VersionCreated, Sketch: s,
	}
	if len(a.Hops) > 0 {
		c.Latest = a.Hops[0].At
	}
	c.First = c.Latest
	return c, true
}

// body is the text in pieces, without what stands around it.
func body(a *wiredesk.Article) []string {
	var cuts []wiredesk.Span
	if a.Headline != nil {
		cuts = append(cuts, wiredesk.Span{End: a.Headline.End})
	}
	if a.Dateline != nil {
		cuts = append(cuts, a.Dateline.Span)
	}
	if a.Byline != nil {
		cuts = append(cuts, a.Byline.Span)
	}
	slices.SortFunc(cuts, func(a, b wiredesk.Span) int { return a.Start - b.Start })
	var pieces []string
	at := 0
	for _, c := range cuts {
		if c.Start > at {
			pieces = append(pieces, a.Text[at:c.Start])
		}
		at = max(at, c.End)
	}
	return append(pieces, a.Text[at:])
}

// agency is the id of the outlet whose copy it is, where the text says so.
func agency(a *wiredesk.Article) string {
	for _, c := range a.Attributions {
		if c.Role == wiredesk.RoleOrigin && c.Source.ID != "" {
			return c.Source.ID
		}
	}
	return ""
}

// tag is a hash of a short text, 0 for none.
func tag(text string) uint64 {
	if text == "" {
		return 0
	}
	return sum(appendWords(nil, strings.ToLower(text)))
}

// format is what Header writes; stored articles may have the former, without marks.
const (
	format = 2
	former = 1
)

var errSketch = errors.New("related: not a sketch of this version")

// Header is the sketch of an article as its message carries it, in the header stream.HSketch: empty for copy without a
// card. It gives no text away.
func Header(a *wiredesk.Article) string {
	c, ok := CardOf(a)
	if !ok {
		return ""
	}
	b := []byte{format, c.Sketch.Level}
	b = binary.LittleEndian.AppendUint64(b, c.Sketch.Exact)
	b = binary.LittleEndian.AppendUint64(b, c.Agency)
	b = binary.LittleEndian.AppendUint64(b, c.Slug)
	b = binary.LittleEndian.AppendUint32(b, c.Sketch.Size)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(c.Sketch.Keys)))
	b = append(b, c.Take.Kind, c.Take.Number)
	for _, v := range c.Sketch.Keys {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	for _, v := range c.Sketch.Samples {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return base64.RawStdEncoding.EncodeToString(b)
}

const fixed = 2 + 3*8 + 4 + 2 // bytes before the mark and the keys

// readHeader fills a card from what Header wrote and the headers beside it.
func readHeader(h nats.Header) (Card, error) {
	b, err := base64.RawStdEncoding.DecodeString(h.Get(stream.HSketch))
	if err != nil {
		return Card{}, fmt.Errorf("%w: %w", errSketch, err)
	}
	var mark Mark
	if len(b) >= fixed+2 && b[0] == format {
		mark = Mark{b[fixed], b[fixed+1]}
		b = slices.Delete(b, fixed, fixed+2)
		b[0] = former
	}
	if len(b) < fixed || b[0] != former || (len(b)-fixed)%4 != 0 {
		return Card{}, errSketch
	}
	c := Card{
		Story: h.Get(stream.HStory), URI: stream.TextValue(h.Get(stream.HURI)), Provider: stream.TextValue(h.Get(stream.HProvider)),
		Agency: binary.LittleEndian.Uint64(b[10:]), Slug: binary.LittleEndian.Uint64(b[18:]), Take: mark,
		Sketch: Sketch{Level: min(b[1], mostLevel), Exact: binary.LittleEndian.Uint64(b[2:]), Size: binary.LittleEndian.Uint32(b[26:])},
	}
	n := int(binary.LittleEndian.Uint16(b[30:]))
	words := make([]uint32, (len(b)-fixed)/4)
	if n > len(words) {
		return Card{}, errSketch
	}
	for i := range words {
		words[i] = binary.LittleEndian.Uint32(b[fixed+4*i:])
	}
	c.Sketch.Keys, c.Sketch.Samples = words[:n:n], words[n:]
	return c, nil
}
