package route

import (
	"slices"

	"github.com/expr-lang/expr/ast"
)

// term is a fact that an index can look up: this value in this field.
type term struct{ field, value string }

// required are the choices that a condition leaves to the index: of each set of terms, an article must have at least one
// for the condition to hold. None where nothing can be said.
func required(n ast.Node) [][]term {
	switch n := n.(type) {
	case *ast.CallNode:
		if name, ok := n.Callee.(*ast.IdentifierNode); ok && name.Value == "topic" && len(n.Arguments) == 1 {
			return one(terms("topics", n.Arguments[0]))
		}
	case *ast.BinaryNode:
		return ofOperator(n)
	}
	return nil
}

// one is the set as the only choice.
func one(set []term) [][]term {
	if set == nil {
		return nil
	}
	return [][]term{set}
}

func ofOperator(n *ast.BinaryNode) [][]term {
	switch n.Operator {
	case "or", "||":
		left, right := required(n.Left), required(n.Right)
		if left != nil && right != nil {
			return one(append(slices.Clone(smallest(left)), smallest(right)...))
		}
	case "and", "&&":
		return append(required(n.Left), required(n.Right)...)
	case "==":
		if name, ok := n.Left.(*ast.IdentifierNode); ok && slices.Contains(single(), name.Value) {
			return one(terms(name.Value, n.Right))
		}
		if name, ok := n.Right.(*ast.IdentifierNode); ok && slices.Contains(single(), name.Value) {
			return one(terms(name.Value, n.Left))
		}
	case "in":
		if name, ok := n.Right.(*ast.IdentifierNode); ok && slices.Contains(many(), name.Value) {
			return one(terms(name.Value, n.Left))
		}
		if name, ok := n.Left.(*ast.IdentifierNode); ok && slices.Contains(single(), name.Value) {
			return one(terms(name.Value, n.Right))
		}
	case "contains", "matches", "startsWith", "endsWith":
		return gramsOf(n)
	}
	return nil
}

func smallest(sets [][]term) []term {
	return slices.MinFunc(sets, func(a, b []term) int { return len(a) - len(b) })
}

// terms are the field with each text that the node may stand for; nil where it is anything but texts.
func terms(field string, n ast.Node) []term {
	switch n := n.(type) {
	case *ast.StringNode:
		return []term{{field, n.Value}}
	case *ast.ArrayNode:
		var out []term
		for _, v := range n.Nodes {
			one, ok := v.(*ast.StringNode)
			if !ok {
				return nil
			}
			out = append(out, term{field, one.Value})
		}
		return out
	}
	return nil
}

// single are the fields with one value that the index knows.
func single() []string { return []string{"provider", "feed", "lang", "alert", "event"} }

// many are the fields with a list that the index knows.
func many() []string {
	return []string{"sources", "origin", "topics", "places", "languages", "genres", "keywords", "people", "organisations"}
}

// each calls visit for every term that the article has. Its order and fields are those of single and many.
func (f *facts) each(visit func(term)) {
	for _, t := range []term{{"provider", f.Provider}, {"feed", f.Feed}, {"lang", f.Lang}, {"alert", f.Alert}, {"event", f.Event}} {
		visit(t)
	}
	lists := [][]string{f.Sources, f.Origin, f.Topics, f.Places, f.Languages, f.Genres, f.Keywords, f.People, f.Organisations}
	for i, name := range many() {
		for _, v := range lists[i] {
			visit(term{name, v})
		}
	}
}
