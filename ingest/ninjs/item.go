package ninjs

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/strictjson"
	"github.com/wiredesk/wiredesk/internal/wiretime"
)

// item reads an item, or an item within one: an association. Path names the latter's place.
func (r *reader) item(v *strictjson.Value, path string) wiredesk.Item {
	it := wiredesk.Item{
		Type: r.text(v, "type"), RepresentationType: r.text(v, "representationType"), Profile: r.text(v, "profile"),
		Version: r.text(v, "version"), PubStatus: r.text(v, "pubStatus"), Language: r.text(v, "language"), Title: r.text(v, "title"),
		Slugline: r.text(v, "slugline"), By: r.text(v, "by"), Located: r.text(v, "located"), EdNote: r.text(v, "edNote"),
		CopyrightHolder: r.text(v, "copyrightHolder"), CopyrightNotice: r.text(v, "copyrightNotice"), UsageTerms: r.text(v, "usageTerms"),
	}
	r.identity(&it, v, path)
	r.values(&it, path)
	it.FirstCreated = r.time(v, "firstCreated", path)
	it.VersionCreated = r.time(v, "versionCreated", path)
	it.ContentCreated = r.time(v, "contentCreated", path)
	it.Expires = r.time(v, "expires", path)
	it.EmbargoedUntil = r.embargo(v, path)
	it.Urgency = r.urgency(v, path)
	r.contents(&it, v)
	r.concepts(&it, v, path)
	r.rights(&it, v, path)
	it.Renditions = r.renditions(v, path)
	it.Associations = r.associations(v, it.URI, path)
	it.EventDetails = rawJSON(r.get(v, "eventDetails"))
	it.PlannedCoverage = rawList(r.get(v, "plannedCoverage"))
	r.leftovers(v, path)
	return it
}

func (r *reader) identity(it *wiredesk.Item, v *strictjson.Value, path string) {
	uri, guid := r.text(v, "uri"), r.text(v, "guid")
	if uri == "" {
		uri, guid = guid, ""
	}
	it.AltIDs = r.altIDs(v)
	if uri == "" {
		return
	}
	if it.URI = ninjs.URI(r.raw.Provider, uri); it.URI != uri {
		it.AltIDs = append(it.AltIDs, wiredesk.AltID{Role: "uri", Value: uri})
	}
	if guid != "" && guid != uri {
		it.AltIDs = append(it.AltIDs, wiredesk.AltID{Role: "guid", Value: guid})
	}
	if path == "" {
		it.Standard = wiredesk.NINJS()
		if said := r.get(v, "standard"); said != nil && said.Get("version").String() != it.Standard.Version {
			r.original("standard", string(said.JSON()))
		}
	} else if said := r.get(v, "standard"); said != nil {
		r.original(join(path, "standard"), string(said.JSON()))
	}
}

// values brings the values of old enumerations to those of 3.1.
func (r *reader) values(it *wiredesk.Item, path string) {
	switch it.RepresentationType {
	case "complete":
		it.RepresentationType = "full"
	case "incomplete":
		it.RepresentationType = "partial"
	case "", "full", "partial":
	default:
		r.original(join(path, "representationType"), it.RepresentationType)
		it.RepresentationType = ""
	}
	if kind, ok := types[it.Type]; ok {
		r.original(join(path, "type"), it.Type)
		it.Type = kind
	}
	if r.version == ninjs.Superdesk && !slices.Contains(ninjs.Types, it.Type) && it.Type != "" {
		r.original(join(path, "type"), it.Type)
		it.Type = ""
	}
}

// types are types of the dialect that 3.1 calls otherwise.
var types = map[string]string{"preformatted": "text", "story": "text", "article": "text", "advisory": "text", "photo": "picture", "image": "picture"}

// time reads a time. One that cannot be read stays among the originals; one in another spelling than ours too.
func (r *reader) time(v *strictjson.Value, name, path string) time.Time {
	words := strings.TrimSpace(r.text(v, name))
	if words == "" {
		return time.Time{}
	}
	reading, err := wiretime.Parse(words, wiretime.Setting{Zone: r.raw.House.Zone, Received: r.raw.Received})
	at := join(path, name)
	if err != nil {
		r.original(at, words)
		r.repair("%s %q is no time that can be read", at, words[:min(len(words), 60)])
		return time.Time{}
	}
	for _, note := range reading.Notes {
		r.repair("%s: %s", at, note)
	}
	if reading.Time.Format(time.RFC3339Nano) != words {
		r.original(at, words)
	}
	return reading.Time
}

// embargo reads the end of an embargo. One that is there and cannot be read with certainty holds the whole story.
func (r *reader) embargo(v *strictjson.Value, path string) time.Time {
	said := r.get(v, "embargoedUntil")
	if said == nil {
		return time.Time{}
	}
	words, at := strings.TrimSpace(said.Words()), join(path, "embargoedUntil")
	reading, err := wiretime.Parse(words, wiretime.Setting{Zone: r.raw.House.Zone, Received: r.raw.Received})
	zoneless := err == nil && !reading.Zoned && !reading.DateOnly && r.raw.House.Zone == nil
	if zoneless {
		r.repair("%s", wiretime.Zoneless)
	}
	if err != nil || reading.DateOnly || zoneless {
		r.original(at, words)
		r.story.EmbargoUnknown = true
		return time.Time{}
	}
	if reading.Latest().Format(time.RFC3339Nano) != words {
		r.original(at, words)
	}
	return reading.Latest()
}

// urgency is 1 to 9; what the house's own table knows, and what old versions allow beyond that, stays among the
// originals.
func (r *reader) urgency(v *strictjson.Value, path string) int {
	words := r.text(v, "urgency")
	if words == "" {
		return 0
	}
	if u, ok := r.raw.House.Urgency[words]; ok {
		r.original(join(path, "urgency"), words)
		return min(max(u, 1), 9)
	}
	n, ok := r.get(v, "urgency").Integer()
	if !ok || n < 1 || n > 9 {
		r.original(join(path, "urgency"), words)
		return 0
	}
	return n
}

// whole is a number as the whole number that 3.1 asks for; the sender's spelling is kept where it says more.
func (r *reader) whole(v *strictjson.Value, path string) int {
	if v == nil {
		return 0
	}
	if n, ok := v.Integer(); ok {
		return max(n, 0)
	}
	r.original(path, v.Words())
	f, err := strconv.ParseFloat(v.Words(), 64)
	if err != nil || f < 0 || f > 1<<40 {
		return 0
	}
	return int(f + 0.5)
}

// known are the 3.1 names that item reads in every generation.
var known = []string{
	"uri", "type", "representationType", "profile", "version", "versionCreated", "firstCreated", "contentCreated", "expires", "embargoedUntil", "pubStatus",
	"urgency", "language", "title", "slugline", "by", "located", "edNote", "copyrightHolder", "copyrightNotice", "usageTerms", "headlines", "descriptions",
	"bodies", "people", "organisations", "places", "subjects", "events", "objects", "genres", "infoSources", "altIds", "trustIndicators",
	"digitalSourceType", "rightsInfo", "renditions", "associations", "eventDetails", "plannedCoverage", "standard", "guid", "name", "rel",
}

// spelled are the known names as each generation spells them.
var spelled = [4]map[string]bool{1: spell(1), 2: spell(2), 3: spell(3)}

func spell(generation int) map[string]bool {
	names := map[string]bool{}
	for _, name := range known {
		names[ninjs.Name(generation, name)] = true
	}
	return names
}

// read says that item has read a name of this generation.
func (r *reader) read(name string) bool {
	if spelled[r.generation][name] {
		return true
	}
	if r.generation != 1 {
		return false
	}
	head, _, _ := strings.Cut(name, "_")
	return head == "headline" || head == "body" || head == "description" || name == "charcount" || name == "wordcount"
}

// leftovers keeps what no slot of 3.1 took: nothing is dropped without a trace.
func (r *reader) leftovers(v *strictjson.Value, path string) {
	for i, name := range v.Names {
		if r.read(name) || r.version == ninjs.Superdesk && path == "" && spoken[name] || v.Items[i].Kind == strictjson.Null {
			continue
		}
		r.original(join(path, name), asSent(&v.Items[i]))
	}
}
