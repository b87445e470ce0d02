package enrich_test

import (
	"encoding/json"
	"testing"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// TestThePartOfADocumentKeepsItsReceipt holds a story cut from a feed to the receipt its sender got: that of the whole
// document, which the part's own bytes cannot tell.
func TestThePartOfADocumentKeepsItsReceipt(t *testing.T) {
	w := newWire(t)
	part, err := json.Marshal(version("1", "one of many"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := w.desk.Handle(t.Context(), stage.Message{
		Stream: stream.RAW, Subject: "wire.raw.sana", Sequence: 7, Data: part,
		Header: nats.Header{stream.HFeed: {"sana"}, stream.HReceipt: {"rwhole"}, stream.HItem: {"3"}},
	})
	if err != nil || len(out) != 1 {
		t.Fatalf("Handle = %v, %v; want a revision", out, err)
	}
	var a wiredesk.Article
	if err := json.Unmarshal(out[0].Data, &a); err != nil {
		t.Fatal(err)
	}
	if h := out[0].Header.Get(stream.HReceipt); a.Receipt != "rwhole" || h != "rwhole" {
		t.Errorf("receipt %q, in the header %q; want that of the whole document", a.Receipt, h)
	}
}
