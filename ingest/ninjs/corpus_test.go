package ninjs_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/ninjs"
	"github.com/wiredesk/wiredesk/internal/sample"
)

// shared is where IPTC's own schemas and files lie; they are measured on, never copied.
const shared = "../../../shared/corpora/ninjs"

// schema is the schema of ninjs 3.1, with its formats asserted.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	if _, err := os.Stat(shared); err != nil {
		t.Skip("skipped: ../shared/corpora/ninjs is not there to measure on")
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	for url, file := range map[string]string{
		"http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json": "specification/ninjs-schema_3.1.json",
		"https://geojson.org/schema/GeoJSON.json":             "validation/GeoJSON-schema.json",
	} {
		doc, err := os.ReadFile(filepath.Join(shared, file))
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(url, parsed); err != nil {
			t.Fatal(err)
		}
	}
	s, err := c.Compile("http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func valid(t *testing.T, s *jsonschema.Schema, item wiredesk.Item) error {
	t.Helper()
	doc, err := json.Marshal(item)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(parsed)
}

func parseFile(t *testing.T, file string) ([]wiredesk.Story, error) {
	t.Helper()
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return ninjs.Parse(wiredesk.Raw{Provider: "iptc", Feed: "iptc-en", Received: sample.Received, Bytes: doc})
}

func TestIPTCsValidItemsComeOutAsValidNinjs31(t *testing.T) {
	s, n := schema(t), 0
	for _, pattern := range []string{"validation/*/should_pass/*.json", "examples/*/*.json"} {
		files, _ := filepath.Glob(filepath.Join(shared, pattern))
		for _, file := range files {
			if strings.HasSuffix(file, "1.4/businesswire-newsml-20130731006140.json") {
				continue // it has the same name twice in one object, which we refuse
			}
			stories, err := parseFile(t, file)
			if err != nil {
				t.Errorf("%s: %s", file, err)
			}
			for _, story := range stories {
				n++
				if err := valid(t, s, story.Item); err != nil {
					t.Errorf("%s: %s", file, err)
				}
			}
		}
	}
	t.Logf("%d items", n)
}

// lawful are files that break the version in whose folder they lie, but are right by a later one, and name none.
var lawful = []string{"1.0/should_fail/014", "1.0/should_fail/016", "1.1/should_fail/001", "1.1/should_fail/002"}

func TestIPTCsInvalidItemsAreRefused(t *testing.T) {
	schema(t)
	files, _ := filepath.Glob(filepath.Join(shared, "validation/*/should_fail/*.json"))
	for _, file := range files {
		later := false
		for _, l := range lawful {
			later = later || strings.Contains(file, l)
		}
		if stories, err := parseFile(t, file); (err == nil) != later {
			t.Errorf("%s: got %d stories and %v, want a refusal", file, len(stories), err)
		}
	}
}
