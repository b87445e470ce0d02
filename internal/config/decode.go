package config

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// Bounds of a configuration file.
const (
	maxBytes = 1 << 20
	maxNodes = 50_000 // visited, so that aliases of aliases end early
	maxDepth = 32
)

// decoder fills a Config from a tree of YAML and keeps where each value stood.
type decoder struct {
	expand   func(string) (string, error)
	anchors  map[string]ast.Node
	origin   func(*token.Token) Origin
	origins  map[string]Origin
	kinds    map[string]Kind
	problems Problems
	nodes    int
	depth    int
}

func (d *decoder) fail(tk *token.Token, format string, args ...any) {
	o := d.origin(tk)
	d.problems = append(d.problems, Problem{
		File: o.Layer, Line: o.Line, Column: o.Column, Near: masked(o.near), Reason: fmt.Sprintf(format, args...),
	})
}

// value decodes one node into what it is for. Every mistake below it is told, not only the first.
func (d *decoder) value(n ast.Node, into reflect.Value, path string) {
	d.nodes, d.depth = d.nodes+1, d.depth+1
	defer func() { d.depth-- }()
	if d.nodes > maxNodes || d.depth > maxDepth {
		if d.nodes <= maxNodes+1 {
			d.fail(tokenOf(n), "too much: the limits are %d values, aliases counted each time, and %d levels", maxNodes, maxDepth)
		}
		d.nodes = max(d.nodes, maxNodes+1)
		return
	}
	switch n := n.(type) {
	case *ast.AnchorNode:
		d.anchors[n.Name.GetToken().Value] = n.Value
		d.value(n.Value, into, path)
		return
	case *ast.AliasNode:
		d.alias(n, into, path)
		return
	case *ast.NullNode:
		return
	case *ast.TagNode:
		d.fail(n.GetToken(), "tags like %s are not read here: leave it out", n.GetToken().Value)
		return
	}
	d.origins[path] = d.origin(tokenOf(n))
	d.typed(n, into, path)
}

// tokenOf is where a person would say that the node begins: a mapping begins with its first name, not with its colon.
func tokenOf(n ast.Node) *token.Token {
	if m, ok := n.(ast.MapNode); ok {
		if it := m.MapRange(); it.Next() {
			return it.KeyValue().Key.GetToken()
		}
	}
	return n.GetToken()
}

func (d *decoder) typed(n ast.Node, into reflect.Value, path string) {
	if _, ok := into.Addr().Interface().(encoding.TextUnmarshaler); ok {
		d.scalar(n, into, path)
		return
	}
	switch into.Kind() {
	case reflect.Struct:
		if o, ok := into.Addr().Interface().(*Output); ok {
			d.output(n, o, path)
			return
		}
		d.fields(n, into, path)
	case reflect.Slice:
		d.list(n, into, path)
	case reflect.Map:
		d.table(n, into, path)
	default:
		d.scalar(n, into, path)
	}
}

func (d *decoder) alias(n *ast.AliasNode, into reflect.Value, path string) {
	name := n.Value.GetToken().Value
	if to, ok := d.anchors[name]; ok {
		d.value(to, into, path)
		return
	}
	d.fail(n.GetToken(), "no anchor &%s above this line", name)
}

// pairs are the keys and values of a mapping; a key given twice is told once.
func (d *decoder) pairs(n ast.Node, path string) []*ast.MappingValueNode {
	m, ok := n.(ast.MapNode)
	if !ok {
		d.fail(tokenOf(n), "%s wants names with values below it, not %s", path, kindOf(n))
		return nil
	}
	seen := map[string]bool{}
	var out []*ast.MappingValueNode
	for it := m.MapRange(); it.Next(); {
		kv := it.KeyValue()
		key := keyOf(kv)
		switch {
		case kv.Key.IsMergeKey():
			d.fail(kv.Key.GetToken(), "merge keys (<<) are not read here: write the values out")
		case seen[key]:
			d.fail(kv.Key.GetToken(), "%s is given twice", key)
		default:
			seen[key] = true
			out = append(out, kv)
		}
	}
	return out
}

func keyOf(kv *ast.MappingValueNode) string { return kv.Key.GetToken().Value }

func (d *decoder) fields(n ast.Node, into reflect.Value, path string) {
	for _, kv := range d.pairs(n, path) {
		i := fieldOf(into.Type(), keyOf(kv))
		if i < 0 {
			where := "at the top of the file"
			if path != "" {
				where = "in " + path
			}
			d.fail(kv.Key.GetToken(), "no setting %q %s%s", keyOf(kv), where, meant(keyOf(kv), names(into.Type())))
			continue
		}
		d.value(kv.Value, into.Field(i), join(path, keyOf(kv)))
	}
}

func (d *decoder) list(n ast.Node, into reflect.Value, path string) {
	if s, ok := n.(*ast.SequenceNode); ok {
		into.Set(reflect.MakeSlice(into.Type(), len(s.Values), len(s.Values)))
		for i, v := range s.Values {
			d.value(v, into.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
		return
	}
	d.fail(tokenOf(n), "%s wants a list (lines that begin with \"- \"), not %s", path, kindOf(n))
}

func (d *decoder) table(n ast.Node, into reflect.Value, path string) {
	into.Set(reflect.MakeMap(into.Type()))
	for _, kv := range d.pairs(n, path) {
		v := reflect.New(into.Type().Elem()).Elem()
		d.value(kv.Value, v, join(path, keyOf(kv)))
		into.SetMapIndex(reflect.ValueOf(keyOf(kv)), v)
	}
}

func (d *decoder) scalar(n ast.Node, into reflect.Value, path string) {
	text, ok := textOf(n)
	if _, yes := n.(*ast.BoolNode); !ok || yes && into.Kind() == reflect.String {
		d.fail(tokenOf(n), "%s wants %s, not %s", path, wanted(into), kindOf(n))
		return
	}
	text, err := d.expand(text)
	if err == nil {
		err = assign(text, into)
	}
	if err != nil {
		d.fail(n.GetToken(), "%s: %s", path, err)
	}
}

func textOf(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// assign sets one value from its text.
func assign(text string, into reflect.Value) error {
	if u, ok := into.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return u.UnmarshalText([]byte(text))
	}
	switch into.Kind() {
	case reflect.String:
		into.SetString(text)
		return nil
	case reflect.Int:
		n, err := strconv.Atoi(strings.ReplaceAll(text, "_", ""))
		into.SetInt(int64(n))
		return asked(text, into, err)
	case reflect.Float64:
		f, err := strconv.ParseFloat(text, 64)
		into.SetFloat(f)
		return asked(text, into, err)
	case reflect.Bool:
		b, err := strconv.ParseBool(text)
		into.SetBool(b)
		return asked(text, into, err)
	}
	return fmt.Errorf("a single value cannot stand here")
}

func asked(text string, into reflect.Value, err error) error {
	if err != nil {
		return fmt.Errorf("%q is not %s", text, wanted(into))
	}
	return nil
}
