package mail

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

// replies are what mail programs put in front of a subject.
var replies = regexp.MustCompile(`^(?i:(?:re|fwd?|fw|aw|wg|tr|rv|sv|vs|antw|отв|ответ|пересл)(?:\[\d+\])?\s*:\s*)+`)

func story(raw wiredesk.Raw, msg *entity) (wiredesk.Story, error) {
	d := draft.New(raw, name, msg.repairs)
	d.Item.Type = "text"
	var r reading
	r.sort(msg)
	if r.forwarded != nil && len(r.plain)+len(r.html) > 0 && msg.ownText(&r) == "" {
		msg = r.forwarded
	}
	subject := strings.Join(strings.Fields(msg.header.text("subject")), " ")
	d.Original("headline", subject)
	if err := content(d, &r, replies.ReplaceAllString(subject, "")); err != nil {
		return wiredesk.Story{}, err
	}
	times(d, msg.header)
	sender(d, msg.header)
	attachments(d, raw, r.attached)
	for _, e := range append(append(r.plain, r.html...), r.attached...) {
		for _, repair := range e.repairs {
			d.Repair("%s", repair)
		}
	}
	if !d.HasBody() && d.Item.Headline() == "" && len(r.attached) == 0 {
		return wiredesk.Story{}, wiredesk.Faultf(1, 1, "the message has neither a subject nor a text")
	}
	identity(d, raw, msg.header)
	return d.Finish()
}

// ownText is the message's own first text, so that a mere wrapper is known by its emptiness.
func (e *entity) ownText(r *reading) string {
	if e.media == "message/rfc822" || len(e.children) == 0 {
		return strings.TrimSpace(string(e.body))
	}
	for _, c := range e.children {
		if c.media != "message/rfc822" && c.media != "message/global" {
			if t := c.ownText(r); t != "" {
				return t
			}
		}
	}
	return ""
}

// content sets headline and body: a form that a machine filled in, the plain text, or the HTML.
func content(d *draft.Draft, r *reading, subject string) error {
	for _, e := range r.plain {
		text, err := e.text()
		if err != nil {
			return wiredesk.Faultf(1, 1, "%s", err)
		}
		lines := e.lines(text)
		if fill(d, strings.Join(lines, "\n")) {
			return nil
		}
		l := open(lines)
		forwarded(d, l.forwarded)
		d.EdNote(l.notes)
		d.Original("signature", l.signature)
		if l.body != "" {
			if d.Item.By == "" {
				d.Item.By = byline(l.body)
			}
			d.Body("main", markup.Paragraphs(l.body), l.body, 0)
		}
	}
	d.Headline("main", subject)
	if d.HasBody() {
		return nil
	}
	for _, e := range r.html {
		text, err := e.text()
		if err != nil {
			return wiredesk.Faultf(1, 1, "%s", err)
		}
		root, err := markup.ParseHTML(text)
		if err != nil {
			return wiredesk.Faultf(1, 1, "%s", err)
		}
		d.Tree("main", 0, root)
	}
	return nil
}

var by = regexp.MustCompile(`^(?:By|BY|Von|Par|Por) \p{Lu}[\p{L}.' -]{2,60}$`)

// byline is a line of its own at the head of the text that names the writer; empty where none does.
func byline(body string) string {
	seen := 0
	for l := range strings.SplitSeq(body, "\n") {
		if l = strings.TrimSpace(l); by.MatchString(l) {
			return wirecopy.Byline(l)
		}
		if seen++; seen == 5 {
			break
		}
	}
	return ""
}

// forwarded keeps who sent a message that somebody passed on, in the words that stand in it.
func forwarded(d *draft.Draft, head []string) {
	if len(head) == 0 {
		return
	}
	d.Original("forwarded", strings.Join(head, "\n"))
	for _, l := range head {
		m := headLine.FindStringSubmatch(l)
		switch strings.ToLower(m[1]) {
		case "from", "von", "de", "от":
			name, _ := address(m[2])
			d.InfoSource("", draft.Coded{Name: name})
		}
	}
}

func times(d *draft.Draft, h header) {
	d.Item.VersionCreated = d.Time("versionCreated", comment.ReplaceAllString(h.get("date"), ""))
	if d.Item.VersionCreated.IsZero() {
		if received := h.get("received"); received != "" {
			stamp := received[strings.LastIndexByte(received, ';')+1:]
			d.Item.VersionCreated = d.Time("versionCreated", comment.ReplaceAllString(stamp, ""))
			d.Repair("the message has no readable date: the time it was received is taken")
		}
	}
	d.Item.FirstCreated = d.Item.VersionCreated
}

var comment = regexp.MustCompile(`\s*\([^()]*\)\s*$`)

// identity is the Message-ID as a URI (RFC 2392), or made of the message where there is none.
func identity(d *draft.Draft, raw wiredesk.Raw, h header) {
	id := strings.Trim(strings.TrimSpace(h.get("message-id")), "<>")
	switch {
	case id != "":
		d.Item.URI = ninjs.URI(raw.Provider, "mid:"+strings.ReplaceAll(url.PathEscape(id), "%40", "@"))
	case raw.URI != "":
		d.Item.URI = ninjs.URI(raw.Provider, raw.URI)
	default:
		body := ""
		for _, b := range d.Item.Bodies {
			body += b.Value
		}
		d.Item.URI = "urn:wiredesk:mail:" + wiredesk.ShortHash(raw.Provider, h.get("from"), h.get("date"), h.get("subject"), body)
		d.Repair("the message has no Message-ID: known by sender, date, subject and text")
	}
	d.AltID("message-id", id)
	d.Item.Version = raw.Version
}
