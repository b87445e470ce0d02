package config

import (
	"encoding"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// SchemaID names the schema of the configuration file.
const SchemaID = "https://wiredesk.org/schema/wiredesk.yaml.json"

// allowed are the words that a setting may have, where they are few.
func allowed(path string) []string {
	switch path {
	case "durability":
		return []string{Durable, Relaxed}
	case "log.level":
		return []string{"trace", "debug", "info", "warn", "error"}
	case "log.format":
		return []string{"auto", "json", "console"}
	case "outputs[].from":
		return []string{"current", "all", "new"}
	}
	return nil
}

// Schema is the JSON Schema 2020-12 of a configuration file, for editors: made from what Read decodes into, so that it
// knows every setting and no other. Formats and outputs are as in [Source]. What only Read can say, such as whether a
// desk's expression is one, it leaves open.
func Schema(formats []string, outputs map[string]Kind) map[string]any {
	w := &schemer{formats: formats, kinds: outputs, notes: notes(commented)}
	s := w.object(reflect.TypeFor[Config](), "")
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["$id"] = SchemaID
	s["title"] = "wiredesk.yaml: one newsroom's line"
	s["type"] = []string{"object", "null"}
	return s
}

type schemer struct {
	formats []string
	kinds   map[string]Kind
	notes   map[string]string // by path: what the commented file says of a setting
}

func (w *schemer) object(t reflect.Type, path string) map[string]any {
	properties := map[string]any{}
	for _, name := range names(t) {
		properties[name] = w.value(t.Field(fieldOf(t, name)).Type, join(path, name))
	}
	return map[string]any{"type": []string{"object", "null"}, "properties": properties, "additionalProperties": false}
}

func (w *schemer) value(t reflect.Type, path string) map[string]any {
	s := w.typed(t, path)
	if words := w.words(path); words != nil {
		s = map[string]any{"anyOf": []any{map[string]any{"enum": words}, placeholder(), map[string]any{"type": "null"}}}
	}
	if note := w.notes[path]; note != "" {
		s["description"] = note
	}
	return s
}

func (w *schemer) words(path string) []string {
	if strings.HasSuffix(path, "feeds[].format") && w.formats != nil {
		return append([]string{"", "auto"}, w.formats...)
	}
	return allowed(path)
}

// placeholder is a value that is filled in from the environment.
func placeholder() map[string]any {
	return map[string]any{"type": "string", "pattern": `\$\{`}
}

func (w *schemer) typed(t reflect.Type, path string) map[string]any {
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return scalar("string", "number")
	}
	switch t.Kind() {
	case reflect.Struct:
		if t == reflect.TypeFor[Output]() {
			return w.output(path)
		}
		return w.object(t, path)
	case reflect.Slice:
		return map[string]any{"type": []string{"array", "null"}, "items": w.value(t.Elem(), path+"[]")}
	case reflect.Map:
		return map[string]any{"type": []string{"object", "null"}, "additionalProperties": w.value(t.Elem(), path+".*")}
	case reflect.Bool:
		return orPlaceholder("boolean")
	case reflect.Int:
		return orPlaceholder("integer")
	case reflect.Float64:
		return orPlaceholder("number")
	}
	return scalar("string", "number")
}

func scalar(types ...string) map[string]any { return map[string]any{"type": append(types, "null")} }

func orPlaceholder(name string) map[string]any {
	return map[string]any{"anyOf": []any{map[string]any{"type": []string{name, "null"}}, placeholder()}}
}

// output is one of the kinds of outputs, each with its own settings beside the common ones.
func (w *schemer) output(path string) map[string]any {
	var kinds []any
	for _, name := range slices.Sorted(maps.Keys(w.kinds)) {
		s := w.object(reflect.TypeFor[Output](), path)
		properties := s["properties"].(map[string]any)
		own := w.object(reflect.TypeOf(w.kinds[name].Settings), path)["properties"].(map[string]any)
		for key, value := range own {
			if _, common := properties[key]; !common {
				properties[key] = value
			}
		}
		properties["kind"] = map[string]any{"const": name}
		s["type"], s["required"] = "object", []string{"name", "kind"}
		kinds = append(kinds, s)
	}
	return map[string]any{"oneOf": kinds}
}

// notes are what the comments of a commented file say, by the path of the setting they stand above or behind.
func notes(file string) map[string]string {
	out := map[string]string{}
	var above []string
	section := ""
	for line := range strings.Lines(file) {
		line = strings.TrimRight(line, "\r\n")
		text := strings.TrimSpace(line)
		if comment, ok := strings.CutPrefix(text, "#"); ok {
			above = append(above, strings.TrimSpace(comment))
			continue
		}
		name, rest, isKey := strings.Cut(text, ":")
		if !isKey || strings.HasPrefix(text, "-") {
			above = nil
			continue
		}
		depth := (len(line) - len(strings.TrimLeft(line, " "))) / 2
		parents := strings.Split(section, ".")
		path := strings.TrimPrefix(strings.Join(append(parents[:min(depth, len(parents))], name), "."), ".")
		section = path
		_, behind, _ := strings.Cut(rest, "# ")
		if note := strings.TrimSpace(strings.Join(above, " ") + " " + behind); note != "" {
			out[path] = note
		}
		above = nil
	}
	return out
}
