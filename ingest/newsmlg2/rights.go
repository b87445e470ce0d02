package newsmlg2

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

func (it *item) rights() {
	for r := range it.node.All("rightsInfo") {
		if holder := label(r.Child("copyrightHolder")); r.Child("copyrightHolder") != nil && it.Item.CopyrightHolder == "" {
			it.Item.CopyrightHolder = holder
		}
		if n := r.Child("copyrightNotice"); n != nil && it.Item.CopyrightNotice == "" {
			it.Item.CopyrightNotice = strings.TrimSpace(n.Line() + " " + n.Attr("href"))
		}
		for u := range r.All("usageTerms") {
			it.UsageTerms(u.Line())
		}
		it.expressed(r)
	}
}

// expressed keeps rights that machines can read: an ODRL or RightsML expression, a link to one, the word on data
// mining.
func (it *item) expressed(r *markup.Node) {
	for _, name := range []string{"rightsExpressionXML", "rightsExpressionData"} {
		for e := range r.All(name) {
			if it.Item.RightsInfo == nil {
				lang := e.Attr("langid")
				if !ninjs.IsURI(lang) {
					lang = ""
				}
				it.Item.RightsInfo = &wiredesk.RightsInfo{LangID: lang, EncodedRights: strings.TrimSpace(e.HTMLOrText())}
			}
		}
	}
	for l := range r.All("link") {
		if href := l.Attr("href"); it.Item.RightsInfo == nil && markup.SafeLink(href) && strings.HasPrefix(strings.ToLower(href), "http") {
			it.Item.RightsInfo = &wiredesk.RightsInfo{LinkedRights: href}
		}
	}
	if d := r.Child("dataMining"); d != nil {
		it.Original("dataMining", codeOf(d))
		if prohibited(codeOf(d)) {
			it.UsageTerms("No text and data mining (" + codeOf(d) + ")")
		}
	}
	if d := r.Child("otherConstraints"); d != nil {
		it.UsageTerms(d.Line())
	}
}

func prohibited(code string) bool {
	return strings.Contains(strings.ToUpper(code), "PROHIBITED")
}

// hops notes who handled the item on its way, in order.
func (it *item) hops() {
	for h := range it.node.All("hopHistory") {
		for hop := range h.All("hop") {
			var actions []string
			for a := range hop.All("action") {
				actions = append(actions, strings.TrimPrefix(codeOf(a), "hopaction:"))
			}
			for p := range hop.All("party") {
				it.InfoSource("hop:"+strings.Join(actions, ","), it.coded(p))
			}
		}
	}
}
