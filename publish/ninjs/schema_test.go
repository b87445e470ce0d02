package ninjs_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/wiredesk/wiredesk/internal/sample"
	"github.com/wiredesk/wiredesk/publish/ninjs"
)

// TestEveryVersionIsValidByIPTCsSchema holds what we write to the schemas themselves. That of 1.0 is of a draft of
// JSON Schema that the validator does not know.
func TestEveryVersionIsValidByIPTCsSchema(t *testing.T) {
	shared := sample.Shared()
	if shared == "" {
		t.Skip("skipped: ../shared/corpora/ninjs, which holds the schemas, is not there")
	}
	for _, version := range []string{"1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.0", "2.1", "2.2", "3.0", "3.1"} {
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		for _, url := range []string{"https://geojson.org/schema/GeoJSON.json", "http://json.schemastore.org/geojson"} {
			if err := c.AddResource(url, map[string]any{"type": "object"}); err != nil {
				t.Fatal(err)
			}
		}
		schema, err := c.Compile(filepath.Join(shared, "corpora/ninjs/specification/ninjs-schema_"+version+".json"))
		if err != nil {
			t.Fatalf("%s: %s", version, err)
		}
		for seed := range uint64(60) {
			doc, _, err := ninjs.Encode(made(seed), version)
			if err != nil {
				t.Fatal(err)
			}
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); err != nil {
				t.Fatalf("%s, seed %d: %s\n%s", version, seed, err, doc)
			}
		}
	}
}
