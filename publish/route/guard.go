package route

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// guard refuses what could run long or never be true, before an article meets it.
type guard struct {
	zones zones
	fault *Fault
}

// check is the first thing wrong with the tree, nil if there is none.
func (g *guard) check(n *ast.Node) *Fault {
	ast.Walk(n, g)
	return g.fault
}

func (g *guard) fail(n ast.Node, format string, args ...any) {
	if g.fault == nil {
		g.fault = &Fault{Offset: n.Location().From, Reason: fmt.Sprintf(format, args...)}
	}
}

// Visit implements ast.Visitor.
func (g *guard) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.BinaryNode:
		g.operator(n)
	case *ast.BuiltinNode:
		g.builtin(n)
	case *ast.CallNode:
		g.call(n)
	case *ast.VariableDeclaratorNode, *ast.SequenceNode:
		g.fail(n, "an expression has no variables and no parts: write it as one condition")
	}
}

func (g *guard) operator(n *ast.BinaryNode) {
	switch n.Operator {
	case "..":
		g.fail(n, "ranges are not allowed: compare with <= and >=")
	case "matches":
		g.pattern(n.Right)
	case "in":
		if name, ok := n.Right.(*ast.IdentifierNode); ok {
			g.literal(n.Left, name.Value)
		}
	}
}

func (g *guard) pattern(n ast.Node) {
	p, ok := n.(*ast.StringNode)
	if !ok {
		g.fail(n, "the pattern after matches is to be a text in quotes: an article may not bring its own")
		return
	}
	if _, err := regexp.Compile(p.Value); err != nil {
		g.fail(n, "%s; patterns are RE2: https://github.com/google/re2/wiki/Syntax", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
}

// literal looks at a value that could never be in its list.
func (g *guard) literal(n ast.Node, list string) {
	s, ok := n.(*ast.StringNode)
	if ok && list == "places" && (len(s.Value) != 2 || s.Value != strings.ToUpper(s.Value)) {
		g.fail(n, "%q is no country: places are ISO 3166-1 codes in capitals, like SY", s.Value)
	}
}

// builtin allows predicates one within no other: time grows with every level.
func (g *guard) builtin(n *ast.BuiltinNode) {
	if !slices.Contains(allowed(), n.Name) {
		g.fail(n, "the function %s is not allowed here; those that are: %s", n.Name, strings.Join(allowed(), ", "))
	}
	if n.Name == "count" && len(n.Arguments) == 1 {
		g.fail(n, "count wants a condition, as in count(people, # startsWith \"Dr \"); for the length of a list use len")
	}
	for _, a := range n.Arguments {
		if p, ok := a.(*ast.PredicateNode); ok && holdsPredicate(p.Node) {
			g.fail(n, "%s holds a condition on another list: its time would grow with both", n.Name)
		}
	}
}

type predicates struct{ found bool }

// Visit implements ast.Visitor.
func (p *predicates) Visit(node *ast.Node) {
	_, is := (*node).(*ast.PredicateNode)
	p.found = p.found || is
}

func holdsPredicate(n ast.Node) bool {
	p := &predicates{}
	ast.Walk(&n, p)
	return p.found
}

// call reads the windows of time, so that what they name is known to exist.
func (g *guard) call(n *ast.CallNode) {
	name, ok := n.Callee.(*ast.IdentifierNode)
	if !ok || name.Value != "weekday" && name.Value != "between" {
		return
	}
	want := map[string]int{"weekday": 2, "between": 3}[name.Value]
	var texts []string
	for _, a := range n.Arguments {
		s, ok := a.(*ast.StringNode)
		if !ok {
			g.fail(a, "%s wants texts in quotes", name.Value)
			return
		}
		texts = append(texts, s.Value)
	}
	if len(texts) != want {
		g.fail(n, `%s wants %d texts: weekday("mon-fri", "Asia/Damascus"), between("22:00", "06:00", "Europe/London")`, name.Value, want)
		return
	}
	if err := g.zones.load(texts[want-1]); err != nil {
		g.fail(n.Arguments[want-1], "%s", err)
	}
	for i, text := range texts[:want-1] {
		var err error
		if name.Value == "weekday" {
			_, err = days(text)
		} else {
			_, err = minutes(text)
		}
		if err != nil {
			g.fail(n.Arguments[i], "%s", err)
		}
	}
}
