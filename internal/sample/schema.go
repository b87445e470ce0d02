package sample

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/wiredesk/wiredesk"
)

// Shared is the folder of measuring data beside the repository, or empty where it is absent.
func Shared() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
			continue
		}
		shared := filepath.Join(filepath.Dir(dir), "shared")
		if _, err := os.Stat(shared); err == nil {
			return shared
		}
	}
	return ""
}

var schema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	shared := Shared()
	if shared == "" {
		return nil, nil
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("https://geojson.org/schema/GeoJSON.json", map[string]any{"type": "object"}); err != nil {
		return nil, err
	}
	return c.Compile(filepath.Join(shared, "corpora/ninjs/specification/ninjs-schema_3.1.json"))
})

// Valid checks an item against the schema of ninjs 3.1, where the folder ../shared holds it.
func Valid(t testing.TB, item wiredesk.Item) error {
	t.Helper()
	s, err := schema()
	if err != nil {
		t.Fatal(err)
	}
	if s == nil {
		t.Log("../shared is absent: the item was not checked against the schema")
		return nil
	}
	b, err := json.Marshal(item)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		return err
	}
	return s.Validate(value)
}
