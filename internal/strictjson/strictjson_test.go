package strictjson_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

func TestRefusalsSayWhatAndWhere(t *testing.T) {
	for doc, want := range map[string]string{
		``:                                  `1:1: the document is empty, where a JSON value should be`,
		`{"uri":"a","uri":"b"}`:             `1:12: the name "uri" stands twice in this object`,
		"{\"uri\":\"a\",\n \"URI\":\"b\"}":  `2:2: the name "URI" differs from "uri" only in case`,
		`{"pubstatus":1,"pubſtatus":2}`:     `1:16: the name "pubſtatus" differs from "pubstatus" only in case`,
		`{"a":1} {"b":2}`:                   `1:9: there is "{" behind the end of the document`,
		`[1,2`:                              `1:5: there is the end of the document where a comma or ] should be`,
		`{"a" 1}`:                           `1:6: there is "1" where the colon behind a name should be`,
		`{'a':1}`:                           `1:2: there is "'" where a name in quotes should be`,
		"{\"a\":\"b\nc\"}":                  `1:8: a line end, tab or control character stands in a text; write it as an escape such as \n`,
		`{"a":"b`:                           `1:6: this text has no closing quote`,
		`[1e999]`:                           `1:2: this number is too large`,
		`[` + strings.Repeat("9", 80) + `]`: `1:2: this number is longer than 64 characters`,
		`[01]`:                              `1:3: there is "1" where a comma or ] should be`,
		`[1,]`:                              `1:4: there is "]" where a value should be`,
		`{"a":"\x"}`:                        `1:7: \x is no escape that JSON knows`,
		`nul`:                               `1:1: this is text that begins with "nul", and not JSON`,
		strings.Repeat("[", 65):             `1:65: lists and objects are nested more than 64 deep`,
		"{\"a\":\"\xff\"}":                  `1:7: this byte is not UTF-8, which JSON must be`,
	} {
		_, err := strictjson.Read([]byte(doc))
		var fault *wiredesk.Fault
		if !errors.As(err, &fault) || fault.Error() != want {
			t.Errorf("%.40s: got %v, want %s", doc, err, want)
		}
	}
}

func TestNamesBeyondTheFirstFewAreComparedToo(t *testing.T) {
	var doc strings.Builder
	doc.WriteString("{")
	for i := range 40 {
		doc.WriteString(`"n` + strings.Repeat("x", i) + `":1,`)
	}
	for _, last := range []string{`"N"`, `"nxX"`} {
		if _, err := strictjson.Read([]byte(doc.String() + last + ":1}")); err == nil {
			t.Errorf("%s: got no error, want a refusal", last)
		}
	}
	if _, err := strictjson.Read([]byte(doc.String() + `"m":1}`)); err != nil {
		t.Errorf("got %v, want no error", err)
	}
}

func TestReadMendedMendsWhatIsKnownAndSaysSo(t *testing.T) {
	v, repairs, err := strictjson.ReadMended([]byte("{\"a\":\"one\ntwo\t\\“three\\”\"}"))
	if err != nil || v.Get("a").String() != "one\ntwo\t“three”" || len(repairs) != 2 {
		t.Errorf("got %q, %q, %v, want the text and two repairs", v.Get("a").String(), repairs, err)
	}
	if _, _, err := strictjson.ReadMended([]byte(`{"a":"\x"}`)); err == nil {
		t.Error(`\x: got no error, want a refusal`)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{`{"a":[1,-2.5e3,true,null,"é😀\n"]}`, `"\ud83d"`, `[[[]]]`, `{"a":1,"A":2}`, "\ufeff{}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		v, err := strictjson.Read(doc)
		if err != nil {
			return
		}
		var want, got any
		if err := json.Unmarshal([]byte(strings.TrimPrefix(string(doc), "\ufeff")), &want); err != nil {
			t.Fatalf("%q: accepted, but encoding/json says %v", doc, err)
		}
		if err := json.Unmarshal(v.JSON(), &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: got %v %v, want %v", doc, got, err, want)
		}
	})
}
