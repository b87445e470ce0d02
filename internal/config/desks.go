package config

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/route"
)

// Desk is one route of an operator's: every article for which the expression is true goes to news.desk.<name>.
type Desk struct {
	Name string `yaml:"name"`
	When string `yaml:"when"`
}

// Routes are the configured desks, compiled. Read has checked them, so an error means that the configuration was made
// by hand.
func (c *Config) Routes() (*route.Table, error) {
	var all []route.Desk
	for _, d := range c.Desks {
		all = append(all, route.Desk{Name: d.Name, When: d.When})
	}
	return route.New(all)
}

func (k *checker) desks() {
	seen := map[string]string{}
	for i, d := range k.Desks {
		path := fmt.Sprintf("desks[%d]", i)
		if d.Name == "" {
			k.fail(path, "a desk without a name: add name: …")
		} else if _, err := stream.Token(d.Name); err != nil {
			k.fail(path+".name", "%s", err)
		}
		k.unique(seen, d.Name, path, path+".name", "the desk %q is configured twice, first at %s")
		_, err := route.Compile(d.When)
		var f *route.Fault
		if errors.As(err, &f) {
			k.problems = append(k.problems, k.within(path+".when", d.When, f))
		}
	}
}

// within tells a fault at its place inside the expression, where the file shows the expression as it was read.
func (k *checker) within(path, when string, f *route.Fault) Problem {
	hint := ""
	if f.Unknown != "" {
		hint = meant(f.Unknown, f.Known)
	}
	p := k.at(path, "%s%s", f.Reason, hint)
	o, ok := k.origins[path]
	if !ok || o.Line == 0 {
		return p
	}
	runes := []rune(when)
	offset := min(f.Offset, len(runes))
	before := string(runes[:offset])
	start := strings.LastIndexByte(before, '\n') + 1
	line, _, _ := strings.Cut(when[start:], "\n")
	// A folded expression stands on several lines of the file: then the words at the fault lead to it.
	words, _, _ := strings.Cut(string(runes[offset:min(offset+12, len(runes))]), "\n")
	return o.find(o.find(p, words, 0), line, utf8.RuneCountInString(before[start:]))
}

// find moves a problem to where the text stands in the file, so many characters on; it stays where there is no such
// text.
func (o Origin) find(p Problem, text string, across int) Problem {
	if strings.TrimSpace(text) == "" {
		return p
	}
	for i, line := range append([]string{o.near}, o.below[:min(len(o.below), maxBelow)]...) {
		if at := strings.Index(line, text); at >= 0 {
			p.Line, p.Column = o.Line+i, utf8.RuneCountInString(line[:at])+across+1
			p.Near = masked(strings.TrimSuffix(line, "\r"))
			return p
		}
	}
	return p
}

// maxBelow is how many lines below its name an expression is looked for.
const maxBelow = 100
