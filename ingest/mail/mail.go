// Package mail reads e-mail (RFC 5322 and MIME) that brings copy: the subject is the headline, the text part the story.
// What tells a forged sender from a true one is kept with the story; nothing in the message is followed or fetched.
package mail

import (
	"bytes"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/looks"
)

// name is the format's: "email" in commands and receipts.
const name = "email"

// telling are headers that only mail has, or that mail always has.
var telling = map[string]int{
	"received": 40, "message-id": 40, "mime-version": 30, "return-path": 30, "delivered-to": 30, "dkim-signature": 30,
	"content-transfer-encoding": 30, "authentication-results": 30, "x-mailer": 20, "from": 20, "to": 15, "subject": 15, "date": 15,
	"content-type": 15, "cc": 10, "reply-to": 15, "x-received": 30, "received-spf": 30,
}

// Sniff scores the head of a document by the header fields that it opens with.
func Sniff(head []byte) (int, string) {
	text, _, _, err := charset.Decode(head, "")
	if err != nil {
		return 0, "no e-mail"
	}
	fields, _ := readHeader(text)
	score := 0
	seen := map[string]bool{}
	for _, f := range fields {
		if !seen[f.name] {
			seen[f.name] = true
			score += telling[f.name]
		}
	}
	if !seen["from"] && !seen["received"] && !seen["message-id"] || score < 60 {
		return 0, "no header of an e-mail"
	}
	return min(score, 94), "it opens with header fields of an e-mail"
}

// Parse reads a message as one story. Its identity is the Message-ID; a message without one is known by sender, date,
// subject and text. It fails on what has no header of an e-mail, or no text at all.
func Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	if len(raw.Bytes) > draft.MaxDocument {
		return nil, wiredesk.Faultf(1, 1, "message of %d bytes: the limit is %d", len(raw.Bytes), draft.MaxDocument)
	}
	doc := bytes.TrimLeft(raw.Bytes, "\xef\xbb\xbf \t\r\n\x00")
	msg, err := readEntity(doc, &budget{parts: maxParts}, 0)
	if err != nil {
		return nil, wiredesk.Faultf(1, 1, "%s", err)
	}
	if msg.header.get("from") == "" && msg.header.get("message-id") == "" && msg.header.get("received") == "" {
		return nil, wiredesk.Faultf(1, 1, "this is %s, and no e-mail: its header has neither From nor Message-ID nor Received", looks.Like(string(raw.Bytes[:min(len(raw.Bytes), 4096)])))
	}
	s, err := story(raw, msg)
	if err != nil {
		return nil, err
	}
	return []wiredesk.Story{s}, nil
}
