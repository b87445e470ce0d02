package draft

import (
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/wiretime"
)

// Time reads the time of a field. One that cannot be read is zero, kept among the originals, and noted.
func (d *Draft) Time(field, value string) time.Time {
	r, ok := d.read(field, value, false)
	if !ok {
		return time.Time{}
	}
	return r.Time
}

func (d *Draft) read(field, value string, ahead bool) (wiretime.Reading, bool) {
	if value = strings.TrimSpace(value); value == "" {
		return wiretime.Reading{}, false
	}
	d.Original(field, value)
	r, err := wiretime.Parse(value, wiretime.Setting{Zone: d.zone, Received: d.raw.Received, Ahead: ahead})
	if err != nil {
		d.Repair("%s %q is no time that can be read", field, value[:min(len(value), 60)])
		return wiretime.Reading{}, false
	}
	for _, n := range r.Notes {
		d.Repair("%s: %s", field, n)
	}
	return r, true
}

// Embargo reads the end of an embargo. An empty or unreadable one, or a day without an hour, is an embargo whose end is
// unknown; an hour that happened twice is the later one.
func (d *Draft) Embargo(value string) {
	r, ok := d.read("embargoedUntil", value, true)
	if !ok || r.DateOnly || r.Ambiguous && r.Latest().Equal(r.Time) {
		d.EmbargoUnknown = true
		return
	}
	if r.Latest().After(d.Item.EmbargoedUntil) {
		d.Item.EmbargoedUntil = r.Latest()
	}
}

// Status sets the publishing status from any standard's word. It reports an embargo, which is a status in some formats
// and a time in ninjs. A word that is none withholds the item.
func (d *Draft) Status(word string) (embargoed bool) {
	status, ok := newscodes.Status(word)
	switch {
	case !ok:
		d.Original("pubStatus", word)
		d.Repair("unknown status %q: withheld until the sender says otherwise", word[:min(len(word), 40)])
		d.Item.PubStatus = wiredesk.Withheld
	case status == newscodes.Embargoed:
		d.Original("pubStatus", word)
		d.Item.PubStatus = wiredesk.Usable
		return true
	default:
		if plain := strings.ToLower(word[strings.LastIndexByte(word, ':')+1:]); plain != "" && plain != status {
			d.Original("pubStatus", word)
		}
		d.Item.PubStatus = status
	}
	return false
}

// Urgency reads an urgency of 1 to 9 or in the house's own words.
func (d *Draft) Urgency(value string) {
	value = strings.TrimSpace(value)
	if value == "" {
		return
	}
	d.Original("urgency", value)
	if u, ok := d.raw.House.Urgency[value]; ok {
		d.Item.Urgency = min(max(u, 1), 9)
	} else if len(value) == 1 && value[0] >= '1' && value[0] <= '9' {
		d.Item.Urgency = int(value[0] - '0')
	}
}
