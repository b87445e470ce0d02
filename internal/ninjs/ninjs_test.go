package ninjs_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

func item(t *testing.T, doc string) *strictjson.Value {
	t.Helper()
	v, err := strictjson.Read([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestCheckSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ version, doc, want string }{
		{"1.6", `{"uri":"kestrel 1","versioncreated":"today"}`, ""},
		{"2.0", `{"uri":"kestrel 1","versioncreated":"today"}`, ""},
		{"2.1", `{"uri":"kestrel 1"}`, `"uri" must be a URI`},
		{"2.1", `{"uri":"urn:a:b","versioncreated":"today"}`, `"versioncreated" must be a date and time`},
		{"3.1", `{"uri":"urn:a:b","trustIndicators":[{"href":"x"}]}`, `"trustIndicators[0].href" must be a URI`},
		{"3.1", `{"uri":"urn:a:b","embargoedUntil":""}`, ""},
		{"3.1", `{"uri":"urn:a:b","embargoedUntil":7}`, `"embargoedUntil" must be a text, but is a number`},
		{"3.0", `{"uri":"urn:a:b","digitalSourceType":{"name":"x"}}`, `"digitalSourceType" is no property`},
		{"3.1", `{"uri":"urn:a:b","rightsInfo":{}}`, `"rightsInfo" must have exactly one of linkedRights and encodedRights, but has 0`},
		{"3.1", `{"uri":"urn:a:b","places":[{"geoJSON":{"type":"Point"}}]}`, `"places[0].geoJSON" is no GeoJSON object`},
		{"4.0", `{"uri":"urn:a:b"}`, `ninjs 4.0 is not known`},
	} {
		got := ""
		if mistakes := ninjs.Check(item(t, c.doc), c.version); len(mistakes) > 0 {
			got = mistakes[0].Reason
		}
		if (c.want == "") != (got == "") || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s as %s: got %q, want %q", c.doc, c.version, got, c.want)
		}
	}
}

func TestRecognise(t *testing.T) {
	for doc, want := range map[string]string{
		`{"uri":"urn:a:b","standard":{"version":"2.1"},"pubstatus":"usable"}`:  "2.1",
		`{"uri":"urn:a:b","standard":{"version":"2.2"},"eventDetails":{}}`:     "3.1",
		`{"uri":"urn:a:b","$standard":{"version":"1.3"},"headline":"x"}`:       "1.3",
		`{"uri":"urn:a:b","pubstatus":"usable","headlines":[{"value":"x"}]}`:   "2.2",
		`{"uri":"kestrel-1","pubstatus":"usable","headlines":[{"value":"x"}]}`: "2.0",
		`{"uri":"kestrel-1","byline":"x"}`:                                     "1.6",
		`{"guid":"kestrel-1","headline":"x","evolvedfrom":"kestrel-0"}`:        ninjs.Superdesk,
		`{"uri":"urn:a:b","title":"x"}`:                                        "3.1",
	} {
		if got, why := ninjs.Recognise(item(t, doc)); got != want {
			t.Errorf("%s: got %s (%s), want %s", doc, got, why, want)
		}
	}
}

func TestURIsOfTwoProvidersNeverMeet(t *testing.T) {
	if got := ninjs.URI("kestrel", " urn:newsml:a "); got != "urn:newsml:a" {
		t.Errorf("got %q, want the URI itself", got)
	}
	a, b := ninjs.URI("kestrel", "quay 12"), ninjs.URI("gannet", "quay 12")
	if a == b || !ninjs.IsURI(a) || !ninjs.IsURI(b) {
		t.Errorf("got %q and %q, want two URIs", a, b)
	}
}

func TestConceptKeepsSchemeAndCode(t *testing.T) {
	for _, c := range []struct{ scheme, code, uri, literal string }{
		{"http://cv.example/t/", "12", "http://cv.example/t/12", "12"},
		{"http://cv.example/t", "12", "http://cv.example/t/12", "12"},
		{"desk", "12", "", "desk:12"},
		{"", "20000523", "http://cv.iptc.org/newscodes/mediatopic/20000523", "20000523"},
		{"", "04005004", "http://cv.iptc.org/newscodes/subjectcode/04005004", "04005004"},
		{"", "urn:x:1", "urn:x:1", ""},
		{"", "sport", "", "sport"},
	} {
		if uri, literal := ninjs.Concept(c.scheme, c.code); uri != c.uri || literal != c.literal {
			t.Errorf("%q %q: got %q %q, want %q %q", c.scheme, c.code, uri, literal, c.uri, c.literal)
		}
	}
}
