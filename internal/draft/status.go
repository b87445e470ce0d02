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
	for _, n := range r.Notes {
		d.Repair("%s: %s", field, n)
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
	return r, true
}

// west is how far the clocks of the last zone of the world are behind UTC.
const west = 12 * time.Hour

// Release reads the time from which usable copy may be published. One that is past, or no later than the story itself,
// is ordinary; one to come is an embargo, also where it names no zone and somewhere it is still to come.
func (d *Draft) Release(value string) {
	r, ok := d.read("embargoedUntil", value, false)
	if !ok {
		return
	}
	at, written := r.Latest(), d.Item.VersionCreated
	if d.zoneless(r) {
		issued, err := wiretime.Parse(d.Originals["versionCreated"], wiretime.Setting{Received: d.raw.Received})
		if at = at.Add(west); err == nil && d.zoneless(issued) {
			written = written.Add(west)
		}
	}
	if !at.After(d.raw.Received) || !at.After(written) {
		return
	}
	if d.zoneless(r) {
		d.Embargo(value)
		return
	}
	d.Item.EmbargoedUntil = at
}

// zoneless says that neither a time nor the line nor the agency names a zone.
func (d *Draft) zoneless(r wiretime.Reading) bool { return !r.Zoned && !r.DateOnly && d.zone == nil }

// Embargo reads the end of an embargo. An empty or unreadable one, a day without an hour, or an hour without a zone
// where neither the line nor the agency has one, is an embargo whose end is unknown; an hour that happened twice is the
// later one.
func (d *Draft) Embargo(value string) {
	r, ok := d.read("embargoedUntil", value, true)
	if ok && d.zoneless(r) {
		d.Repair("%s", wiretime.Zoneless)
		d.EmbargoUnknown = true
		return
	}
	for _, n := range r.Notes {
		d.Repair("embargoedUntil: %s", n)
	}
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
