package markup

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// Caps of one piece of HTML. A refusal names the cap.
const (
	MaxHTML      = 1 << 20 // bytes
	maxHTMLNodes = 50_000
)

// ParseHTML reads HTML, a whole page or a fragment, the way a browser would, into a tree whose root is named "html".
// It is refused only where it is over the caps: 1 MiB, 256 levels, 50,000 tags.
func ParseHTML(text string) (*Node, error) {
	if len(text) > MaxHTML {
		return nil, fmt.Errorf("HTML of %d bytes: the limit is %d", len(text), MaxHTML)
	}
	if n := strings.Count(text, "<"); n > maxHTMLNodes {
		return nil, fmt.Errorf("HTML with %d tags: the limit is %d", n, maxHTMLNodes)
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("HTML: %w", err)
	}
	root := &Node{Name: "html"}
	for c := doc.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			if err := root.adopt(c, 0); err != nil {
				return nil, err
			}
		}
	}
	return root, nil
}

// adopt copies what stands below an HTML element.
func (n *Node) adopt(h *html.Node, depth int) error {
	if depth > MaxDepth {
		return fmt.Errorf("HTML nested deeper than %d", MaxDepth)
	}
	for c := h.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			n.add(&Node{Text: c.Data})
		case html.ElementNode:
			child := &Node{Name: c.Data, Space: c.Namespace}
			for _, a := range c.Attr {
				child.Attrs = append(child.Attrs, Attr{Space: a.Namespace, Name: a.Key, Value: a.Val})
			}
			if err := n.add(child).adopt(c, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// HTMLText is the text a reader of the HTML would see. See [Node.PlainText].
func HTMLText(text string) (string, error) {
	if !strings.ContainsAny(text, "<&") {
		return (&Node{Text: text}).PlainText(), nil
	}
	root, err := ParseHTML(text)
	if err != nil {
		return "", err
	}
	return root.PlainText(), nil
}
