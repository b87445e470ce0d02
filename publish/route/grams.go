package route

import (
	"regexp/syntax"
	"slices"
	"unicode"

	"github.com/expr-lang/expr/ast"
)

// The index knows running text by its grams: stretches of so many characters, folded. What a text contains, contains
// each of its grams.
const (
	shortest = 3
	longest  = 6
	spots    = 8 // grams of one literal that the index chooses from
)

// prose are the fields that the index knows by their grams.
func prose() []string { return []string{"text", "headline", "slugline"} }

// gramsOf are the choices of terms that a condition on running text leaves; none where nothing can be said.
func gramsOf(n *ast.BinaryNode) [][]term {
	field := proseField(n.Left)
	s, ok := n.Right.(*ast.StringNode)
	if field == "" || !ok {
		return nil
	}
	literals := []string{s.Value}
	if n.Operator == "matches" {
		re, err := syntax.Parse(s.Value, syntax.Perl)
		if err != nil {
			return nil
		}
		literals = literal(re.Simplify())
	}
	if len(literals) == 1 {
		return choices(field, literals[0])
	}
	var set []term
	for _, l := range literals {
		all := choices(field, l)
		if all == nil {
			return nil
		}
		set = append(set, all[len(all)/2]...)
	}
	if set == nil {
		return nil
	}
	return [][]term{set}
}

// proseField is the field that a node stands for, in whichever case; empty where it is none of running text.
func proseField(n ast.Node) string {
	if b, ok := n.(*ast.BuiltinNode); ok && (b.Name == "lower" || b.Name == "upper") && len(b.Arguments) == 1 {
		n = b.Arguments[0]
	}
	if name, ok := n.(*ast.IdentifierNode); ok && slices.Contains(prose(), name.Value) {
		return name.Value
	}
	return ""
}

// choices are grams of a literal, each enough by itself; nil where it is too short for any.
func choices(field, text string) [][]term {
	runes := folded(text)
	size := min(longest, len(runes))
	if size < shortest {
		return nil
	}
	var out [][]term
	step := max(1, (len(runes)-size)/spots)
	for i := 0; i+size <= len(runes); i += step {
		out = append(out, []term{{field, string(runes[i : i+size])}})
	}
	return out
}

// literal are texts of which everything that matches contains at least one; nil where nothing can be said.
func literal(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpCapture, syntax.OpPlus:
		return literal(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return literal(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if l := literal(sub); l != nil && (best == nil || least(l) > least(best)) {
				best = l
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			l := literal(sub)
			if l == nil {
				return nil
			}
			all = append(all, l...)
		}
		return all
	}
	return nil
}

func least(texts []string) int {
	n := len(texts[0])
	for _, t := range texts {
		n = min(n, len(t))
	}
	return n
}

// folded is a text with one character for all that differ in case only, as RE2, lower and upper take them.
func folded(text string) []rune {
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case 'a' <= r && r <= 'z':
			runes[i] = r - 'a' + 'A'
		case r > unicode.MaxASCII:
			runes[i] = fold(r)
		}
	}
	return runes
}

// fold is the first of the characters that differ from r in case only, by their number.
func fold(r rune) rune {
	if r == 'İ' || r == 'ı' { // Turkish letters, which lower and upper make into the others' i
		return 'I'
	}
	first := r
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		first = min(first, other)
	}
	return first
}

// grams calls visit for every gram of the sizes that the field has. One that comes again may be visited again.
func (f *facts) grams(field string, sizes []int, visit func(term)) {
	text := map[string]string{"text": f.Text, "headline": f.Headline, "slugline": f.Slugline}[field]
	if len(sizes) == 0 {
		return
	}
	runes := folded(text)
	for _, size := range sizes {
		for i := 0; i+size <= len(runes); i++ {
			visit(term{field, string(runes[i : i+size])})
		}
	}
}
