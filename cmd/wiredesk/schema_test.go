package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
)

// TestConfigSchema validates what the checker accepts and refuses against the schema that editors get.
func TestConfigSchema(t *testing.T) {
	code, out, talk := call(t, "", "config", "schema")
	if code != shell.OK {
		t.Fatalf("exit code %d: %s", code, talk)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(config.SchemaID, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(config.SchemaID)
	if err != nil {
		t.Fatal(err)
	}
	validate := func(text string) error {
		t.Helper()
		asJSON, err := yaml.YAMLToJSON([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(value)
	}
	deployed, err := os.ReadFile(filepath.Join("..", "..", "deploy", "wiredesk.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"the default file": config.Commented(), "deploy/wiredesk.yaml": string(deployed),
		"outputs":   "outputs:\n- {name: cms, kind: webhook, url: https://cms.example, secrets: [whsec_x]}\n- {name: folder, kind: file, path: /srv, kill: remove}\n",
		"variables": "limits: {tries: '${TRIES}'}\nstreams: {manage: '${MANAGE:-true}', max_bytes: 1GiB}\n",
		"feeds":     "feeds:\n- {name: a, format: nitf, urgency: {A: 1}, poll: {preset: tass-en, every: 2m}}\n",
	} {
		if err := validate(text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{
		"htpp: {listen: x}\n", "limits: {tries: many}\n", "durability: sometimes\n", "feeds: {name: a}\n", "feeds:\n- {name: a, format: nift}\n",
		"outputs:\n- {name: a, kind: pigeon}\n", "outputs:\n- {name: a, kind: file, url: x}\n",
	} {
		if validate(text) == nil {
			t.Errorf("%q is valid, and the checker refuses it", text)
		}
	}
	if !strings.Contains(out, "documents waiting to be enriched before new ones are refused") {
		t.Error("the schema does not say what limits.backlog is for")
	}
}

func TestConfigPrintRedacted(t *testing.T) {
	file := filepath.Join(t.TempDir(), "w.yaml")
	put(t, file, "log: {level: warn}\nnats: {url: 'nats://broker.canary.example:4222', ca: ''}\nlimits: {tries: 7}\nfeeds: [{name: canary, language: en}]\n")
	code, out, talk := call(t, "", "config", "print", "--redacted", "--origin", "-c", file)
	if code != shell.OK || strings.Contains(out+talk, "canary") || strings.Contains(out, file) || !strings.Contains(out, "7 ") || !strings.Contains(out, "warn") {
		t.Errorf("exit code %d, %s%s: want the figures and the known words, and nothing of the house", code, out, talk)
	}
}
