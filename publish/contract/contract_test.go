package contract_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/publish/contract"
)

func contractOf(t *testing.T, name string) map[string]any {
	t.Helper()
	raw, ok := contract.Document(name)
	var doc map[string]any
	if !ok || json.Unmarshal(raw, &doc) != nil {
		t.Fatalf("no document %s", name)
	}
	return doc
}

// at walks a document.
func at(t *testing.T, doc any, path ...string) any {
	t.Helper()
	for _, p := range path {
		m, ok := doc.(map[string]any)
		if !ok || m[p] == nil {
			t.Fatalf("no %s of %v", p, path)
		}
		doc = m[p]
	}
	return doc
}

// constants are the texts of the constants in a file whose names begin or end in a certain way.
func constants(t *testing.T, file string, wanted func(name string) bool) map[string]string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == 1 && wanted(spec.Names[0].Name) {
			if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
				out[spec.Names[0].Name], _ = strconv.Unquote(lit.Value)
			}
		}
		return true
	})
	return out
}

// TestTheContractsNameEveryFacet holds both documents to the one list.
func TestTheContractsNameEveryFacet(t *testing.T) {
	said := map[string]any{"asyncapi": at(t, contractOf(t, "asyncapi"), "components", "parameters", "facet", "description")}
	paths := at(t, contractOf(t, "openapi"), "paths").(map[string]any)
	for path := range paths {
		if !strings.Contains(path, "{facet}") {
			continue
		}
		for _, p := range at(t, paths[path], "get", "parameters").([]any) {
			if at(t, p, "name") == "facet" {
				said[path] = at(t, p, "description")
			}
		}
	}
	if len(said) != 3 {
		t.Errorf("facets are described at %v, want the subjects, the streams and the feeds", said)
	}
	for where, description := range said {
		for _, name := range wiredesk.FacetNames() {
			if !regexp.MustCompile(`\b` + name + `\b`).MatchString(description.(string)) {
				t.Errorf("%s does not name the facet %s: %s", where, name, description)
			}
		}
	}
}

func TestAsyncAPINamesEveryHeaderAndSubject(t *testing.T) {
	doc := contractOf(t, "asyncapi")
	headers := at(t, doc, "components", "schemas", "stageHeaders", "properties").(map[string]any)
	all := constants(t, "../../internal/stream/message.go", regexp.MustCompile(`^H[A-Z]`).MatchString)
	if len(all) < 40 {
		t.Fatalf("only %d headers found in the code", len(all))
	}
	for name, header := range all {
		if headers[header] == nil {
			t.Errorf("stream.%s, %s, is not in asyncapi.json", name, header)
		}
	}
	for header := range headers {
		if !contains(all, header) {
			t.Errorf("asyncapi.json names %s, which no code sets", header)
		}
	}
	var addresses []string
	for _, c := range at(t, doc, "channels").(map[string]any) {
		if a, ok := c.(map[string]any)["address"].(string); ok {
			addresses = append(addresses, a)
		}
	}
	prefixes := constants(t, "../../internal/stream/subject.go", regexp.MustCompile(`^(NewsIn|(Raw|Article|Fate|News|Hold|Release|Dead|Tomb|Confirm|Push|[A-Z]\w*)Prefix)$`).MatchString)
	for name, prefix := range prefixes {
		if !strings.HasSuffix(prefix, ".") {
			continue // of a consumer's name
		}
		found := false
		for _, a := range addresses {
			found = found || strings.HasPrefix(a, prefix+"{")
		}
		if !found {
			t.Errorf("no channel of asyncapi.json begins with stream.%s, %s", name, prefix)
		}
	}
}

func contains(all map[string]string, want string) bool {
	for _, v := range all {
		if v == want {
			return true
		}
	}
	return false
}

// TestEveryReferenceLeadsSomewhere follows each $ref of each document.
func TestEveryReferenceLeadsSomewhere(t *testing.T) {
	for _, name := range contract.Names() {
		doc := contractOf(t, name)
		walk(doc, func(ref string) {
			if own, ok := strings.CutPrefix(ref, "#/"); ok {
				at(t, doc, strings.Split(own, "/")...)
				return
			}
			file := strings.TrimSuffix(ref[strings.LastIndexByte(ref, '/')+1:], ".json")
			if _, ok := contract.Document(file); !ok {
				t.Errorf("%s: %s leads nowhere", name, ref)
			}
		})
	}
}

func walk(v any, each func(ref string)) {
	switch v := v.(type) {
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok {
			each(ref)
		}
		for _, sub := range v {
			walk(sub, each)
		}
	case []any:
		for _, sub := range v {
			walk(sub, each)
		}
	}
}
