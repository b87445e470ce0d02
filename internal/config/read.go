package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Source says where a configuration comes from.
type Source struct {
	File    string          // empty: no file
	Env     []string        // as os.Environ
	Set     []string        // "a.b=c", as --set takes them
	Formats []string        // names a feed's format may have; nil accepts any
	Outputs map[string]Kind // kinds an output may be of, by name
}

// Origin is where a value came from: a file with line and column, a variable's name, a flag.
type Origin struct {
	Layer        string
	Line, Column int
	near         string   // the line as it stands, secrets and all
	below        []string // the lines after it
}

// Read puts the layers together and checks everything. The error is Problems, all of them; the warnings are for the
// operator to see, and nothing fails for them. Read opens the named secrets and nothing else.
func Read(s Source) (*Config, []Problem, error) {
	c := Default()
	c.kinds = s.Outputs
	env := environment(s.Env)
	var problems Problems
	if s.File != "" {
		problems = c.readFile(s.File, env)
	}
	problems = append(problems, c.readEnv(env)...)
	problems = append(problems, c.readSet(s.Set)...)
	k := &checker{Config: c, file: s.File, formats: s.Formats}
	k.all()
	k.warnings = append(k.warnings, strangers(env)...)
	if problems = problems.with(k.problems); len(problems) > 0 {
		problems.sort()
		return nil, k.warnings, problems
	}
	return c, k.warnings, nil
}

func (c *Config) readFile(name string, env map[string]string) Problems {
	doc, err := load(name)
	if err != nil {
		return Problems{{File: name, Reason: err.Error()}}
	}
	lines := strings.Split(string(doc), "\n")
	at := func(tk *token.Token) Origin {
		line := tk.Position.Line
		here := min(line, len(lines))
		return Origin{name, line, tk.Position.Column, strings.TrimSuffix(lines[here-1], "\r"), lines[here:]}
	}
	d := &decoder{expand: expander(env), anchors: map[string]ast.Node{}, origin: at, origins: c.origins, kinds: c.kinds}
	file, err := parser.ParseBytes(doc, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil {
			d.fail(at.GetToken(), "%s", strings.Replace(at.GetMessage(), "found character '\t' that cannot start any token", "a tab indents here: YAML wants spaces", 1))
			return d.problems
		}
		return Problems{{File: name, Line: 1, Column: 1, Reason: err.Error()}}
	}
	d.document(file, c)
	return d.problems
}

func (d *decoder) document(file *ast.File, c *Config) {
	for i, doc := range file.Docs {
		switch {
		case doc.Body == nil || doc.Body.Type() == ast.NullType || doc.Body.Type() == ast.CommentType:
		case i > 0:
			d.fail(doc.Body.GetToken(), "a second document: a configuration is one")
		default:
			d.value(doc.Body, reflect.ValueOf(c).Elem(), "")
		}
	}
	if d.nodes > maxNodes { // of what is cut off in the middle, nothing else can be said
		d.problems, *c = d.problems[len(d.problems)-1:], *Default()
	}
}

func load(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, plainly(err)
	}
	defer func() { _ = f.Close() }()
	doc, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	switch {
	case err != nil:
		return nil, plainly(err)
	case len(doc) > maxBytes:
		return nil, fmt.Errorf("over 1 MiB: a configuration may not be larger")
	case !utf8.Valid(doc):
		return nil, fmt.Errorf("not UTF-8: save the file as UTF-8")
	}
	return doc, nil
}

// plainly is a file's error without the path, which the problem already names.
func plainly(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return fmt.Errorf("cannot be read: %w", p.Err)
	}
	return err
}
