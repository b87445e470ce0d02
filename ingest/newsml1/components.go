package newsml1

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// components are all components of the item, outer before inner, in document order.
func (it *item) components() []*markup.Node {
	var all []*markup.Node
	for c := range it.node.All("NewsComponent") {
		c.Walk(func(n *markup.Node) bool {
			if n.Name == "NewsComponent" {
				all = append(all, n)
			}
			return n.Name == "NewsComponent"
		})
	}
	return all
}

// lines reads the words of a text's component for people. What an outer component said is kept.
func (it *item) lines(c *markup.Node) {
	lines := c.Child("NewsLines")
	if lines == nil {
		return
	}
	for h := range lines.All("HeadLine") {
		role := "main"
		if it.Item.Headline() != "" {
			role = "alternate"
		}
		if text := h.Line(); !strings.EqualFold(text, it.Item.Headline()) {
			it.Headline(role, text)
		}
	}
	for h := range lines.All("SubHeadLine") {
		it.Headline("sub", h.Line())
	}
	for b := range lines.All("ByLine") {
		it.By(b.Line())
	}
	if it.Dateline == "" {
		it.Dateline = lines.Child("DateLine").Line()
	}
	if it.Item.Slugline == "" {
		it.Item.Slugline = lines.Child("SlugLine").Line()
	}
	if it.Credit == "" {
		it.Credit = lines.Child("CreditLine").Line()
	}
	if it.Item.CopyrightNotice == "" {
		it.Item.CopyrightNotice = lines.Child("CopyrightLine").Line()
	}
	it.UsageTerms(lines.Child("RightsLine").Line())
	for k := range lines.All("KeywordLine") {
		it.keywords(k.Line())
	}
	for n := range lines.All("NewsLine") {
		it.newsLine(n)
	}
	for s := range lines.All("SeriesLine") {
		it.Original("series", s.Line())
	}
}

// newsLine is a line of the provider's own kind.
func (it *item) newsLine(n *markup.Node) {
	kind := formal(n.Child("NewsLineType"))
	text := n.Child("NewsLineText").Line()
	low := strings.ToLower(kind)
	switch {
	case strings.Contains(low, "advisory") || strings.Contains(low, "edit") || strings.Contains(low, "note"):
		it.EdNote(text)
	case strings.Contains(low, "keyword") || strings.Contains(low, "catch"):
		it.keywords(text)
	case text != "":
		it.Original("line "+kind, text)
	}
}

// keywords are words apart by a semicolon, a comma or, as ANP sends them, a hyphen.
func (it *item) keywords(line string) {
	by := ","
	switch {
	case strings.Contains(line, ";"):
		by = ";"
	case it.is("anp") && !strings.Contains(line, ","):
		by = "-"
	}
	for w := range strings.SplitSeq(line, by) {
		it.Keyword(w)
	}
}

func (it *item) metadata(c *markup.Node) {
	it.administrative(c.Child("AdministrativeMetadata"))
	it.rights(c.Child("RightsMetadata"))
	it.descriptive(c.Child("DescriptiveMetadata"))
	for topic := range c.Child("TopicSet").All("Topic") {
		it.topic(topic)
	}
	for m := range c.All("Metadata") {
		it.properties(m)
	}
	for n := range c.All("Comment") {
		it.EdNote(n.Line())
	}
}

func (it *item) administrative(a *markup.Node) {
	for _, role := range []string{"Provider", "Creator", "Source", "Contributor"} {
		for n := range a.All(role) {
			for p := range n.All("Party") {
				it.InfoSource(strings.ToLower(role), draft.Coded{Name: formal(p)})
				it.who += " " + strings.ToLower(formal(p))
			}
		}
	}
	it.properties(a)
}

func (it *item) rights(r *markup.Node) {
	for c := range r.All("Copyright") {
		if it.Item.CopyrightHolder == "" {
			it.Item.CopyrightHolder = c.Child("CopyrightHolder").Line()
		}
	}
	for u := range r.All("UsageRights") {
		var terms []string
		for _, name := range []string{"UsageType", "Geography", "Limitations", "StartDate", "EndDate"} {
			if line := u.Child(name).Line(); line != "" {
				terms = append(terms, line)
			}
		}
		it.UsageTerms(strings.Join(terms, "; "))
	}
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
