package markup

import (
	"errors"
	"io"
	"iter"
	"strings"
)

// Node is an element, or text where Name is empty; text beside a CDATA section comes as several nodes. Nodes are read-only once the tree is built, and then safe for
// concurrent use.
type Node struct {
	Space, Name string
	Text        string // of a text node
	Attrs       []Attr
	Parent      *Node
	First, Next *Node // first child, next sibling
	last        *Node
	From, To    int // byte offsets of the element, tags included, in the text it was read from; 0, 0 in HTML
}

// Parse reads a whole document into a tree. The repairs are what Options.Lax mended.
func Parse(text string, opt Options) (root *Node, repairs []string, err error) {
	r := NewReader(text, opt)
	t, err := r.Next()
	if err != nil {
		return nil, nil, err
	}
	if root, err = r.Tree(t); err != nil {
		return nil, nil, err
	}
	for {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			return root, r.Repairs, nil
		} else if err != nil {
			return nil, nil, err
		}
	}
}

// Tree reads the element that start just began, up to and with its end.
func (r *Reader) Tree(start Token) (*Node, error) {
	tags := strings.Count(r.text[start.From:min(len(r.text), start.From+64<<10)], "<")
	a := arena{next: 8 + tags*5/4}
	root := a.element(start)
	for at := root; at != nil; {
		t, err := r.Next()
		if err != nil {
			return nil, err
		}
		switch t.Kind {
		case Start:
			at = at.add(a.element(t))
		case End:
			at.To = t.To
			at = at.Parent
		case Text:
			at.add(a.text(t))
		}
		if a.count > MaxNodes {
			return nil, r.fault(start.From, "more than %d elements and texts in one item", MaxNodes)
		}
	}
	return root, nil
}

// arena hands out nodes and attributes from slabs, which is where a tree's time would go.
type arena struct {
	nodes []Node
	attrs []Attr
	count int
	next  int // size of the next slab
}

func (a *arena) node() *Node {
	if len(a.nodes) == 0 {
		a.nodes = make([]Node, min(a.next, 1024))
		a.next = min(64+a.count/4, 512)
	}
	n := &a.nodes[0]
	a.nodes = a.nodes[1:]
	a.count++
	return n
}

func (a *arena) element(t Token) *Node {
	n := a.node()
	n.Space, n.Name, n.From, n.To = t.Space, t.Name, t.From, t.To
	if k := len(t.Attrs); k > 0 {
		if len(a.attrs) < k {
			a.attrs = make([]Attr, max(k, min(max(32, a.count), 512)))
		}
		n.Attrs = a.attrs[:k:k]
		copy(n.Attrs, t.Attrs)
		a.attrs = a.attrs[k:]
		a.count += k / 4
	}
	return n
}

func (a *arena) text(t Token) *Node {
	n := a.node()
	n.Text, n.From, n.To = t.Text, t.From, t.To
	return n
}

func (n *Node) add(child *Node) *Node {
	child.Parent = n
	if n.last == nil {
		n.First = child
	} else {
		n.last.Next = child
	}
	n.last = child
	return child
}

// Attr is the value of an attribute by its local name, an unprefixed one first; empty when there is none, and for a
// nil node.
func (n *Node) Attr(name string) string {
	v, _ := n.Has(name)
	return v
}

// Has is Attr that tells a missing attribute from an empty one.
func (n *Node) Has(name string) (string, bool) {
	if n == nil {
		return "", false
	}
	found := -1
	for i, a := range n.Attrs {
		if a.Name != name {
			continue
		}
		if a.Space == "" {
			return a.Value, true
		}
		if found < 0 && a.Space != "xmlns" {
			found = i
		}
	}
	if found < 0 {
		return "", false
	}
	return n.Attrs[found].Value, true
}

// Children are the node's child nodes in order, text included. A nil node has none.
func (n *Node) Children() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		if n == nil {
			return
		}
		for c := n.First; c != nil; c = c.Next {
			if !yield(c) {
				return
			}
		}
	}
}

// All are the child elements of a name in order, "*" for any. A nil node has none.
func (n *Node) All(name string) iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		if n == nil {
			return
		}
		for c := n.First; c != nil; c = c.Next {
			if c.Name != "" && (name == "*" || c.Name == name) && !yield(c) {
				return
			}
		}
	}
}

// Child follows a path of local names down, the first of each; nil when it ends nowhere.
func (n *Node) Child(path ...string) *Node {
	for _, name := range path {
		if n == nil {
			return nil
		}
		c := n.First
		for c != nil && c.Name != name {
			c = c.Next
		}
		n = c
	}
	return n
}

// Walk calls visit for the node and all below it in document order, and goes below a node only where visit says so.
func (n *Node) Walk(visit func(*Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	for c := n.First; c != nil; c = c.Next {
		c.Walk(visit)
	}
}

// Find is the first element of a name below the node, in document order.
func (n *Node) Find(name string) (found *Node) {
	n.Walk(func(c *Node) bool {
		if found == nil && c != n && c.Name == name {
			found = c
		}
		return found == nil
	})
	return found
}

// FindAll are all elements of a name below the node, in document order.
func (n *Node) FindAll(name string) (found []*Node) {
	n.Walk(func(c *Node) bool {
		if c != n && c.Name == name {
			found = append(found, c)
		}
		return true
	})
	return found
}

// Line is all text below the node on one line: runs of white space are one space. Empty for a nil node.
func (n *Node) Line() string { return OneLine(n.Raw()) }

// Raw is all text below the node as it stands. Empty for a nil node.
func (n *Node) Raw() string {
	if n == nil {
		return ""
	}
	if n.Name == "" {
		return n.Text
	}
	if n.First != nil && n.First.Next == nil && n.First.Name == "" {
		return n.First.Text
	}
	var out strings.Builder
	n.Walk(func(c *Node) bool {
		out.WriteString(c.Text)
		return true
	})
	return out.String()
}
