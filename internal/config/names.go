package config

import (
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// names are the settings a section knows, in the order of its struct.
func names(t reflect.Type) []string {
	var out []string
	for i := range t.NumField() {
		if name := nameOf(t.Field(i)); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// nameOf is how a field is written: by its yaml tag, in the settings of a plug by its json tag.
func nameOf(f reflect.StructField) string {
	name, ok := f.Tag.Lookup("yaml")
	if !ok {
		name, _, _ = strings.Cut(f.Tag.Get("json"), ",")
	}
	if name == "-" {
		return ""
	}
	return name
}

func fieldOf(t reflect.Type, name string) int {
	for i := range t.NumField() {
		if name != "" && nameOf(t.Field(i)) == name {
			return i
		}
	}
	return -1
}

// paths are all settings that have one value and a fixed name: "http.listen", not those of a feed.
func paths(t reflect.Type, prefix string) []string {
	var out []string
	for _, name := range names(t) {
		f := t.Field(fieldOf(t, name)).Type
		if f.Kind() == reflect.Struct {
			out = append(out, paths(f, join(prefix, name))...)
		} else if f.Kind() != reflect.Slice || f.Elem().Kind() != reflect.Struct {
			out = append(out, join(prefix, name))
		}
	}
	return out
}

func join(path, name string) string { return strings.TrimPrefix(path+"."+name, ".") }

func wanted(v reflect.Value) string {
	switch v.Interface().(type) {
	case Duration:
		return "a duration like 30s or 7d"
	case Size:
		return "a size like 512MiB"
	}
	switch v.Kind() {
	case reflect.Int:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.Bool:
		return "true or false"
	}
	return "text"
}

func kindOf(n ast.Node) string {
	switch n.(type) {
	case ast.MapNode:
		return "names with values"
	case *ast.SequenceNode:
		return "a list"
	case *ast.BoolNode:
		return "true or false (put it in quotes if it is text)"
	case *ast.IntegerNode, *ast.FloatNode:
		return "a number"
	case *ast.StringNode, *ast.LiteralNode:
		return "text"
	}
	return "this"
}
