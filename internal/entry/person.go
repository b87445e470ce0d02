package entry

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/markup"
)

// Person is the name in one of the forms feeds give an author: "desk@example.org (A. Writer)", "A. Writer
// <desk@example.org>", "By A. Writer", or a bare address.
func Person(author string) string {
	author = markup.OneLine(author)
	if open := strings.IndexByte(author, '('); open > 0 && strings.HasSuffix(author, ")") && strings.Contains(author[:open], "@") {
		return strings.TrimSpace(author[open+1 : len(author)-1])
	}
	if open := strings.IndexByte(author, '<'); open > 0 && strings.HasSuffix(author, ">") {
		author = strings.Trim(author[:open], ` "`)
	}
	if rest, ok := strings.CutPrefix(author, "mailto:"); ok {
		author = rest
	}
	if len(author) > 3 && strings.EqualFold(author[:3], "by ") {
		author = author[3:]
	}
	return strings.TrimSpace(author)
}
