package ninjs

import "github.com/wiredesk/wiredesk/internal/strictjson"

// Types are the types of an item in 3.1; 2.x lacks the last two.
var Types = []string{"text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"}

// v2 are the rules of ninjs 2.<minor>.
func v2(minor int) *rule {
	uri, date := free, free
	if minor >= 1 {
		uri, date = uriFormat, dateFormat
	}
	part := func() *rule {
		return object(fields{"role": text(), "contenttype": text(), "value": text()}).needing("value")
	}
	body := part()
	body.fields["charcount"], body.fields["wordcount"] = number(), number()
	top := fields{
		"uri": formatted(uri), "type": text(Types[:7]...), "representationtype": text("full", "partial"), "profile": text(), "version": text(),
		"firstcreated": formatted(date), "versioncreated": formatted(date), "contentcreated": formatted(date), "embargoed": embargo(),
		"pubstatus": text(statuses...), "urgency": number(), "copyrightholder": text(), "copyrightnotice": text(), "usageterms": text(),
		"ednote": text(), "language": text(), "title": text(), "by": text(), "slugline": text(), "located": text(),
		"descriptions": list(part()), "headlines": list(part()), "bodies": list(body),
		"people": list(concept2(uri, minor)), "events": list(concept2(uri, 0)), "objects": list(concept2(uri, 0)),
		"organisations": list(organisation2(uri, minor)), "places": list(place2(uri, minor)), "subjects": list(subject2(uri, minor)),
		"infosources": list(infosource2(uri, minor)),
		"renditions": list(object(fields{
			"name": text(), "href": formatted(uri), "contenttype": text(), "title": text(), "height": number(), "width": number(),
			"sizeinbytes": number(), "duration": number(), "format": text(),
		}).needing("name")),
		"altids":          list(object(fields{"role": text(), "value": text()})),
		"trustindicators": list(object(fields{"role": formatted(uri), "title": text(), "href": formatted(uri)})),
		"standard":        object(fields{"name": text(), "version": text(), "schema": formatted(uri)}),
		"genres":          list(object(fields{"name": text(), "uri": text(), "literal": text()})),
		"rightsinfo": object(fields{"langid": formatted(uri), "linkedrights": formatted(uri), "encodedrights": text()}).
			opened().oneOf("linkedrights", "encodedrights"),
	}
	if minor >= 1 {
		top["expires"] = formatted(date)
	}
	if minor >= 2 {
		top["digitalsourcetype"] = object(fields{"name": text(), "uri": formatted(uri), "literal": text()})
	}
	r := object(top).needing("uri")
	top["associations"] = list(associated(top, minor))
	return r
}

// associated are the rules of an association: in 2.0 anything that has a name, or else a whole item; later an item
// that has a name.
func associated(top fields, minor int) *rule {
	named := fields{"name": text(), "rel": text()}
	if top["infoSources"] == nil {
		delete(named, "rel")
	}
	for name, sub := range top {
		named[name] = sub
	}
	r := object(named).needing("name", "uri")
	if minor == 0 {
		r.needs = []string{"uri"}
		r.instead = func(v *strictjson.Value) bool {
			name := v.Get("name")
			return name != nil && name.Kind == strictjson.String
		}
	}
	named["associations"] = list(r)
	return r
}

func concept2(uri format, minor int) *rule {
	f := fields{"name": text(), "rel": text(), "uri": formatted(uri), "literal": text()}
	if minor >= 1 {
		f["contactinfo"] = list(contact1())
	}
	return object(f)
}

func organisation2(uri format, minor int) *rule {
	r := concept2(uri, minor)
	symbol := fields{"ticker": text(), "exchange": text()}
	if minor >= 1 {
		symbol["symboltype"], symbol["symbol"] = formatted(uri), text()
	}
	r.fields["symbols"] = list(object(symbol))
	return r
}

func place2(uri format, minor int) *rule {
	r := concept2(uri, minor)
	r.fields["geojson"] = geo()
	return r
}

func geo() *rule { r := object(nil).opened(); r.format = geoFormat; return r }

func subject2(uri format, minor int) *rule {
	r := concept2(uri, 0)
	if minor >= 1 {
		r.fields["creator"], r.fields["relevance"], r.fields["confidence"] = text(), whole(0, 100), whole(0, 100)
	}
	return r
}

func infosource2(uri format, minor int) *rule {
	r := concept2(uri, minor)
	delete(r.fields, "rel")
	r.fields["role"] = text()
	return r
}

// v3 are the rules of ninjs 3.<minor>.
func v3(minor int) *rule {
	uri := func() *rule { return formatted(uriFormat) }
	date := func() *rule { return formatted(dateFormat) }
	types := Types
	part := func() *rule {
		return object(fields{"role": text(), "contentType": text(), "value": text()}).needing("value")
	}
	body := part()
	body.fields["charCount"], body.fields["wordCount"] = whole(), whole()
	party := func() *rule {
		return object(fields{"name": text(), "rel": text(), "uri": uri(), "literal": text(), "contactInfo": list(contact3())})
	}
	place, source, event := party(), party(), party()
	place.fields["geoJSON"] = geo()
	source.fields["role"] = text()
	delete(source.fields, "rel")
	event.fields["id"] = text()
	delete(event.fields, "contactInfo")
	thing, subject := party(), party()
	delete(thing.fields, "contactInfo")
	delete(subject.fields, "contactInfo")
	subject.fields["creator"], subject.fields["relevance"], subject.fields["confidence"] = text(), whole(0, 100), whole(0, 100)
	top := fields{
		"uri": uri(), "type": text(types...), "representationType": text("full", "partial"), "profile": text(), "version": text(),
		"firstCreated": date(), "versionCreated": date(), "contentCreated": date(), "embargoedUntil": embargo(), "expires": date(),
		"pubStatus": text(statuses...), "urgency": whole(1, 9), "copyrightHolder": text(), "copyrightNotice": text(), "usageTerms": text(),
		"edNote": text(), "language": text(), "title": text(), "by": text(), "slugline": text(), "located": text(),
		"descriptions": list(part()), "headlines": list(part()), "bodies": list(body),
		"people": list(party()), "organisations": list(organisation3()), "places": list(place), "subjects": list(subject),
		"events": list(event), "objects": list(thing), "infoSources": list(source), "renditions": list(rendition3()),
		"altIds":          list(object(fields{"role": text(), "value": text()})),
		"trustIndicators": list(object(fields{"role": uri(), "title": text(), "href": uri()})),
		"standard":        object(fields{"name": text(), "version": text(), "schema": uri()}),
		"genres":          list(object(fields{"name": text(), "uri": text(), "literal": text()})),
		"rightsInfo":      object(fields{"langId": uri(), "linkedRights": uri(), "encodedRights": text()}).oneOf("linkedRights", "encodedRights"),
		"eventDetails":    object(fields{"eventStatus": uri(), "plannedCoverageStatus": uri(), "dates": dates3(), "organiser": organisation3()}),
		"plannedCoverage": list(planned3(types)),
	}
	if minor >= 1 {
		top["digitalSourceType"] = object(fields{"name": text(), "uri": uri(), "literal": text()})
	}
	r := object(top).needing("uri")
	top["associations"] = list(associated(top, 3))
	return r
}

func contact3() *rule {
	address := object(fields{"lines": list(text()), "locality": text(), "area": text(), "postalCode": text(), "country": text()})
	return object(fields{"type": text(), "role": text(), "lang": text(), "name": text(), "value": text(), "address": address}).oneOf("value", "address")
}

func organisation3() *rule {
	symbol := object(fields{"exchange": text(), "symbolType": formatted(uriFormat), "symbol": text()})
	return object(fields{"name": text(), "rel": text(), "uri": formatted(uriFormat), "literal": text(), "symbols": list(symbol), "contactInfo": list(contact3())})
}

func rendition3() *rule {
	return object(fields{
		"name": text(), "href": formatted(uriFormat), "contentType": text(), "title": text(), "width": whole(), "height": whole(),
		"sizeInBytes": whole(), "duration": number(), "format": text(), "aspectRatio": text(), "videoCodec": text(), "frameRate": number(),
		"poi": object(fields{"x": whole(), "y": whole()}), "transportProtocol": text(), "scanType": text("progressive", "interlaced"), "bitrate": text(),
	}).needing("name")
}

// dates3 are the days of an event: a start and an end, each exact or expected; the schema lets either be missing but
// not both, and not both forms of both.
func dates3() *rule {
	rules := object(fields{
		"frequency": text("secondly", "minutely", "hourly", "daily", "weekly", "monthly", "yearly"),
		"interval":  whole(), "until": formatted(dateFormat), "count": whole(),
	})
	r := object(fields{
		"startDate": formatted(dateFormat), "endDate": formatted(dateFormat), "expectedStartDate": formatted(truncatedFormat),
		"expectedEndDate": formatted(truncatedFormat), "expectedDuration": text(),
		"recurrence": object(fields{"recurrenceDates": list(formatted(truncatedFormat)), "recurrenceRules": list(rules)}),
	})
	r.either = [2][2]string{{"startDate", "expectedStartDate"}, {"endDate", "expectedEndDate"}}
	return r
}

func planned3(types []string) *rule {
	commissioned := object(fields{"by": text(), "on": formatted(dateFormat), "references": list(object(fields{"name": text(), "value": text()}))})
	return object(fields{
		"uri": formatted(uriFormat), "title": text(), "pubStatus": text(statuses...), "type": text(types...), "commissioned": commissioned,
		"dates": dates3(), "audiences": list(object(fields{"audience": text(), "significance": whole()})), "exclAudience": list(text()),
		"edNote": text(), "urgency": whole(1, 9), "language": text(), "itemCount": object(fields{"rangeFrom": whole(), "rangeTo": whole()}),
		"wordCount": whole(), "renditions": list(rendition3()),
	})
}
