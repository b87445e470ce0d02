package ninjs

import (
	"regexp"

	"github.com/wiredesk/wiredesk/internal/strictjson"
)

var statuses = []string{"usable", "withheld", "canceled"}

// suffixed is a name with an extension of the sender's: headline_web, body_html.
func suffixed(name string, r *rule) loose {
	return loose{regexp.MustCompile(`^` + name + `_[a-zA-Z0-9_]+`), r}
}

// v1 are the rules of ninjs 1.<minor>.
func v1(minor int) *rule {
	top := fields{
		"uri": text(), "mimetype": text(), "profile": text(), "version": text(), "versioncreated": text(), "embargoed": embargo(),
		"type":               text("text", "audio", "video", "picture", "graphic", "composite"),
		"representationtype": text("complete", "incomplete"), "pubstatus": text(statuses...),
		"copyrightholder": text(), "copyrightnotice": text(), "language": text(), "byline": text(), "headline": text(), "located": text(),
		"person": list(concept1(minor, true)), "subject": list(subject1(minor)), "event": list(concept1(0, false)), "object": list(concept1(0, false)),
		"organisation": list(organisation1(minor)), "place": list(place1(minor)),
	}
	r := object(top).needing("uri")
	r.loose = []loose{suffixed("description", text()), suffixed("body", text())}
	keys := `^[a-zA-Z0-9]+`
	if minor >= 3 {
		keys = `^[a-zA-Z0-9_]+`
		r.loose = append(r.loose, suffixed("headline", text()))
	}
	named := func(sub *rule) *rule {
		return &rule{kind: strictjson.Object, loose: []loose{{regexp.MustCompile(keys), sub}}}
	}
	top["renditions"] = named(object(rendition1(minor)))
	top["associations"] = named(r)
	grow1(top, minor)
	return r
}

// grow1 adds what each minor version added.
func grow1(top fields, minor int) {
	if minor >= 1 {
		top["urgency"], top["usageterms"] = number(), text()
	}
	if minor >= 2 {
		top["type"] = text("text", "audio", "video", "picture", "graphic", "composite", "component")
		for _, name := range []string{"firstcreated", "ednote", "title", "slugline"} {
			top[name] = text()
		}
		top["charcount"], top["wordcount"] = number(), number()
		top["infosource"] = list(concept1(minor, true))
	}
	if minor >= 3 {
		top["altids"] = object(nil).opened()
		top["trustindicator"] = list(object(fields{"scheme": text(), "code": text(), "title": text(), "href": text()}))
		top["$standard"] = object(fields{"name": text(), "version": text(), "schema": text()})
		top["genre"] = list(object(fields{"name": text(), "scheme": text(), "code": text()}))
	}
	if minor >= 4 {
		top["contentcreated"], top["expires"] = text(), text()
		top["rightsinfo"] = object(fields{"langid": text(), "linkedrights": text(), "encodedrights": text()}).opened().oneOf("linkedrights", "encodedrights")
	}
	if minor >= 6 {
		top["digitalsourcetype"] = object(fields{"name": text(), "uri": text(), "literal": text()})
	}
}

func concept1(minor int, contact bool) *rule {
	f := fields{"name": text(), "rel": text(), "scheme": text(), "code": text()}
	if contact && minor >= 5 {
		f["contactinfo"] = list(contact1())
	}
	return object(f)
}

func subject1(minor int) *rule {
	r := concept1(minor, false)
	if minor >= 5 {
		r.fields["creator"], r.fields["relevance"], r.fields["confidence"] = text(), whole(0, 100), whole(0, 100)
	}
	return r
}

func organisation1(minor int) *rule {
	r := concept1(minor, true)
	symbol := fields{"ticker": text(), "exchange": text()}
	if minor >= 5 {
		symbol["symboltype"], symbol["symbol"] = text(), text()
	}
	r.fields["symbols"] = list(object(symbol))
	return r
}

func place1(minor int) *rule {
	r := concept1(minor, true)
	if minor >= 1 {
		r.loose = []loose{suffixed("geometry", object(nil).opened())}
	}
	return r
}

func rendition1(minor int) fields {
	f := fields{"href": text(), "mimetype": text(), "title": text(), "height": number(), "width": number(), "sizeinbytes": number()}
	if minor >= 2 {
		f["duration"], f["format"] = number(), text()
	}
	return f
}

func contact1() *rule {
	address := object(fields{"lines": list(text()), "locality": text(), "area": text(), "postalcode": text(), "country": text()})
	return object(fields{"type": text(), "role": text(), "lang": text(), "name": text(), "value": text(), "address": address}).oneOf("value", "address")
}

// embargo is the end of an embargo in every version: any text, because copy whose embargo cannot be read is held, not
// refused.
func embargo() *rule { return formatted(embargoFormat) }

// advised adds what IPTC's drafts have beyond the version they grew from.
func advised(r *rule, uri format) *rule {
	code := func() *rule { return object(fields{"code": text(), "scheme": formatted(uri)}) }
	r.fields["advices"] = list(object(fields{"role": text("publish"), "environments": list(code().opened()), "importance": code(), "lifetime": code()}))
	return r
}

// dialectNames are the names by which the Superdesk dialect is known.
var dialectNames = []string{"guid", "priority", "service", "evolvedfrom", "source", "keywords", "extra", "authors", "readtime", "signal", "products", "embargotime", "contracts", "creditline", "id"}

// superdesk are the rules of that dialect: the names of 1.x, whatever kind their values are of where we can read them,
// and the system's own. It is open, because each house that runs the system, or feeds it, adds names.
func superdesk() *rule {
	r := object(fields{
		"uri": text(), "guid": text(), "type": loosely(text()),
		"pubstatus": text(statuses...), "embargoed": loosely(embargo()), "headline": loosely(text()), "byline": loosely(text()), "slugline": loosely(text()),
		"language": loosely(text()), "associations": holding(), "renditions": holding(),
	}).opened()
	return r
}

// holding is an object by names or a list of objects.
func holding() *rule {
	r := object(nil).opened()
	r.instead = func(v *strictjson.Value) bool {
		return v.Kind == strictjson.Null || every(v, func(m *strictjson.Value) bool { return m.Kind == strictjson.Object })
	}
	return r
}

// loosely lets null stand for a value that is not there.
func loosely(r *rule) *rule {
	r.instead = func(v *strictjson.Value) bool { return v.Kind == strictjson.Null }
	return r
}
