package adapter_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/ingest/push"
	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func Example() {
	address, stop, err := startDesk() // yours is where `wiredesk up` says
	if err != nil {
		fmt.Println(err)
		return
	}
	defer stop()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	desk, err := adapter.New(address, "kestrel-en")
	if err != nil {
		fmt.Println(err)
		return
	}
	story := []byte("QUAY REOPENS\n\nPORT ELLIS, March 4 (Kestrel) - The quay reopened on Wednesday.\n")
	receipt, err := desk.Push(ctx, story, adapter.Document{URI: "urn:kestrel:quay", Version: "1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(receipt.Format, receipt.Stories[0].URI)

	_, err = desk.Push(ctx, []byte("%PDF-1.7"), adapter.Document{})
	fmt.Println(err)
	// Output:
	// text urn:kestrel:quay
	// adapter: 422: 1:1: this looks like a PDF document, not like copy
}

// startDesk runs the receiving end of wiredesk in this process.
func startDesk() (address string, stop func(), err error) {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "wiredesk-example")
	if err != nil {
		return "", nil, err
	}
	server, err := broker.Start(ctx, broker.Options{Dir: dir, Relaxed: true, Log: zerolog.Nop()})
	if err != nil {
		return "", nil, err
	}
	nc, err := server.Connect("ingest")
	if err != nil {
		return "", nil, err
	}
	js, err := jetstream.New(nc)
	if err != nil {
		return "", nil, err
	}
	if err := broker.Ensure(ctx, js, stream.Defaults(), true); err != nil {
		return "", nil, err
	}
	lines, err := intake.Feeds{}.Lines()
	if err != nil {
		return "", nil, err
	}
	store := commit.New(nc, commit.Options{})
	desk := ingest.New(ingest.Options{Raw: store, Dead: store, Feeds: lines})
	mux := http.NewServeMux()
	mux.Handle(push.Route, push.NewHTTP(push.Options{Take: desk.Take, Feeds: lines, Loopback: true}))
	web := httptest.NewServer(mux)
	return web.URL, func() { web.Close(); nc.Close(); server.Shutdown(); os.RemoveAll(dir) }, nil
}
