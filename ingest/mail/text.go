package mail

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

// reading is a message sorted into what a story needs.
type reading struct {
	plain, html []*entity
	attached    []*entity
	forwarded   *entity // a message within the message
}

// sort walks the tree: of alternatives the plain and the HTML form are one text; what is marked as an attachment, or is no
// text, is attached.
func (r *reading) sort(e *entity) {
	disposition, _ := mediaType(e.header.get("content-disposition"))
	switch {
	case e.media == "message/rfc822" || e.media == "message/global":
		if r.forwarded == nil && len(e.children) > 0 {
			r.forwarded = e.children[0]
		}
		for _, c := range e.children {
			r.sort(c)
		}
	case e.body == nil:
		for _, c := range e.children {
			r.sort(c)
		}
	case disposition == "attachment":
		r.attached = append(r.attached, e)
	case e.media == "text/plain":
		r.plain = append(r.plain, e)
	case e.media == "text/html" || e.media == "application/xhtml+xml":
		r.html = append(r.html, e)
	default:
		r.attached = append(r.attached, e)
	}
}

// text is a part's text as its charset says.
func (e *entity) text() (string, error) {
	if len(e.body) > draft.MaxText {
		return "", fmt.Errorf("text part of %d bytes: the limit is %d", len(e.body), draft.MaxText)
	}
	text, _, repairs, err := charset.Decode(e.body, e.params["charset"])
	if err != nil {
		return "", err
	}
	e.repairs = append(e.repairs, repairs...)
	text, repairs = charset.Clean(strings.ReplaceAll(text, "\r\n", "\n"))
	e.repairs = append(e.repairs, repairs...)
	return text, nil
}

// lines are a plain part's lines, joined again where the sender said that it only folded them (RFC 3676).
func (e *entity) lines(text string) []string {
	all := strings.Split(text, "\n")
	if !strings.EqualFold(e.params["format"], "flowed") {
		return all
	}
	drop := strings.EqualFold(e.params["delsp"], "yes")
	var out []string
	var line strings.Builder
	for _, l := range all {
		soft := strings.HasSuffix(l, " ") && l != "-- "
		l = strings.TrimPrefix(l, " ")
		if soft && drop {
			l = strings.TrimSuffix(l, " ")
		}
		line.WriteString(l)
		if !soft {
			out = append(out, line.String())
			line.Reset()
		}
	}
	if line.Len() > 0 {
		out = append(out, line.String())
	}
	return out
}

var (
	signature = regexp.MustCompile(`^-- ?$`)
	forward   = regexp.MustCompile(`(?i)^(?:[-_=\s]*(?:begin )?(?:forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht|message transféré|message d'origine|mensaje reenviado|пересылаемое сообщение|рассылка сообщения)[-_=:\s]*)$`)
	headLine  = regexp.MustCompile(`(?i)^\*?(from|to|cc|date|sent|subject|reply-to|von|an|datum|gesendet|betreff|de|à|objet|envoyé|para|asunto|fecha|от|кому|дата|тема):\*?\s+(.*)$`)
)

// letter is the text of a plain part, without what is not copy.
type letter struct {
	body      string
	signature string
	forwarded []string // header lines of the messages that were forwarded, the outermost first
	notes     string   // what those who passed it on wrote above it
}

// open reads a plain text: the header lines of a forwarded message and the signature are taken out of it.
func open(lines []string) letter {
	var l letter
	for range 5 {
		at := forwarding(lines)
		if at < 0 {
			break
		}
		l.notes = strings.TrimSpace(l.notes + "\n" + strings.Join(lines[:at], "\n"))
		var head []string
		lines, head = forwardedHead(lines[at+1:])
		l.forwarded = append(l.forwarded, head...)
	}
	for i := len(lines) - 1; i >= 0 && i >= len(lines)-40; i-- {
		if signature.MatchString(lines[i]) {
			l.signature = strings.TrimSpace(strings.Join(lines[i+1:], "\n"))
			lines = lines[:i]
			break
		}
	}
	l.body = wirecopy.Paragraphs(lines)
	return l
}

// forwarding is the line behind which a message stands that was passed on; -1 where none begins near the head.
func forwarding(lines []string) int {
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if forward.MatchString(line) {
			return i
		}
		if line != "" && i > 12 {
			break
		}
	}
	return -1
}

// forwardedHead takes the header lines at the head of a forwarded message.
func forwardedHead(lines []string) (rest, head []string) {
	for i, l := range lines {
		l = strings.TrimSpace(l)
		switch {
		case headLine.MatchString(l):
			head = append(head, l)
		case l != "" || len(head) > 0:
			return lines[i:], head
		}
	}
	return nil, head
}
