package fingerpost

import (
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

type reader struct {
	*draft.Draft
	item *strictjson.Value
}

// text is a field, with what was escaped twice read once more.
func (r reader) text(name string) string { return r.mended(r.item.Get(name).Words()) }

var twice = regexp.MustCompile(`\\(?:u([0-9a-fA-F]{4})|([nrt"/]))`)

// mended reads escapes that were escaped again, such as a backslash, u00a0, in the text itself.
func (r reader) mended(text string) string {
	if !strings.Contains(text, `\`) {
		return strings.TrimSpace(text)
	}
	better := twice.ReplaceAllStringFunc(text, func(escape string) string {
		v, err := strictjson.Read([]byte(`"` + escape + `"`))
		if err != nil || strings.ContainsRune(v.Text, '\ufffd') {
			return escape
		}
		return v.Text
	})
	if better != text {
		r.Repair("JSON: read escapes that were escaped twice")
	}
	return strings.TrimSpace(better)
}

func (r reader) read() error {
	r.status()
	r.AltID("usn", r.text("usn"))
	r.AltID("originalUrn", r.text("originalUrn"))
	r.Item.Type = newscodes.Type(r.text("type"))
	r.Item.Language = r.text("language")
	r.Item.FirstCreated = r.Time("firstCreated", r.text("firstVersion"))
	r.Item.VersionCreated = r.Time("versionCreated", r.text("versionCreated"))
	r.Original("dateTimeSent", r.text("dateTimeSent"))
	r.Item.Slugline = r.text("slug")
	r.Headline("main", r.text("headline"))
	r.Headline("sub", r.text("subhead"))
	r.Description("abstract", r.text("abstract"))
	r.By(r.text("byline"))
	r.Item.Located = r.text("location")
	r.EdNote(r.text("ednote"))
	r.UsageTerms(r.text("usage"))
	r.Item.CopyrightHolder, r.Item.CopyrightNotice = r.text("copyrightHolder"), r.text("copyrightNotice")
	r.source()
	r.codes()
	r.leftovers()
	return r.Escaped("main", 0, r.text("body_text"))
}

// status reads a word that may be empty, and may be "embargoed", which has no time here.
func (r reader) status() {
	if r.Status(r.text("status")) {
		r.Embargo(r.text("embargoed"))
	} else if until := r.text("embargoed"); until != "" {
		r.Embargo(until)
	}
	r.Urgency(r.text("priority"))
}

// source is the feed that the item came down before it came here: its first part names the agency.
func (r reader) source() {
	if feed := r.text("source-feed"); feed != "" {
		r.Original("source-feed", feed)
		agency, _, _ := strings.Cut(feed, "-")
		r.InfoSource("originator", draft.Coded{Name: agency})
		r.Credit = agency
	}
}

// codes unpacks subjects, categories and keywords: "iptccat:a+f" is two codes of one scheme, a bar or a plus parts
// lists.
func (r reader) codes() {
	for _, packed := range r.item.At("subjects", "code").All() {
		r.unpack(r.mended(packed.Words()))
	}
	r.unpack(r.text("mediaCatCodes"))
	for _, words := range r.item.Get("keywords").All() {
		for word := range strings.FieldsFuncSeq(r.mended(words.Words()), func(c rune) bool { return c == '+' || c == '|' || c == ';' }) {
			r.Keyword(word)
		}
	}
	for _, symbols := range r.item.At("organisation", "symbols").All() {
		if s := r.mended(symbols.Words()); s != "" {
			r.Item.Organisations = draft.Party(r.Item.Organisations, draft.Coded{Literal: s, Rel: "symbol"})
		}
	}
}

func (r reader) unpack(packed string) {
	for group := range strings.FieldsFuncSeq(packed, func(c rune) bool { return c == '|' || c == ',' || c == ';' || c == ' ' }) {
		scheme, codes, ok := strings.Cut(group, ":")
		if !ok {
			scheme, codes = "code", group
		}
		for code := range strings.SplitSeq(codes, "+") {
			if code = strings.TrimSpace(code); code != "" {
				r.Subject(draft.Coded{QCode: r.scheme(scheme, code) + ":" + code})
			}
		}
	}
}

// scheme mends a label that names the wrong one of IPTC's two vocabularies: codes of Media Topics begin with 2000, or
// have eight digits that end in zeros only.
func (r reader) scheme(label, code string) string {
	level, ok := newscodes.SubjectCode(code)
	topic := strings.HasPrefix(code, "2000")
	right := label
	switch lower := strings.ToLower(label); {
	case !ok:
	case topic && lower != "medtop":
		right = "medtop"
	case !topic && level > 1 && lower == "medtop":
		right = "subj"
	}
	if right != label {
		r.Repair("a code of IPTC stood under %q and was read as %s", label, right)
	}
	return right
}

// known are the names that read has read.
var known = map[string]bool{
	"uri": true, "usn": true, "version": true, "type": true, "status": true, "embargoed": true, "priority": true, "originalUrn": true, "language": true, "firstVersion": true,
	"versionCreated": true, "dateTimeSent": true, "slug": true, "headline": true, "subhead": true, "abstract": true, "byline": true, "location": true, "ednote": true,
	"usage": true, "copyrightHolder": true, "copyrightNotice": true, "source-feed": true, "subjects": true, "mediaCatCodes": true, "keywords": true, "organisation": true, "body_text": true,
}

func (r reader) leftovers() {
	for i := range r.item.Len() {
		if name, v := r.item.Names[i], &r.item.Items[i]; !known[name] && v.Kind != strictjson.Null {
			words := v.Words()
			if words == "" {
				words = string(v.JSON())
			}
			r.Original(name, words)
		}
	}
}
