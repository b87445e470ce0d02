package route

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"

	"github.com/wiredesk/wiredesk"
)

// Explanation says why an article goes to a desk, or why not: every part of the expression, with what the article has
// for it.
type Explanation struct {
	Desk    string `json:"desk"`
	Matches bool   `json:"matches"`
	Parts   []Part `json:"parts"`
	Error   string `json:"error,omitempty"` // the route could not be evaluated
}

// Part is one of the conditions that must hold together.
type Part struct {
	Text   string  `json:"text"`
	Holds  bool    `json:"holds"`
	Values []Value `json:"values,omitempty"`
	Error  string  `json:"error,omitempty"`
}

// Value is a field that a condition asks for, as the article has it, shortened for a person.
type Value struct {
	Field string `json:"field"`
	Value string `json:"value"`
}

// Explain tells for every desk, in the order of the configuration, why the article goes there or not.
func (t *Table) Explain(a *wiredesk.Article) []Explanation {
	f := factsOf(a, t.zones)
	m := &vm.VM{MemoryBudget: MemoryBudget}
	out := make([]Explanation, 0, len(t.routes))
	for i, r := range t.routes {
		e := Explanation{Desk: t.names[i]}
		yes, err := r.run(m, f)
		e.Matches = yes
		if err != nil {
			e.Error = err.Error()
		}
		for _, c := range r.conditions() {
			e.Parts = append(e.Parts, c.explain(m, f))
		}
		out = append(out, e)
	}
	return out
}

// condition is one of the parts of an expression, ready to be explained.
type condition struct {
	text   string
	fields []string
	route  *Route
	fault  error
}

// conditionsOf takes an expression apart. It is for people who ask, not for every article.
func conditionsOf(parts []ast.Node) []condition {
	var out []condition
	for _, n := range parts {
		fields := &asked{}
		ast.Walk(&n, fields)
		c := condition{text: n.String(), fields: fields.names}
		c.route, c.fault = Compile(c.text)
		out = append(out, c)
	}
	return out
}

func (c condition) explain(m *vm.VM, f *facts) Part {
	p := Part{Text: c.text}
	for _, name := range c.fields {
		p.Values = append(p.Values, Value{name, f.value(name)})
	}
	err := c.fault
	if err == nil {
		p.Holds, err = c.route.run(m, f)
	}
	if err != nil {
		p.Error = err.Error()
	}
	return p
}

// asked gathers the fields that a condition asks for.
type asked struct{ names []string }

// Visit implements ast.Visitor.
func (q *asked) Visit(node *ast.Node) {
	name, ok := (*node).(*ast.IdentifierNode)
	if !ok {
		return
	}
	switch name.Value {
	case "topic":
		q.names = with(q.names, "topics")
	case "weekday", "between":
		q.names = with(q.names, "time")
	default:
		q.names = with(q.names, name.Value)
	}
}

// shown bounds a value in an explanation, in characters.
const shown = 120

func (f *facts) value(name string) string {
	if name == "time" {
		return f.at.UTC().Format("Mon 2006-01-02 15:04 UTC")
	}
	v := reflect.ValueOf(f).Elem()
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("expr") == name {
			return short(v.Field(i).Interface())
		}
	}
	return ""
}

func short(v any) string {
	text := fmt.Sprint(v)
	switch v := v.(type) {
	case string:
		text = fmt.Sprintf("%q", v)
	case []string:
		text = "[" + strings.Join(v, ", ") + "]"
	}
	if utf8.RuneCountInString(text) > shown {
		return string([]rune(text)[:shown]) + "…"
	}
	return text
}
