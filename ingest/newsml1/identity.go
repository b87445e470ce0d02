package newsml1

import (
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

// identity is ProviderId, DateId and NewsItemId: the family. The public identifier says the same with the revision and
// an update letter behind it; an item that has only that one is known by what stands before them.
func (it *item) identity(raw interface{ SHA256() string }) error {
	id := it.node.Child("Identification", "NewsIdentifier")
	provider, date, number := id.Child("ProviderId").Line(), id.Child("DateId").Line(), id.Child("NewsItemId").Line()
	public, revision := id.Child("PublicIdentifier").Line(), id.Child("RevisionId")
	family, version := "", revision.Line()
	switch {
	case provider != "" && number != "":
		family = "urn:newsml:" + provider + ":" + date + ":" + number
		if without, _ := cutRevision(public); without != "" {
			family = without
		}
	case public != "":
		family, version = cutRevision(public)
		if version == "" {
			version = revision.Line()
		}
	default:
		family = it.node.Attr("Duid")
	}
	if family == "" {
		return it.fault(it.node.From, "NewsItem without an identity: it needs ProviderId, DateId and NewsItemId, or a Duid")
	}
	it.AltID("publicIdentifier", public)
	it.AltID("duid", it.node.Attr("Duid"))
	it.AltID("nameLabel", it.node.Child("Identification", "NameLabel").Line())
	it.Identity(strings.ReplaceAll(family, " ", "%20"), version)
	if p := revision.Attr("PreviousRevision"); p != "" && p != "0" {
		it.Original("previousVersion", p)
	}
	it.who = strings.ToLower(provider + " " + it.envelope.Child("SentFrom").Raw() + " " + parties(it.envelope.Child("SentFrom")))
	return nil
}

var revisionEnd = regexp.MustCompile(`^(.+):(\d+)([A-Z]?)$`)

// cutRevision takes revision and update letter off a public identifier: "urn:…:id:3N" is family and "3".
func cutRevision(public string) (family, revision string) {
	if m := revisionEnd.FindStringSubmatch(public); m != nil && strings.Count(public, ":") >= 5 {
		return m[1], m[2]
	}
	return public, ""
}

// parties is the names of the parties below a node.
func parties(n *markup.Node) string {
	var names []string
	for _, p := range n.FindAll("Party") {
		names = append(names, formal(p))
	}
	return strings.Join(names, " ")
}

// formal is an element's formal name.
func formal(n *markup.Node) string { return strings.TrimSpace(n.Attr("FormalName")) }

// update reads what kind of revision this is: whole, in parts, or of the management data only.
func (it *item) update() {
	letter := it.node.Child("Identification", "NewsIdentifier", "RevisionId").Attr("Update")
	if letter != "" && letter != "N" {
		it.Original("update", letter)
	}
	switch letter {
	case "", "N":
		it.Partial = it.node.Child("NewsComponent") == nil && it.node.Child("Update") != nil
	case "U", "A":
		it.Partial = true
	default:
		it.Repair("unknown Update letter %q: read as a whole item", letter[:min(len(letter), 8)])
	}
	if it.Partial {
		it.Item.RepresentationType = "partial"
	}
	for u := range it.node.All("Update") {
		for order := range u.All("*") {
			it.EdNote(strings.TrimSpace(order.Name + " " + order.Attr("DuidRef") + ": " + order.Line()))
		}
	}
	for _, a := range it.manage.FindAll("DerivedFrom") {
		if ref := a.Attr("NewsItem"); ref != "" {
			family, _ := cutRevision(ref)
			if uri := ninjs.URI(it.Provider, family); uri != it.Item.URI {
				it.EvolvedFrom = uri
			}
		}
	}
}
