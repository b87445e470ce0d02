// Package route decides which desks get an article. A desk has one expression over the article's standard fields, in
// the language of expr-lang (https://expr-lang.org); it is compiled and type-checked once, bounded, and has no side
// effects. The same article always goes to the same desks: the only clock is the time of the article's last hop.
package route

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// Limits of one expression. A fault names the limit that it is over.
const (
	MaxExpression = 4096    // bytes
	MaxNodes      = 500     // names, values and operators
	MemoryBudget  = 100_000 // of one evaluation, in the units of expr-lang
)

// Desk is one route as an operator writes it: the article goes to the desk when the expression is true.
type Desk struct {
	Name string
	When string
}

// Fault is what is wrong with an expression. Offset counts characters from its beginning, from 0. Where a name is
// unknown, Unknown is that name and Known are those that could stand there.
type Fault struct {
	Offset  int
	Reason  string
	Unknown string
	Known   []string
}

// Error is the reason alone: the place is its caller's to show.
func (f *Fault) Error() string { return f.Reason }

// Route is a compiled expression. It is safe for concurrent use.
type Route struct {
	program *vm.Program
	parts   []ast.Node // what must hold together, in the order written
	zones   zones

	conditions func() []condition // made when first asked for
}

// Compile checks an expression and makes it ready to run. The error is a *Fault.
func Compile(when string) (*Route, error) {
	if len(when) > MaxExpression {
		return nil, &Fault{Reason: fmt.Sprintf("an expression of %d bytes: the limit is %d", len(when), MaxExpression)}
	}
	if strings.TrimSpace(when) == "" {
		return nil, &Fault{Reason: `an empty expression: write it like "reuters" in sources and urgency <= 3`}
	}
	if !utf8.ValidString(when) {
		return nil, &Fault{Reason: "an expression that is not UTF-8"}
	}
	tree, err := parser.Parse(when)
	if err != nil {
		return nil, faultOf(err)
	}
	g := &guard{zones: zones{}}
	if f := g.check(&tree.Node); f != nil {
		return nil, f
	}
	program, err := expr.Compile(when, options()...)
	if err != nil {
		return nil, faultOf(err)
	}
	parts := conjuncts(tree.Node, nil)
	conditions := sync.OnceValue(func() []condition { return conditionsOf(parts) })
	return &Route{program: program, parts: parts, zones: g.zones, conditions: conditions}, nil
}

func options() []expr.Option {
	out := []expr.Option{
		expr.Env(&facts{}), expr.AsBool(), expr.WarnOnAny(), expr.MaxNodes(MaxNodes), expr.DisableAllBuiltins(),
	}
	for _, name := range allowed() {
		out = append(out, expr.EnableBuiltin(name))
	}
	return out
}

// allowed are the functions of expr-lang that an expression may call: what cannot grow memory, and looks at one list.
func allowed() []string {
	return []string{"any", "all", "none", "count", "len", "lower", "upper", "trim", "hasPrefix", "hasSuffix"}
}

// faultOf is an error of expr-lang in our words.
func faultOf(err error) *Fault {
	var at *file.Error
	if !errors.As(err, &at) {
		return &Fault{Reason: strings.Replace(err.Error(), "compilation failed: ", "", 1)}
	}
	f := &Fault{Offset: at.From, Reason: at.Message}
	if name, ok := strings.CutPrefix(at.Message, "unknown name "); ok {
		f.Reason, f.Unknown, f.Known = fmt.Sprintf("no field %q", name), name, append(Fields(), allowed()...)
	}
	return f
}

// run evaluates the expression. An error says what went wrong with it for this article.
func (r *Route) run(m *vm.VM, f *facts) (bool, error) {
	out, err := m.Run(r.program, f)
	if err != nil {
		return false, fmt.Errorf("route: %w", faultOf(err))
	}
	yes, _ := out.(bool)
	return yes, nil
}

// conjuncts are the terms between the outermost "and"s.
func conjuncts(n ast.Node, into []ast.Node) []ast.Node {
	if b, ok := n.(*ast.BinaryNode); ok && (b.Operator == "and" || b.Operator == "&&") {
		return conjuncts(b.Right, conjuncts(b.Left, into))
	}
	return append(into, n)
}
