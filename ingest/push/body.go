package push

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

const (
	maxRatio   = 100     // of decoded to sent bytes
	ratioFloor = 1 << 20 // decoded bytes below which the ratio does not matter
)

// errCut says that the body ended early or could not be read from the connection.
var errCut = errors.New("the body did not arrive whole")

// body reads a document, plain or as gzip. Both its sent and its decoded size are limited, and so is how much larger
// the one may be than the other.
func body(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.ContentLength > stream.MaxDocument {
		return nil, &intake.TooLarge{What: "the document", Size: int(r.ContentLength), Limit: stream.MaxDocument}
	}
	sent, err := io.ReadAll(http.MaxBytesReader(w, r.Body, stream.MaxDocument))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, &intake.TooLarge{What: "the document", Limit: stream.MaxDocument}
	case err != nil:
		return nil, errors.Join(errCut, err)
	}
	switch encoding := strings.ToLower(strings.TrimSpace(r.Header.Get("Content-Encoding"))); encoding {
	case "", "identity":
		return sent, nil
	case "gzip", "x-gzip":
		return inflate(sent)
	default:
		return nil, unreadable("the body is encoded as %q: send it plain or as gzip, once", encoding)
	}
}

func inflate(sent []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(sent))
	if err != nil {
		return nil, unreadable("the body is not gzip, as its Content-Encoding says")
	}
	most := min(stream.MaxDocument, max(ratioFloor, maxRatio*len(sent)))
	doc, err := io.ReadAll(io.LimitReader(z, int64(most)+1))
	switch {
	case len(doc) > stream.MaxDocument:
		return nil, &intake.TooLarge{What: "the document, decompressed,", Limit: stream.MaxDocument}
	case len(doc) > most:
		return nil, unreadable("the body grows more than %d times when decompressed", maxRatio)
	case err != nil:
		return nil, unreadable("the gzip data is damaged or cut off")
	}
	return doc, nil
}

// unreadable is a fault of what came before there was a document to keep.
func unreadable(format string, args ...any) error {
	return &intake.Unreadable{Faults: []wiredesk.Fault{*wiredesk.Faultf(1, 1, format, args...)}}
}
