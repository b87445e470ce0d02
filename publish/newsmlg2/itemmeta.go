package newsmlg2

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/newscodes"
)

// hops writes who handled the story on its way.
func (e *encoder) hops() {
	var hops []wiredesk.Party
	for _, p := range e.Item.InfoSources {
		if strings.HasPrefix(p.Role, "hop:") {
			hops = append(hops, p)
		}
	}
	if len(hops) == 0 {
		return
	}
	e.Open("hopHistory")
	for _, p := range hops {
		e.Open("hop")
		e.party("party", p)
		for action := range strings.SplitSeq(strings.TrimPrefix(p.Role, "hop:"), ",") {
			e.Empty("action", "qcode", "hopaction:"+action)
		}
		e.Close()
	}
	e.Close()
}

// party writes a party: its name, or the literal that stands for one.
func (e *encoder) party(element string, p wiredesk.Party, attrs ...string) {
	if p.URI == "" && p.Literal == "" {
		e.Empty(element, append(attrs, "literal", p.Name)...)
		return
	}
	e.concept(element, p.Name, append(attrs, coded(p.URI, p.Literal)...)...)
}

func (e *encoder) rights() {
	i := &e.Item
	if i.CopyrightHolder == "" && i.CopyrightNotice == "" && i.UsageTerms == "" && i.RightsInfo == nil {
		return
	}
	e.Open("rightsInfo")
	if i.CopyrightHolder != "" {
		e.Empty("copyrightHolder", "literal", i.CopyrightHolder)
	}
	e.Leaf("copyrightNotice", i.CopyrightNotice)
	for line := range strings.SplitSeq(i.UsageTerms, "\n") {
		e.Leaf("usageTerms", line)
	}
	if r := i.RightsInfo; r != nil {
		if r.LinkedRights != "" {
			e.Empty("link", "rel", "irel:hasRights", "href", r.LinkedRights)
		}
		e.Leaf("rightsExpressionData", r.EncodedRights, "langid", r.LangID)
	}
	e.Close()
}

func (e *encoder) itemMeta() {
	i := &e.Item
	e.Open("itemMeta")
	e.Empty("itemClass", "qcode", newscodes.Class(i.Type))
	e.provider()
	e.Leaf("versionCreated", moment(i.VersionCreated))
	e.Leaf("firstCreated", moment(i.FirstCreated))
	e.embargo()
	e.Empty("pubStatus", "qcode", "stat:"+i.Status())
	e.Leaf("profile", i.Profile)
	e.Leaf("title", i.Title)
	for _, line := range lines(i.EdNote) {
		e.Leaf("edNote", line)
	}
	e.signals()
	e.Leaf("expires", moment(i.Expires))
	if e.EvolvedFrom != "" {
		e.Empty("link", "rel", "irel:evolvedFrom", "residref", e.EvolvedFrom)
	}
	for _, a := range i.Associations {
		e.association(a)
	}
	e.Close()
}

// provider writes who sends the item: the one that the item names, else the line's.
func (e *encoder) provider() {
	named := false
	for _, p := range e.Item.InfoSources {
		if p.Role == "provider" {
			e.party("provider", p)
			named = true
		}
	}
	if !named {
		e.Empty("provider", "literal", e.Provider)
	}
}

// embargo writes the end of an embargo; an empty element says that the end is not known.
func (e *encoder) embargo() {
	if e.EmbargoUnknown {
		e.Empty("embargoed")
		return
	}
	e.Leaf("embargoed", moment(e.Item.EmbargoedUntil))
}

func (e *encoder) signals() {
	corrected := false
	for _, s := range e.Signals {
		attr := "literal"
		if _, _, ok := newscodes.Split(s); ok {
			attr = "qcode"
		}
		e.Empty("signal", attr, s)
		corrected = corrected || strings.HasSuffix(strings.ToLower(s), "correction")
	}
	if e.Correction && !corrected {
		e.Empty("signal", "qcode", "sig:correction")
	}
}

func (e *encoder) association(a wiredesk.Association) {
	href, contentType := "", ""
	if len(a.Renditions) > 0 {
		href, contentType = a.Renditions[0].Href, a.Renditions[0].ContentType
		e.lose("associations[].renditions", len(a.Renditions) > 1)
	}
	rel := a.Rel
	if rel == "" {
		rel = a.Name
	}
	e.lose("associations[].name", a.Name != rel)
	e.lose("associations[].by", a.By != "")
	e.Open("link", "rel", "irel:"+rel, "residref", a.URI, "version", a.Version, "href", href, "contenttype", contentType)
	if a.Type != "" {
		e.Empty("itemClass", "qcode", newscodes.Class(a.Type))
	}
	e.Leaf("title", a.Title)
	for _, h := range a.Headlines {
		e.Leaf("headline", h.Value, "role", role("hlrol:", h.Role))
	}
	for _, d := range a.Descriptions {
		e.Leaf("description", d.Value, "role", role("drol:", d.Role))
	}
	e.Close()
}

// role is a role with its alias; the main headline has none.
func role(alias, word string) string {
	if word == "" || word == "main" {
		return ""
	}
	return alias + word
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
