package contract_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/push"
	"github.com/wiredesk/wiredesk/publish/stream"
)

var update = flag.Bool("update", false, "write the schemas anew from the code")

const (
	base     = "https://raw.githubusercontent.com/wiredesk/wiredesk/main/publish/contract/schemas/"
	evolving = " Fields may be added at any time: ignore what you do not know."
)

// words are the only values of a field, by type and field.
var words = map[string][]string{
	"Article.event":    {"new", "update", "correction", "kill", "withhold", "release", "embargo"},
	"Article.alert":    {"flash", "bulletin", "urgent"},
	"Row.event":        {"new", "update", "correction", "kill", "withhold", "release", "embargo"},
	"Item.pubStatus":   {"usable", "withheld", "canceled"},
	"Attribution.role": {"origin", "cited_outlet", "venue", "speaker", "document", "byline", "affiliation", "poll"},
}

// TestSchemasAreThoseOfTheCode compares each schema that describes a type with the type.
func TestSchemasAreThoseOfTheCode(t *testing.T) {
	said := comments(t, "../..", "../stream", "../../ingest/push")
	for name, of := range map[string]struct {
		title string
		value any
	}{
		"article": {"Article", wiredesk.Article{}},
		"receipt": {"Receipt", wiredesk.Receipt{}},
		"problem": {"Problem: why a push was refused", push.Problem{}},
		"row":     {"Row: a story in a list", stream.Row{}},
	} {
		g := generator{said: said, defs: map[string]any{}}
		typ := reflect.TypeOf(of.value)
		g.ref(typ)
		root := g.defs[typ.Name()].(map[string]any)
		delete(g.defs, typ.Name())
		root["$schema"], root["$id"], root["title"] = "https://json-schema.org/draft/2020-12/schema", base+name+".json", of.title
		root["description"] = said[typ.Name()] + evolving
		if len(g.defs) > 0 {
			root["$defs"] = g.defs
		}
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(root); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("schemas", name+".json")
		if *update {
			if err := os.WriteFile(file, want.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%s is not what the code says (%v): go test ./publish/contract -update", file, err)
		}
	}
}

// generator makes a schema of a type, with one definition for each struct that it holds.
type generator struct {
	said map[string]string
	defs map[string]any
}

func (g *generator) ref(t reflect.Type) map[string]any {
	if _, ok := g.defs[t.Name()]; !ok {
		g.defs[t.Name()] = nil // where a struct holds itself
		g.defs[t.Name()] = g.object(t)
	}
	return map[string]any{"$ref": "#/$defs/" + t.Name()}
}

func (g *generator) object(t reflect.Type) map[string]any {
	out := map[string]any{"type": "object"}
	properties, required := map[string]any{}, []string{}
	g.fields(t, properties, &required)
	out["properties"] = properties
	if len(required) > 0 {
		out["required"] = required
	}
	if text := g.said[t.Name()]; text != "" {
		out["description"] = text
	}
	return out
}

func (g *generator) fields(t reflect.Type, properties map[string]any, required *[]string) {
	for f := range t.Fields() {
		if f.Anonymous {
			g.fields(f.Type, properties, required)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || name == "" {
			continue
		}
		p := g.schema(f.Type)
		if list, ok := words[t.Name()+"."+name]; ok {
			p["enum"] = list
		}
		if text := g.said[t.Name()+"."+f.Name]; text != "" {
			p["description"] = text
		}
		properties[name] = p
		if options == "" {
			*required = append(*required, name)
		}
	}
}

func (g *generator) schema(t reflect.Type) map[string]any {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	case t == reflect.TypeFor[json.RawMessage]():
		return map[string]any{}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return g.schema(t.Elem())
	case reflect.Struct:
		return g.ref(t)
	case reflect.Slice:
		return map[string]any{"type": "array", "items": g.schema(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": g.schema(t.Elem())}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Uint64:
		return map[string]any{"type": "integer", "minimum": 0}
	}
	return map[string]any{"x-kind": t.Kind().String()} // shows in the golden
}

// comments are what the code says of its types and their fields, by "Type" and "Type.Field".
func comments(t *testing.T, dirs ...string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(err)
		}
		for _, file := range files {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range f.Decls {
				if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
					document(g, out)
				}
			}
		}
	}
	return out
}

func document(g *ast.GenDecl, out map[string]string) {
	for _, spec := range g.Specs {
		ts := spec.(*ast.TypeSpec)
		fields, ok := ts.Type.(*ast.StructType)
		if !ok || !ts.Name.IsExported() {
			continue
		}
		out[ts.Name.Name] = oneLine(g.Doc.Text())
		for _, f := range fields.Fields.List {
			for _, n := range f.Names {
				out[ts.Name.Name+"."+n.Name] = oneLine(f.Doc.Text() + f.Comment.Text())
			}
		}
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
