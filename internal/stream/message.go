package stream

import (
	"strconv"

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
	HRevision    = "Wire-Revision"
	HEvent       = "Wire-Event"
	HVersion     = "Wire-Version"
	HCreated     = "Wire-Version-Created"
	HFingerprint = "Wire-Fingerprint"
	HUrgency     = "Wire-Urgency"
	HLanguage    = "Wire-Language"
	HRawSeq      = "Wire-Raw-Sequence"  // of the RAW message that made this revision
	HPublished   = "Wire-Published"     // newest revision up to this one that subscribers may see
	HFate        = "Wire-Fate"          // decision of a version that made no revision
	HReason      = "Wire-Reason"        // why
	HStage       = "Wire-Stage"         // of a dead letter
	HFromStream  = "Wire-From-Stream"   // where a dead letter came from
	HFromSubject = "Wire-From-Subject"  //
	HFromSeq     = "Wire-From-Sequence" //
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
}

// Last is an Expect condition.
func Last(sequence uint64) *uint64 { return &sequence }

// NATS is the message as the client sends it. Only headers of our own making are in it.
func (m Message) NATS() *nats.Msg {
	out := nats.NewMsg(m.Subject)
	out.Data = m.Data
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
	return out
}
