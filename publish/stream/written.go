package stream

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"
)

// errStuck is a reader that takes nothing.
var errStuck = errors.New("stream: the reader takes nothing")

// written is the outlet of a response body.
type written struct {
	w        http.ResponseWriter
	rc       *http.ResponseController
	patience time.Duration
	frame    func(*bytes.Buffer, note)
	buffer   bytes.Buffer
	began    bool
}

// maxHeld bounds what waits for the notes that follow at once.
const maxHeld = 256 << 10

// send implements outlet.
func (o *written) send(_ context.Context, n note) error {
	if !o.began {
		o.began = true
		o.w.WriteHeader(http.StatusOK)
	}
	o.frame(&o.buffer, n)
	if n.more && o.buffer.Len() < maxHeld {
		return nil
	}
	// Where the connection knows no deadlines, the server's own limit holds.
	_ = o.rc.SetWriteDeadline(time.Now().Add(o.patience))
	_, err := o.w.Write(o.buffer.Bytes())
	o.buffer.Reset()
	if err == nil {
		err = o.rc.Flush()
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return errors.Join(errStuck, err)
	}
	return err
}

// events frames a note as a server-sent event.
func events(b *bytes.Buffer, n note) {
	switch n.kind {
	case "open":
		fmt.Fprintf(b, "retry: %d\n: the news\n\n", retry.Milliseconds())
		return
	case "alive":
		fmt.Fprintf(b, ": %s\n\n", n.data)
		return
	case viewArticle:
		b.WriteString("id: ")
		b.WriteString(strconv.FormatUint(n.seq, 10))
		b.WriteByte('\n')
	}
	b.WriteString("event: " + n.kind + "\ndata: ")
	b.Write(n.data)
	b.WriteString("\n\n")
}

// retry is when a client of events comes back.
const retry = 2 * time.Second

// lines frames a note as a line of JSON. An empty line is a sign of life.
func lines(b *bytes.Buffer, n note) {
	switch n.kind {
	case "open":
		return
	case "alive":
	case viewArticle:
		subject, _ := json.Marshal(n.subject) // a string always can
		fmt.Fprintf(b, `{"seq":%d,"subject":%s,"%s":`, n.seq, subject, n.key)
		b.Write(n.data)
		b.WriteByte('}')
	default:
		fmt.Fprintf(b, `{"%s":%s}`, n.kind, n.data)
	}
	b.WriteByte('\n')
}
