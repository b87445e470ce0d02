package console

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// original answers with a document of RAW, byte for byte, as a file to keep: a browser never opens it as a page. With
// view=text it is the text for the page to show.
func (c *Console) original(w http.ResponseWriter, r *http.Request) {
	m, err := c.document(r)
	if err != nil {
		c.told(func(*http.Request) (any, error) { return nil, err }).ServeHTTP(w, r)
		return
	}
	if r.URL.Query().Get("view") == "text" {
		tell(w, http.StatusOK, paperOf(m.Data, m.Header))
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="original-%d.bin"`, m.Sequence))
	h.Set("Content-Length", strconv.Itoa(len(m.Data)))
	_, _ = w.Write(m.Data)
}

func (c *Console) document(r *http.Request) (*jetstream.RawStreamMsg, error) {
	seq, err := strconv.ParseUint(r.PathValue("seq"), 10, 64)
	if err != nil || seq == 0 {
		return nil, refuse(http.StatusNotFound, "%q is no sequence", r.PathValue("seq"))
	}
	raw, err := c.js.Stream(r.Context(), stream.RAW)
	if err != nil {
		return nil, fmt.Errorf("console: RAW: %w", err)
	}
	m, err := raw.GetMsg(r.Context(), seq)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, refuse(http.StatusNotFound, "these bytes are older than what RAW keeps")
	}
	if err != nil {
		return nil, fmt.Errorf("console: RAW: %w", err)
	}
	return m, nil
}

// paper is a document for a page to show: its text as far as its bytes are any.
type paper struct {
	Name      string `json:"name,omitempty"`
	MediaType string `json:"mediaType,omitempty"`
	Format    string `json:"format,omitempty"`
	Charset   string `json:"charset,omitempty"`
	Bytes     int    `json:"bytes"`
	Text      string `json:"text"`
	Cut       bool   `json:"cut,omitempty"`  // longer than what is shown
	Dump      bool   `json:"dump,omitempty"` // no text: the text is its first bytes in hex
}

// mostShown bounds what a page shows of a document, in bytes.
const mostShown = 256 << 10

func paperOf(data []byte, h nats.Header) paper {
	p := paper{
		Name: stream.Text(h, stream.HName), MediaType: stream.Text(h, stream.HMediaType), Format: h.Get(stream.HFormat), Bytes: len(data),
		Cut: len(data) > mostShown,
	}
	data = data[:min(len(data), mostShown)]
	text, used, _, err := charset.Decode(data, stream.Text(h, stream.HCharset))
	if err != nil || bytes.IndexByte(data, 0) >= 0 && used == "utf-8" {
		p.Text, p.Dump = hex.Dump(data[:min(len(data), 4096)]), true
		return p
	}
	p.Text, p.Charset = text, used
	return p
}
