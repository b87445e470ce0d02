package newsmlg2

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

// item is one G2 item being read.
type item struct {
	*draft.Draft
	node     *markup.Node
	meta     *markup.Node // itemMeta
	content  *markup.Node // contentMeta
	provider string       // its name or code in lower case
	schemes  map[string]string
	names    map[string]string // of concepts that asserts describe, by code

	corrective bool // a note says what was corrected; signals say whether that makes a correction
	fault      func(at int, format string, args ...any) error
}

func (p *parser) item(node *markup.Node) (wiredesk.Story, error) {
	if node.To-node.From > draft.MaxStory {
		return wiredesk.Story{}, p.fault(node.From, "item of %d bytes: the limit is %d", node.To-node.From, draft.MaxStory)
	}
	it := item{
		Draft: draft.New(p.raw, name, p.repairs), node: node, fault: p.fault,
		meta: node.Child("itemMeta"), content: node.Child("contentMeta"),
	}
	if p.reader.Depth() == 0 && node.Child("itemMeta") == nil && node.Child("contentSet") == nil && node.Child("contentMeta") == nil {
		return wiredesk.Story{}, p.fault(node.From, "<%s> holds nothing: it needs an itemMeta", node.Name)
	}
	if err := it.identity(p); err != nil {
		return wiredesk.Story{}, err
	}
	it.catalogs()
	it.asserts()
	it.who(p.header)
	it.times()
	it.itemMeta()
	it.kind()
	it.contentMeta()
	it.rights()
	it.hops()
	it.links()
	if err := it.contentSet(); err != nil {
		return wiredesk.Story{}, err
	}
	it.dialect()
	story, err := it.Finish()
	if err != nil {
		return wiredesk.Story{}, p.fault(node.From, "%s", wiredesk.Faults(err)[0].Reason)
	}
	return story, nil
}

// identity reads guid and version. A package without a guid of its own is known by its members.
func (it *item) identity(p *parser) error {
	guid := strings.TrimSpace(it.node.Attr("guid"))
	if guid == "" && it.node.Name == "packageItem" {
		var members []string
		for _, ref := range it.node.FindAll("itemRef") {
			members = append(members, ref.Attr("residref")+ref.Attr("href"))
		}
		guid = "urn:wiredesk:package:" + wiredesk.ShortHash(append([]string{p.raw.Provider}, members...)...)
		it.Repair("the package has no guid: known by its members")
	}
	if guid == "" {
		return p.fault(it.node.From, "<%s> without a guid: it names the story, add the attribute guid", it.node.Name)
	}
	version := strings.TrimSpace(it.node.Attr("version"))
	if family, suffix, ok := cutVersion(guid, version); ok {
		it.AltID("versionedId", guid)
		guid, version = family, suffix
	}
	it.Identity(guid, version)
	if id := it.meta.Find("versionedId"); id != nil {
		it.AltID("versionedId", id.Attr("guid"))
	}
	return nil
}

// who reads the provider, by which the agency's dialect is known.
func (it *item) who(header *markup.Node) {
	for provider := range it.meta.All("provider") {
		it.InfoSource("provider", it.coded(provider))
		if it.provider == "" {
			it.provider = strings.ToLower(named(provider) + " " + provider.Attr("qcode") + provider.Attr("literal"))
		}
	}
	it.provider += " " + strings.ToLower(it.node.Attr("guid")+" "+header.Child("sender").Line())
	if sent := header.Child("sent"); sent != nil {
		it.Original("sent", sent.Line())
	}
	it.AltID("transmitId", header.Child("transmitId").Line())
	if p := header.Child("priority").Line(); p != "" {
		it.Original("priority", p)
	}
	it.zone()
}

func (it *item) times() {
	it.Item.FirstCreated = it.Time("firstCreated", it.meta.Child("firstCreated").Line())
	it.Item.VersionCreated = it.Time("versionCreated", it.meta.Child("versionCreated").Line())
	it.Item.ContentCreated = it.Time("contentCreated", it.content.Child("contentCreated").Line())
	expires := it.meta.Child("expires").Line()
	it.Item.Expires = it.Time("expires", expires)
	if it.Item.FirstCreated.IsZero() {
		it.Item.FirstCreated = it.Item.ContentCreated
	}
	if it.Item.VersionCreated.IsZero() {
		it.Item.VersionCreated = it.Time("contentModified", it.content.Child("contentModified").Line())
	}
	if it.Item.VersionCreated.IsZero() {
		it.Item.VersionCreated = it.Item.FirstCreated
	}
	if it.Item.FirstCreated.IsZero() && it.is("businessdesk") {
		it.Item.FirstCreated = it.Item.VersionCreated
	}
}

func (it *item) itemMeta() {
	status := it.meta.Child("pubStatus")
	word := status.Attr("qcode")
	if word == "" {
		word = status.Attr("uri") + status.Attr("literal")
	}
	if it.Status(word) {
		it.EmbargoUnknown = it.meta.Child("embargoed") == nil
	}
	if e := it.meta.Child("embargoed"); e != nil {
		it.embargo(e)
	}
	for n := range it.meta.All("edNote") {
		it.edNote(n)
	}
	for n := range it.meta.All("ednote") {
		it.edNote(n)
	}
	for s := range it.meta.All("signal") {
		it.Signal(codeOf(s))
		if severity := s.Attr("severity"); severity != "" {
			it.Original("signal "+codeOf(s), severity)
		}
	}
	if it.corrective && !strings.Contains(strings.Join(it.Signals, " "), "sig:") {
		it.Correction = true
	}
	for t := range it.meta.All("title") {
		it.Item.Title = t.Line()
		break
	}
	it.Item.Profile = it.meta.Child("profile").Line()
	if role := it.meta.Child("role"); role != nil {
		it.Original("role", codeOf(role))
	}
	for s := range it.meta.All("service") {
		it.AltID("service", codeOf(s))
	}
}

// embargo reads the end of an embargo. An empty element says that the end is not known.
func (it *item) embargo(e *markup.Node) {
	if e.Line() == "" && it.emptyMeansNone() {
		return
	}
	it.Embargo(e.Line())
}

func (it *item) kind() {
	class := codeOf(it.meta.Child("itemClass"))
	it.Item.Type = newscodes.Type(class)
	switch it.node.Name {
	case "packageItem":
		it.Item.Type = "composite"
	case "planningItem":
		it.Item.Type, it.NotForPublication = "planning", "news schedule"
	case "conceptItem", "knowledgeItem", "catalogItem":
		it.NotForPublication = "reference data"
		if newscodes.Type(codeOf(it.node.Find("type"))) == "event" {
			it.Item.Type = "event"
		}
	case "newsItem":
		if it.Item.Type == "" && class == "" && it.node.Find("inlineXML") != nil {
			it.Item.Type = "text"
		}
	}
	it.Item.RepresentationType = "full"
}

// coded is what an element says of a concept.
func (it *item) coded(n *markup.Node) draft.Coded {
	c := draft.Coded{
		QCode: n.Attr("qcode"), URI: n.Attr("uri"), Literal: n.Attr("literal"), Name: named(n), Creator: n.Attr("creator"),
		Relevance: percent(n.Attr("relevance")), Confidence: percent(n.Attr("confidence")),
	}
	if c.Name == "" {
		c.Name = it.names[codeOf(n)]
	}
	if alias, code, ok := newscodes.Split(c.QCode); ok && c.URI == "" && newscodes.URI(c.QCode) == "" {
		if base := it.schemes[alias]; base != "" && ninjs.IsURI(base+code) {
			c.URI = base + code
		}
	}
	return c
}
