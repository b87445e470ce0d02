package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/wiredesk/wiredesk/publish/contract"
)

func TestContractPrintsEachDocument(t *testing.T) {
	for _, name := range contract.Names() {
		want, _ := contract.Document(name)
		if code, out, talk := call(t, "", "contract", name); code != 0 || out != string(want) {
			t.Errorf("contract %s: exit code %d with %d bytes: %s", name, code, len(out), talk)
		}
	}
	if code, _, talk := call(t, "", "contract", "artikel"); code != 2 || !strings.Contains(talk, "article") {
		t.Errorf("contract artikel: exit code %d, %s; want 2 and the names there are", code, talk)
	}
}

func TestTheReadyLineKeepsItsContract(t *testing.T) {
	raw, _ := contract.Document("ready")
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("ready.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("ready.json")
	if err != nil {
		t.Fatal(err)
	}
	line, err := json.Marshal(serve(t).Ready)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
	if err == nil {
		err = schema.Validate(v)
	}
	if err != nil {
		t.Errorf("%s: %v", line, err)
	}
}
