// Package fingerpost reads the JSON into which Fingerpost's feed handlers turn agencies' copy: ninjs by its media type,
// but with names, packed codes and broken escapes of its own.
package fingerpost

import (
	"bytes"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// Sniff looks for names that only this dialect has.
func Sniff(head []byte) (score int, reason string) {
	doc := bytes.TrimLeft(head, " \t\r\n")
	if len(doc) == 0 || doc[0] != '{' && doc[0] != '[' {
		return 0, "not JSON"
	}
	found := 0
	for _, name := range []string{`"source-feed"`, `"mediaCatCodes"`, `"originalUrn"`, `"dateTimeSent"`, `"tabVtxt"`, `"usn"`} {
		if bytes.Contains(doc, []byte(name)) {
			found++
		}
	}
	if found < 2 {
		return 0, "no names of Fingerpost"
	}
	return 90, "JSON with names that Fingerpost's feeds have"
}

// Split cuts a list, or lines of JSON, into items.
func Split(raw wiredesk.Raw) ([]wiredesk.Raw, error) {
	doc, _, err := strictjson.UTF8(raw.Bytes, raw.Charset)
	if err != nil {
		return nil, err
	}
	if raw.Item == 0 {
		if parts, err := strictjson.Lines(raw, doc); err != nil || len(parts) > 1 {
			return parts, err
		}
	}
	top, doc, _, err := strictjson.Document(raw)
	if err != nil {
		return nil, err
	}
	switch {
	case top.Kind != strictjson.Array || raw.Item > 0:
		return []wiredesk.Raw{raw}, nil
	case len(top.Items) == 0:
		return nil, wiredesk.FaultAt(doc, top.Start, "fingerpost: the list holds no item")
	}
	return strictjson.Parts(raw, doc, top.Items), nil
}

// Parse reads an item, or a list of them. Escapes that are none, raw line ends within texts and escapes that were
// escaped again are mended, each said once. The identity is the uri, else the usn; "originalUrn" is kept beside it and
// never used, because it comes again with other stories.
func Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	parts, err := Split(raw)
	if err != nil {
		return nil, err
	}
	if len(parts) > 1 || parts[0].Item != raw.Item {
		return draft.Each(parts, one)
	}
	return one(raw)
}

func one(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	top, doc, repairs, err := strictjson.Document(raw)
	if err != nil {
		return nil, err
	}
	r := reader{draft.New(raw, "fingerpost", repairs), top}
	id := r.text("uri")
	if id == "" {
		id = r.text("usn")
	}
	if id == "" {
		return nil, wiredesk.FaultAt(doc, top.Start, "fingerpost: the item has neither \"uri\" nor \"usn\", and must have one")
	}
	id, version := family(id)
	if stated := r.text("version"); stated != "" {
		version = stated
	}
	r.Identity(id, version)
	if uri := r.text("uri"); uri != id {
		r.AltID("uri", uri)
	}
	if err := r.read(); err != nil {
		return nil, wiredesk.FaultAt(doc, top.Start, "fingerpost: %s", err)
	}
	story, err := r.Finish()
	if err != nil {
		return nil, err
	}
	return []wiredesk.Story{story}, nil
}

// family parts an id from a version that hangs on it: "tag:agency,2026:newsml_L1:12".
func family(id string) (family, version string) {
	at := strings.LastIndexByte(id, ':')
	if strings.HasPrefix(id, "tag:") && strings.Count(id, ":") > 2 && at >= 0 && at+1 < len(id) && strings.Trim(id[at+1:], "0123456789") == "" {
		return id[:at], id[at+1:]
	}
	return id, ""
}
