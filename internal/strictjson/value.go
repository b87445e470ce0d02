// Package strictjson reads JSON documents (RFC 8259) from strangers: strictly, within limits, with the place of every
// value, and with errors that say in plain words what is wrong where. It refuses what encoding/json lets pass: the
// same name twice in an object, two names that differ only in case, nesting without end, numbers without measure, and
// anything behind the document.
package strictjson

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// Kind is what a value is.
type Kind byte

// The kinds of JSON values.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// String is the kind as an error message says it.
func (k Kind) String() string {
	return [...]string{"null", "true or false", "a number", "a text", "a list", "an object"}[k]
}

// Value is a JSON value and where it stands: the bytes Start to End of its document.
type Value struct {
	Kind       Kind
	Text       string   // a text, unescaped; of a number, true and false the characters in the document
	Names      []string // of an object, in the order of the document
	Items      []Value  // of a list; of an object the value of each name
	Start, End int
}

// Get is the member of an object with exactly that name; nil where there is none, or v is no object.
func (v *Value) Get(name string) *Value {
	if v == nil {
		return nil
	}
	for i, n := range v.Names {
		if n == name {
			return &v.Items[i]
		}
	}
	return nil
}

// At follows a path of names down; nil where it ends nowhere.
func (v *Value) At(path ...string) *Value {
	for _, name := range path {
		v = v.Get(name)
	}
	return v
}

// Len is how many members an object has; 0 for anything else and for none.
func (v *Value) Len() int {
	if v == nil {
		return 0
	}
	return len(v.Names)
}

// String is the text of a text, empty for every other value and for none.
func (v *Value) String() string {
	if v == nil || v.Kind != String {
		return ""
	}
	return v.Text
}

// Words is the value of a text, number, true or false as text, empty for lists, objects, null and none.
func (v *Value) Words() string {
	if v == nil || v.Kind == Null {
		return ""
	}
	return v.Text
}

// Integer is the value of a whole number, or of a text that spells one; false for anything else and for what does
// not fit. 3.0 and 3e2 are whole.
func (v *Value) Integer() (int, bool) {
	if v == nil || v.Kind != Number && v.Kind != String {
		return 0, false
	}
	if n, err := strconv.Atoi(strings.TrimSpace(v.Text)); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(v.Text, 64)
	if v.Kind != Number || err != nil || f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return 0, false
	}
	return int(f), true
}

// All are the items of a list; a value that is no list is a list of itself, none is no list.
func (v *Value) All() []Value {
	switch {
	case v == nil || v.Kind == Null:
		return nil
	case v.Kind == Array:
		return v.Items
	}
	return []Value{*v}
}

// JSON writes the value anew: names in their order, no white space, no HTML escapes.
func (v *Value) JSON() json.RawMessage { return v.append(nil) }

func (v *Value) append(to []byte) []byte {
	switch v.Kind {
	case Null:
		return append(to, "null"...)
	case Bool, Number:
		return append(to, v.Text...)
	case String:
		return appendText(to, v.Text)
	case Array:
		to = append(to, '[')
		for i := range v.Items {
			if i > 0 {
				to = append(to, ',')
			}
			to = v.Items[i].append(to)
		}
		return append(to, ']')
	}
	to = append(to, '{')
	for i := range v.Items {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(appendText(to, v.Names[i]), ':')
		to = v.Items[i].append(to)
	}
	return append(to, '}')
}

const hex = "0123456789abcdef"

func appendText(to []byte, s string) []byte {
	to = append(to, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			to = append(to, '\\', c)
		case c == '\n':
			to = append(to, '\\', 'n')
		case c < ' ':
			to = append(to, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			to = append(to, c)
		}
	}
	return append(to, '"')
}
