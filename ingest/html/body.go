package html

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/internal/markup"
)

// minBody is how many bytes a declared body must have to be taken for the whole text and not for a teaser.
const minBody = 200

// besides are words in class and id of what stands beside an article and is no part of it.
var besides = regexp.MustCompile(`(?i)(?:^|[-_ ])(?:share|sharing|social|related|recommend\w*|newsletter|promo\w*|advert\w*|ads?|sponsor\w*|comments?|cookie\w*|consent|breadcrumbs?|subscribe|paywall|nav|menu|footer|sidebar|toolbar|most-?read|trending|skip-link|sr-only|visually-hidden)(?:$|[-_ ])`)

// body is the part of a page that reads like an article's text: what is marked as its body, else the element that holds
// the most running text. It is nil where the page has no paragraphs.
func body(root *markup.Node) *markup.Node {
	best, most := (*markup.Node)(nil), 0
	weigh(root, 0, func(n *markup.Node, score int) {
		if score > most {
			best, most = n, score
		}
	})
	if marked := declared(root); marked != nil && 2*len(marked.PlainText()) > most {
		best = marked
	}
	if best == nil {
		return nil
	}
	return prune(best, 0)
}

// declared is the element that the page marks as the article's body.
func declared(root *markup.Node) (found *markup.Node) {
	root.Walk(func(n *markup.Node) bool {
		if found == nil && strings.EqualFold(n.Attr("itemprop"), "articleBody") {
			found = n
		}
		return found == nil
	})
	return found
}

// weigh gives each element the length of the running text in its own paragraphs, and half of that in those one level
// down, so that the element around the whole text outweighs its parts. Paragraphs that are mostly links are no text.
func weigh(n *markup.Node, depth int, take func(*markup.Node, int)) (own int) {
	if n.Name == "" || dropped(n) || depth > 200 {
		return 0
	}
	if n.Name == "p" || n.Name == "blockquote" || n.Name == "pre" {
		return running(n)
	}
	score := 0
	for c := range n.Children() {
		part := weigh(c, depth+1, take)
		switch c.Name {
		case "p", "blockquote", "pre":
			score += part
			own += part
		default:
			score += part / 2
			own += part * 9 / 10
		}
	}
	if score > 0 {
		take(n, max(score, own*8/10))
	}
	return own
}

// running is the length of an element's text outside links; 0 for less than a sentence.
func running(n *markup.Node) int {
	all := utf8.RuneCountInString(n.Line())
	linked := 0
	for _, a := range n.FindAll("a") {
		linked += utf8.RuneCountInString(a.Line())
	}
	if all < 25 || 2*linked > all {
		return 0
	}
	return all - linked
}

// dropped says whether an element stands beside the text.
func dropped(n *markup.Node) bool {
	switch n.Name {
	case "nav", "header", "footer", "aside", "form", "script", "style", "noscript", "button", "iframe", "select", "template", "svg", "dialog", "figure", "menu":
		return true
	}
	if n.Name == "" || n.Name == "body" || n.Name == "html" || n.Name == "article" || n.Name == "main" {
		return false
	}
	return n.Attr("hidden") != "" || n.Attr("aria-hidden") == "true" || besides.MatchString(n.Attr("class")) || besides.MatchString(n.Attr("id"))
}

// prune copies an element without what stands beside the text, and without headline and byline of the page, which have
// their own place.
func prune(n *markup.Node, depth int) *markup.Node {
	copied := &markup.Node{Space: n.Space, Name: n.Name, Text: n.Text, Attrs: n.Attrs}
	var last *markup.Node
	for c := range n.Children() {
		if dropped(c) || c.Name == "h1" || depth > 200 {
			continue
		}
		child := prune(c, depth+1)
		child.Parent = copied
		if last == nil {
			copied.First = child
		} else {
			last.Next = child
		}
		last = child
	}
	return copied
}
