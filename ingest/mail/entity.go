package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"strings"

	"github.com/wiredesk/wiredesk/internal/charset"
)

// Caps of a message.
const (
	maxParts = 1000
	maxDepth = 20
)

// entity is a message or a part of one.
type entity struct {
	header   header
	media    string // "text/plain"
	params   map[string]string
	body     []byte // decoded; nil for a multipart
	children []*entity
	repairs  []string
}

type budget struct{ parts int }

// readEntity reads header and body, and the parts within.
func readEntity(doc []byte, left *budget, depth int) (*entity, error) {
	if left.parts--; left.parts < 0 {
		return nil, fmt.Errorf("more than %d parts in one message", maxParts)
	}
	if depth > maxDepth {
		return nil, fmt.Errorf("parts nested deeper than %d", maxDepth)
	}
	head, body := split(doc)
	text, _, repairs, err := charset.Decode(head, "")
	if err != nil {
		return nil, err
	}
	e := &entity{repairs: repairs}
	e.header, _ = readHeader(text)
	e.media, e.params = mediaType(e.header.get("content-type"))
	switch {
	case strings.HasPrefix(e.media, "multipart/") && e.params["boundary"] != "":
		return e, e.multipart(body, left, depth)
	case e.media == "message/rfc822" || e.media == "message/global":
		child, err := readEntity(bytes.TrimLeft(e.decode(body), "\r\n"), left, depth+1)
		e.children = []*entity{child}
		return e, err
	}
	e.body = e.decode(body)
	return e, nil
}

// split parts a header's bytes from the body. The header is read as text to find its end; where bytes and characters
// differ, the blank line is what counts.
func split(doc []byte) (head, body []byte) {
	_, at := readHeader(string(doc))
	return doc[:at], doc[at:]
}

func mediaType(value string) (string, map[string]string) {
	media, params, err := mime.ParseMediaType(value)
	if err == nil || errors.Is(err, mime.ErrInvalidMediaParameter) {
		if params == nil {
			params = map[string]string{}
		}
		return media, params
	}
	media, rest, _ := strings.Cut(value, ";")
	params = map[string]string{}
	for p := range strings.SplitSeq(rest, ";") {
		if k, v, ok := strings.Cut(p, "="); ok {
			params[strings.ToLower(strings.TrimSpace(k))] = strings.Trim(strings.TrimSpace(v), `"'`)
		}
	}
	if media = strings.ToLower(strings.TrimSpace(media)); media == "" {
		media = "text/plain"
	}
	return media, params
}

// multipart cuts the body at its boundary. A message that breaks off before its last boundary is an error: its end is
// missing.
func (e *entity) multipart(body []byte, left *budget, depth int) error {
	mark := []byte("--" + e.params["boundary"])
	at, open, closed := 0, -1, false
	for at <= len(body) && !closed {
		line, next := body[at:], len(body)+1
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line, next = line[:i], at+i+1
		}
		if rest, ok := bytes.CutPrefix(bytes.TrimRight(line, " \t\r"), mark); ok && (len(rest) == 0 || string(rest) == "--") {
			if open >= 0 {
				child, err := readEntity(trimBreak(body[open:at]), left, depth+1)
				if err != nil {
					return err
				}
				e.children = append(e.children, child)
			}
			open, closed = min(next, len(body)), len(rest) > 0
		}
		at = next
	}
	if !closed {
		return fmt.Errorf("the message breaks off: the last boundary of its parts is missing: was it sent whole?")
	}
	return nil
}

// trimBreak cuts the line end that belongs to the boundary.
func trimBreak(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

// decode undoes the transfer encoding. What of it cannot be decoded is left as it is.
func (e *entity) decode(body []byte) []byte {
	switch strings.ToLower(strings.TrimSpace(e.header.get("content-transfer-encoding"))) {
	case "quoted-printable":
		out, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body)))
		if err != nil {
			e.repairs = append(e.repairs, "a quoted-printable part is damaged: read as far as it goes")
		}
		return out
	case "base64":
		clean := bytes.Join(bytes.Fields(body), nil)
		clean = bytes.TrimRight(clean, "=")
		out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
		n, err := base64.RawStdEncoding.Decode(out, clean)
		if err != nil {
			e.repairs = append(e.repairs, "a base64 part is damaged: read as far as it goes")
		}
		return out[:n]
	}
	return body
}
