package ingest

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// TypeRaw is the CloudEvents type of a stored document.
const TypeRaw = "org.wiredesk.raw"

// stored is one part of an arrival on its way to the broker.
type stored struct {
	raw     wiredesk.Raw // Format is the recognised one
	asked   string       // the format asked for
	receipt string       // of the whole document
	story   string       // the id of the part's first story: its lane
	trace   string       // W3C traceparent
}

// id is what the message is, the same on every try and every machine.
func (s stored) id() string {
	if s.raw.Item > 0 {
		return s.receipt + ":" + strconv.Itoa(s.raw.Item)
	}
	return s.receipt
}

// message is the part as RAW keeps it: the bytes as they came, and headers of our own making only.
func (s stored) message() (stream.Message, error) {
	subject, err := stream.RawSubject(s.raw.Feed)
	if err != nil {
		return stream.Message{}, err
	}
	h := s.header()
	h[stream.HCEID] = []string{s.id()}
	h[stream.HCESpec] = []string{"1.0"}
	h[stream.HCEType] = []string{TypeRaw}
	h[stream.HCESource] = []string{"/feeds/" + stream.HeaderValue(s.raw.Feed)}
	h[stream.HCETime] = []string{s.raw.Received.Format(time.RFC3339Nano)}
	if s.raw.MediaType != "" {
		h[stream.HCEContent] = []string{headerValue(s.raw.MediaType)}
	}
	return stream.Message{Subject: subject, ID: s.id(), Header: h, Data: s.raw.Bytes}, nil
}

func (s stored) header() nats.Header {
	h := nats.Header{}
	set := func(name, text string) {
		if text != "" {
			h[name] = []string{headerValue(text)}
		}
	}
	r := s.raw
	set(stream.HFeed, r.Feed)
	set(stream.HProvider, r.Provider)
	set(stream.HVia, r.Via)
	set(stream.HName, r.Name)
	set(stream.HFormat, r.Format)
	set(stream.HAsked, s.asked)
	set(stream.HMediaType, r.MediaType)
	set(stream.HCharset, r.Charset)
	set(stream.HReceived, r.Received.Format(time.RFC3339Nano))
	set(stream.HReceipt, s.receipt)
	set(stream.HSHA256, r.SHA256())
	set(stream.HURI, r.URI)
	set(stream.HVersion, r.Version)
	set(stream.HStory, s.story)
	set(stream.HTrace, s.trace)
	if r.Item > 0 {
		set(stream.HItem, strconv.Itoa(r.Item))
	}
	if r.Line > 0 {
		set(stream.HLine, fmt.Sprintf("%d:%d", r.Line, r.Column))
	}
	return h
}

// headerValue is a header value that reads back exactly, also where space stands around the text.
func headerValue(text string) string {
	inner := strings.Trim(text, " ")
	if inner == "" {
		return strings.Repeat("%20", len(text))
	}
	before, after, _ := strings.Cut(text, inner)
	return strings.Repeat("%20", len(before)) + stream.HeaderValue(inner) + strings.Repeat("%20", len(after))
}

// FromMessage is the document, or part of one, that a message of RAW or a dead letter of ingest holds, exactly as
// it was when it was read: Raw.Format is the recognised format, else the one asked for. House comes from today's
// configuration, see [intake.Lines.House]. A message that does not name its feed and its time is an error.
func FromMessage(h nats.Header, data []byte, house wiredesk.House) (wiredesk.Raw, error) {
	get := func(name string) string { return stream.TextValue(h.Get(name)) }
	raw := wiredesk.Raw{
		Feed: get(stream.HFeed), Provider: get(stream.HProvider), Via: get(stream.HVia), Name: get(stream.HName),
		Format: get(stream.HFormat), MediaType: get(stream.HMediaType), Charset: get(stream.HCharset),
		URI: get(stream.HURI), Version: get(stream.HVersion), Bytes: data, House: house,
	}
	if raw.Format == "" {
		raw.Format = get(stream.HAsked)
	}
	if raw.Feed == "" || raw.Provider == "" {
		return raw, fmt.Errorf("message without %s or %s", stream.HFeed, stream.HProvider)
	}
	var err error
	if raw.Received, err = time.Parse(time.RFC3339Nano, get(stream.HReceived)); err != nil {
		return raw, fmt.Errorf("%s: %w", stream.HReceived, err)
	}
	if item := get(stream.HItem); item != "" {
		if raw.Item, err = strconv.Atoi(item); err != nil {
			return raw, fmt.Errorf("%s: %w", stream.HItem, err)
		}
	}
	if at := get(stream.HLine); at != "" {
		if _, err := fmt.Sscanf(at, "%d:%d", &raw.Line, &raw.Column); err != nil {
			return raw, fmt.Errorf("%s %q: %w", stream.HLine, at, err)
		}
	}
	return raw, nil
}
