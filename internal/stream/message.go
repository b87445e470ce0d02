package stream

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
)

// Headers of our messages. Everything routing needs stands here, so that nobody decodes a body to route it.
const (
	HFeed        = "Wire-Feed"
	HProvider    = "Wire-Provider"
	HVia         = "Wire-Via"
	HName        = "Wire-Name"
	HFormat      = "Wire-Format"
	HAsked       = "Wire-Format-Asked"
	HMediaType   = "Wire-Media-Type"
	HCharset     = "Wire-Charset"
	HReceived    = "Wire-Received"
	HReceipt     = "Wire-Receipt"
	HSHA256      = "Wire-Sha256"
	HURI         = "Wire-Uri"
	HItem        = "Wire-Item"
	HLine        = "Wire-Line" // "line:column" of a part in its document
	HStory       = "Wire-Story"
	HAfter       = "Wire-After" // sequence in RAW of the document of the same story that came before
	HRevision    = "Wire-Revision"
	HEvent       = "Wire-Event"
	HVersion     = "Wire-Version"
	HCreated     = "Wire-Version-Created"
	HFingerprint = "Wire-Fingerprint"
	HUrgency     = "Wire-Urgency"
	HLanguage    = "Wire-Language"
	HRawSeq      = "Wire-Raw-Sequence"        // of the RAW message that made this revision
	HCopy        = "Wire-Copy"                // sequence in RAW of the document whose copy it is, where another message brought it: a replay, the operator's word
	HPublished   = "Wire-Published"           // newest revision up to this one that subscribers may see
	HFollows     = "Wire-Follows"             // newest revision before this one that subscribers may see
	HFollowsSeq  = "Wire-Follows-Seq"         // its sequence in ARTICLES
	HAudience    = "Wire-Audience"            // facet values the revision goes to, "facet.value" with spaces between
	HUntil       = "Wire-Until"               // end of the embargo, RFC 3339
	HFate        = "Wire-Fate"                // decision of a version that made no revision
	HNotFor      = "Wire-Not-For-Publication" // why the copy is not to be published: advisory, test line …
	HPrevious    = "Wire-Previous-Sequence"   // in ARTICLES, of the revision before this one
	HRewrites    = "Wire-Rewrites"            // URI of the story that this one rewrites
	HSketch      = "Wire-Sketch"              // by which stories that share text are found; no text can be read from it
	HOperator    = "Wire-Operator"            // kill or hold: the operator's word that stands over the sender's
	HBy          = "Wire-By"                  // the operator whose word made the revision; never shown to subscribers
	HReason      = "Wire-Reason"              // why
	HStage       = "Wire-Stage"               // of a dead letter
	HFromStream  = "Wire-From-Stream"         // where a dead letter came from
	HFromSubject = "Wire-From-Subject"        //
	HFromSeq     = "Wire-From-Sequence"       //
	HTries       = "Wire-Tries"
	HTrace       = "traceparent"

	HCEID      = "ce-id"
	HCESource  = "ce-source"
	HCEType    = "ce-type"
	HCESpec    = "ce-specversion"
	HCETime    = "ce-time"
	HCESubject = "ce-subject"
	HCEContent = "ce-datacontenttype"
)

// Message is one message on its way into a stream.
type Message struct {
	Subject string
	ID      string // Nats-Msg-Id: what the message is, the same on every try
	Header  nats.Header
	Data    []byte
	// Expect makes the store conditional: the sequence of the last message on the subject, 0 for none; nil stores
	// whatever is there.
	Expect *uint64
	// Rollup removes everything earlier on the subject in the same step.
	Rollup bool
	// At makes the message a timer: the stream keeps it, and stores a copy of it on Target at that time.
	At     time.Time
	Target string
	// Keep removes the message after that time, whatever the stream keeps; zero is as long as the stream does.
	Keep time.Duration
}

// Last is an Expect condition.
func Last(sequence uint64) *uint64 { return &sequence }

// conditions is room for the headers that NATS adds, and for those of a batch.
const conditions = 6

// NATS is the message as the client sends it. Only headers of our own making are in it.
func (m Message) NATS() *nats.Msg {
	out := &nats.Msg{Subject: m.Subject, Header: make(nats.Header, len(m.Header)+conditions), Data: m.Data}
	for k, v := range m.Header {
		out.Header[k] = v
	}
	if m.ID != "" {
		out.Header[nats.MsgIdHdr] = []string{m.ID}
	}
	if m.Expect != nil {
		out.Header[nats.ExpectedLastSubjSeqHdr] = []string{strconv.FormatUint(*m.Expect, 10)}
	}
	if m.Rollup {
		out.Header[nats.MsgRollup] = []string{nats.MsgRollupSubject}
	}
	if m.Keep > 0 {
		out.Header[nats.MsgTTLHdr] = []string{m.Keep.String()}
	}
	if !m.At.IsZero() {
		// The client's own option cuts the time to the second, which would release early.
		out.Header["Nats-Schedule"] = []string{"@at " + m.At.UTC().Format(time.RFC3339Nano)}
		out.Header["Nats-Schedule-Target"] = []string{m.Target}
	}
	return out
}

// HeaderValue makes any text a header value as the CloudEvents HTTP binding does: what is not printable ASCII, and
// the percent sign itself, is percent-encoded in UTF-8. Text that is plain stays as it is.
func HeaderValue(text string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if c < 0x21 || c > 0x7e || c == '%' || c == '"' {
			if c != ' ' {
				fmt.Fprintf(&b, "%%%02X", c)
				continue
			}
		}
		b.WriteByte(c)
	}
	return strings.TrimSpace(b.String())
}

// TextValue reads what HeaderValue wrote.
func TextValue(value string) string {
	if text, err := url.PathUnescape(value); err == nil {
		return text
	}
	return value
}
