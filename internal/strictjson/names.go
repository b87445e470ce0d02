package strictjson

import (
	"fmt"
	"strings"
	"unicode"
)

// names are the names of one object so far, by their folded form.
type names struct {
	seen map[string]string
	few  []string
}

// add takes a name in, and says what is wrong with it: it stood there before, or in other case.
func (n *names) add(name string) string {
	if n.seen == nil && len(n.few) < 16 {
		for _, old := range n.few {
			if strings.EqualFold(old, name) {
				return clash(old, name)
			}
		}
		n.few = append(n.few, name)
		return ""
	}
	if n.seen == nil {
		n.seen = make(map[string]string, 64)
		for _, old := range n.few {
			n.seen[folded(old)] = old
		}
	}
	key := folded(name)
	if old, taken := n.seen[key]; taken {
		return clash(old, name)
	}
	if len(n.seen) == MaxNames {
		return fmt.Sprintf("this object has more than %d names", MaxNames)
	}
	n.seen[key] = name
	return ""
}

func clash(old, name string) string {
	if old == name {
		return fmt.Sprintf("the name %q stands twice in this object", name)
	}
	return fmt.Sprintf("the name %q differs from %q only in case", name, old)
}

// folded is the same for all names that [strings.EqualFold] calls equal: each character is the least of its orbit.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 'A' {
			return r
		}
		least := r
		for o := unicode.SimpleFold(r); o != r; o = unicode.SimpleFold(o) {
			least = min(least, o)
		}
		return least
	}, s)
}
