package config

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

const envPrefix = "WIREDESK_"

func environment(list []string) map[string]string {
	env := map[string]string{}
	for _, pair := range list {
		if name, value, ok := strings.Cut(pair, "="); ok {
			env[name] = value
		}
	}
	return env
}

func envName(path string) string {
	return envPrefix + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(path))
}

// readEnv applies WIREDESK_HTTP_LISTEN and its like, and WIREDESK_FEEDS_<NAME>_TOKEN of the feeds that the file names.
func (c *Config) readEnv(env map[string]string) Problems {
	var problems Problems
	for _, path := range c.settable() {
		if v, ok := env[envName(path)]; ok && v != "" {
			problems = append(problems, c.set(envName(path), path, v)...)
		}
	}
	return problems
}

func (c *Config) settable() []string {
	all := paths(reflect.TypeFor[Config](), "")
	for _, f := range c.Feeds {
		if f.Name != "" && !strings.Contains(f.Name, ".") {
			all = append(all, paths(reflect.TypeFor[Feed](), "feeds."+f.Name)...)
		}
	}
	return all
}

func (c *Config) readSet(list []string) Problems {
	var problems Problems
	for _, pair := range list {
		path, value, ok := strings.Cut(pair, "=")
		layer := "--set " + path
		if !ok {
			problems = append(problems, Problem{File: layer, Reason: "write it as --set a.b=value"})
			continue
		}
		problems = append(problems, c.set(layer, path, value)...)
	}
	return problems
}

// set puts one value at a dotted path. A feed is named, not numbered: feeds.sana.zone; a new name adds a feed.
func (c *Config) set(layer, path, value string) Problems {
	into, full := c.find(path)
	if !into.IsValid() {
		return Problems{{File: layer, Reason: fmt.Sprintf("no setting %q%s", path, meant(path, c.settable()))}}
	}
	origin := Origin{Layer: layer}
	if k := into.Kind(); k != reflect.Slice && k != reflect.Map && k != reflect.Struct {
		c.origins[full] = origin
		c.overrule(path)
		if err := assign(value, into); err != nil {
			return Problems{{File: layer, Reason: err.Error()}}
		}
		return nil
	}
	file, err := parser.ParseBytes([]byte(value), 0)
	if err != nil || len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return Problems{{File: layer, Reason: "wants a value as YAML writes it on one line: [a, b] or {a: 1}"}}
	}
	d := &decoder{
		expand: func(s string) (string, error) { return s, nil }, anchors: map[string]ast.Node{},
		origin: func(*token.Token) Origin { return origin }, origins: c.origins, kinds: c.kinds,
	}
	d.value(file.Docs[0].Body, into, full)
	return d.problems
}

// overrule empties the other way of giving the same secret, so that the later layer wins.
func (c *Config) overrule(path string) {
	other, isFile := strings.CutSuffix(path, "_file")
	if !isFile {
		other += "_file"
	}
	if i := strings.LastIndexByte(other, '.'); i >= 0 {
		section, _ := c.find(other[:i])
		if f := fieldOf(section.Type(), other[i+1:]); f >= 0 {
			section.Field(f).SetZero()
		}
	}
}

func (c *Config) find(path string) (reflect.Value, string) {
	v, full := reflect.ValueOf(c).Elem(), ""
	for name := range strings.SplitSeq(path, ".") {
		switch {
		case v.Type() == reflect.TypeFor[[]Feed]():
			i := c.feed(name)
			v, full = reflect.ValueOf(&c.Feeds[i]).Elem(), full+"["+strconv.Itoa(i)+"]"
		case v.Kind() == reflect.Struct:
			i := fieldOf(v.Type(), name)
			if i < 0 {
				return reflect.Value{}, ""
			}
			v, full = v.Field(i), join(full, name)
		default:
			return reflect.Value{}, ""
		}
	}
	return v, full
}

func (c *Config) feed(name string) int {
	if i := slices.IndexFunc(c.Feeds, func(f Feed) bool { return f.Name == name }); i >= 0 {
		return i
	}
	c.Feeds = append(c.Feeds, Feed{Name: name})
	return len(c.Feeds) - 1
}

// strangers warns of WIREDESK_ variables that set nothing. They are no error: a Kubernetes service named wiredesk
// puts WIREDESK_PORT and its like into every environment.
func strangers(env map[string]string) []Problem {
	var known []string
	for _, p := range paths(reflect.TypeFor[Config](), "") {
		known = append(known, envName(p))
	}
	var out []Problem
	for name := range env {
		foreign := strings.HasPrefix(name, envPrefix) && !strings.HasPrefix(name, envPrefix+"FEEDS_") && name != envPrefix+"CONFIG"
		if foreign && !slices.Contains(known, name) {
			out = append(out, Problem{File: name, Reason: "sets nothing" + meant(name, known)})
		}
	}
	slices.SortFunc(out, func(a, b Problem) int { return strings.Compare(a.File, b.File) })
	return out
}
