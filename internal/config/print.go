package config

import (
	_ "embed"
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"strings"
)

//go:embed default.yaml
var commented string

// Commented is the default configuration as a file to start from, with what each setting is for.
func Commented() string { return commented }

// Setting is one value as it stands and the layer it came from, for a person. Secrets show stars.
type Setting struct {
	Path   string `json:"path"`
	Value  string `json:"value"`
	Origin string `json:"origin"`
}

// Effective are all values of a configuration in the order of the file. No secret is among them.
func (c *Config) Effective() []Setting {
	var out []Setting
	c.each(reflect.ValueOf(c).Elem(), "", &out)
	return out
}

// Redacted are the values of Effective without those that tell of the house: whatever text was configured and is none of
// a few known words shows stars. It can be shown to a stranger who helps.
func (c *Config) Redacted() []Setting {
	all := c.Effective()
	for i, s := range all {
		if s.Origin == "default" && !strings.Contains(s.Path, "[") { // of a feed, some defaults are made of its name
			continue
		}
		all[i].Origin, _, _ = strings.Cut(s.Origin, ":")
		if all[i].Origin != s.Origin {
			all[i].Origin = "file"
		}
		if s.Value != "" && allowed(s.Path) == nil && !plainValue(s.Value) {
			all[i].Value = stars
		}
	}
	return all
}

// plainValue says that a text is a number, a span, a size, a truth value, or nothing.
func plainValue(text string) bool {
	if text == "[]" || text == "map[]" || text == "true" || text == "false" {
		return true
	}
	var d Duration
	var n Size
	_, err := strconv.ParseFloat(text, 64)
	return err == nil || d.UnmarshalText([]byte(text)) == nil || n.UnmarshalText([]byte(text)) == nil
}

func (c *Config) each(v reflect.Value, path string, out *[]Setting) {
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct {
		for i := range v.Len() {
			c.each(v.Index(i), fmt.Sprintf("%s[%d]", path, i), out)
		}
		return
	}
	if v.Kind() == reflect.Struct {
		for _, name := range names(v.Type()) {
			c.each(v.Field(fieldOf(v.Type(), name)), join(path, name), out)
		}
		if o, ok := v.Interface().(Output); ok && o.Settings != nil {
			c.each(reflect.ValueOf(o.Settings), path, out)
		}
		return
	}
	*out = append(*out, Setting{path, printed(path, v), c.Origin(path)})
}

func printed(path string, v reflect.Value) string {
	text := fmt.Sprint(v.Interface())
	if strings.HasSuffix(path, ".poll.url") || strings.HasPrefix(path, "outputs[") && strings.HasSuffix(path, "].url") {
		return hiddenQuery(text)
	}
	if path != "nats.url" {
		return text
	}
	all := strings.Split(text, ",")
	for i, one := range all {
		if u, err := url.Parse(one); err == nil {
			all[i] = u.Redacted()
		}
	}
	return strings.Join(all, ",")
}

// Origin says where the value at a path came from: "default", "FILE:LINE:COL", a variable, a flag.
func (c *Config) Origin(path string) string {
	o, ok := c.origins[path]
	if !ok {
		return "default"
	}
	return Problem{File: o.Layer, Line: o.Line, Column: o.Column}.Place()
}
