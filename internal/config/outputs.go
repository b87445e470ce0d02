package config

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// Output is one way out of the news: which subjects go where. The settings of its kind stand beside the common ones.
type Output struct {
	Name     string   `yaml:"name"`
	Kind     string   `yaml:"kind"`
	Subjects []string `yaml:"subjects"`
	From     string   `yaml:"from"` // current, all, new

	// Settings is a struct of the kind's own settings.
	Settings any `yaml:"-"`
}

// Kind is a kind of output that a configuration may name.
type Kind struct {
	// Settings is a struct of the kind's own settings, with json names, at their defaults.
	Settings any
	// Check says what is wrong with the settings. An error that begins with the name of one is told at its place.
	Check func(settings json.RawMessage) error
}

// Raw are the settings of the output's kind, as a plug takes them.
func (o Output) Raw() (json.RawMessage, error) {
	raw, err := json.Marshal(o.Settings)
	if err != nil {
		return nil, fmt.Errorf("output %s: %w", o.Name, err)
	}
	return raw, nil
}

// output decodes the common settings and those of the kind, which may stand in any order.
func (d *decoder) output(n ast.Node, into *Output, path string) {
	pairs := d.pairs(n, path)
	common := reflect.ValueOf(into).Elem()
	named := kindNamed(pairs)
	kind, known := d.kinds[named]
	own := reflect.Value{}
	all := names(common.Type())
	if known {
		own = reflect.New(reflect.TypeOf(kind.Settings)).Elem()
		own.Set(reflect.ValueOf(kind.Settings))
		all = append(all, names(own.Type())...)
	}
	for _, kv := range pairs {
		name := keyOf(kv)
		if i := fieldOf(common.Type(), name); i >= 0 {
			d.value(kv.Value, common.Field(i), join(path, name))
			continue
		}
		if !known {
			continue // the kind is told, and what it would want is not known
		}
		i := fieldOf(own.Type(), name)
		if i < 0 {
			d.fail(kv.Key.GetToken(), "no setting %q in %s of kind %s%s", name, path, named, meant(name, all))
			continue
		}
		d.value(kv.Value, own.Field(i), join(path, name))
	}
	if known {
		into.Settings = own.Interface()
	}
}

func kindNamed(pairs []*ast.MappingValueNode) string {
	for _, kv := range pairs {
		if keyOf(kv) == "kind" {
			text, _ := textOf(kv.Value)
			return text
		}
	}
	return ""
}

func (k *checker) outputs() {
	seen := map[string]string{}
	for i := range k.Outputs {
		o, path := &k.Outputs[i], fmt.Sprintf("outputs[%d]", i)
		if o.Name == "" {
			k.fail(path, "an output without a name: add name: …")
		} else if token, err := stream.Token(o.Name); err != nil || token != o.Name || len(o.Name) > 40 {
			k.fail(path+".name", "%q cannot name a consumer: use at most 40 of a-z, 0-9 and -", o.Name)
		}
		k.unique(seen, o.Name, path, path+".name", "the output %q is configured twice, first at %s")
		if o.From == "" {
			o.From = "current"
		}
		k.oneOf(path+".from", o.From, allowed("outputs[].from")...)
		k.subjects(o.Subjects, path)
		k.kind(o, path)
	}
}

func (k *checker) kind(o *Output, path string) {
	var known []string
	for name := range k.kinds {
		known = append(known, name)
	}
	slices.Sort(known)
	kind, ok := k.kinds[o.Kind]
	switch {
	case o.Kind == "":
		k.fail(path, "an output without a kind: add kind: …, one of %s", strings.Join(known, ", "))
		return
	case !ok:
		k.oneOf(path+".kind", o.Kind, known...)
		return
	}
	raw, err := o.Raw()
	if err == nil {
		err = kind.Check(raw)
	}
	if err == nil {
		return
	}
	setting, reason, ok := strings.Cut(err.Error(), ": ")
	switch {
	case ok && fieldOf(reflect.TypeOf(kind.Settings), setting) < 0, !ok:
	case strings.HasPrefix(setting, "secret"):
		k.hush(path+"."+setting, "%s", reason)
		return
	default:
		k.fail(path+"."+setting, "%s", reason)
		return
	}
	k.fail(path, "%s", err)
}

// subjects may not overlap: the broker would refuse them.
func (k *checker) subjects(list []string, path string) {
	for i, s := range list {
		at := fmt.Sprintf("%s.subjects[%d]", path, i)
		if why := stream.NotNews(s); why != "" {
			k.fail(at, "%q %s: write it like news.place.sy.* or news.desk.middle-east.*", s, why)
			continue
		}
		for _, before := range list[:i] {
			if stream.Overlap(before, s) {
				k.fail(at, "%q overlaps %q: a story on both would come twice, leave one of them out", s, before)
			}
		}
	}
}
