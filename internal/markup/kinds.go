package markup

// Kinds of element, by what they do to the line.
const (
	inline = iota
	block
	row
	cell
	breaks
	hidden
)

// kind names what an element of HTML or NITF does to running text. Names are in lower case.
func kind(name string) int {
	switch name {
	case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol", "dl", "table", "blockquote", "pre", "section",
		"article", "header", "footer", "aside", "figure", "figcaption", "main", "address", "nav", "fieldset", "form",
		"details", "summary", "hl1", "hl2", "hedline", "block", "bq", "nitf-table", "media-caption", "fn",
		"body", "body.head", "body.content", "body.end", "tagline", "caption", "note", "center":
		return block
	case "li", "dt", "dd", "tr", "nitf-table-row", "credit", "legend":
		return row
	case "td", "th":
		return cell
	case "br":
		return breaks
	case "script", "style", "head", "template", "noscript", "iframe", "object", "svg", "math", "select", "title",
		"media", "media-reference", "media-metadata", "media-object", "nitf-col", "nitf-colgroup", "nitf-table-metadata":
		return hidden
	}
	return inline
}
