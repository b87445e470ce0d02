// Mirror keeps a file for each story of the news in this folder, and goes on where it was when it is started again.
package main

import (
	"context"
	"log" //nolint:depguard // a program of a subscriber's own
	"os"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk/publish/subscriber"
)

func main() {
	nc, err := nats.Connect(os.Getenv("NATS_URL"), nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1))
	if err == nil {
		err = subscriber.Follow(context.Background(), nc, subscriber.Options{Name: "mirror-go"}, mirror)
	}
	log.Fatal(err)
}

func mirror(_ context.Context, d subscriber.Delivery) error {
	if d.Article.Item.Status() != "usable" { // killed, or taken back
		return os.RemoveAll(d.Article.Story + ".txt")
	}
	return os.WriteFile(d.Article.Story+".txt", []byte(d.Article.Text), 0o600)
}
