package deploy_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish"
)

type took chan wiredesk.Article

// Deliver implements wiredesk.Sink: it fails once, and refuses one story.
func (s took) Deliver(_ context.Context, a wiredesk.Article) error {
	if a.Story == "odd" {
		return fmt.Errorf("refused: %w", wiredesk.ErrUndeliverable)
	}
	select {
	case s <- a:
		return nil
	default:
		return fmt.Errorf("the tray is full")
	}
}

// TestOutputsWorkWithWhatPublishMay runs an output as the user of the deployed file: a delivery that is tried again, a
// dead letter, and another delivery.
func TestOutputsWorkWithWhatPublishMay(t *testing.T) {
	s, admin := line(t)
	user := dial(t, s, "publish", "WIRE_PUBLISH_PASSWORD")
	for _, subjects := range [][]string{{"news.source.sana.*"}, {"news.source.sana.*", "news.place.sy.*"}} {
		tray, name := make(took), fmt.Sprint("files-", len(subjects))
		c := &publish.Courier{
			Name: name, Subjects: subjects, Sink: tray, Dead: commit.New(user.Conn, commit.Options{Stream: stream.DEAD}),
			Retry: 20 * time.Millisecond, Log: zerolog.New(zerolog.NewTestWriter(t)).Level(zerolog.ErrorLevel),
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- c.Run(ctx, user.Conn) }()
		for _, id := range []string{"odd", "one"} {
			news(t, user, wiredesk.Facet{Name: "source", Value: "sana"}, id)
		}
		select {
		case a := <-tray:
			if a.Story != "one" {
				t.Errorf("%s took %q, want one", name, a.Story)
			}
		case <-time.After(15 * time.Second):
			t.Fatalf("%s takes nothing: %v", name, user.LastError())
		}
		dead, err := admin.js(t).Stream(t.Context(), stream.DEAD)
		if err != nil {
			t.Fatal(err)
		}
		// The two stories are different lanes: the delivered one may be in hand before the other is buried.
		for deadline := time.Now().Add(15 * time.Second); ; <-time.After(10 * time.Millisecond) {
			_, err := dead.GetLastMsgForSubject(t.Context(), "wire.dead.out-"+name+".unknown")
			if err == nil {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("the dead letter of %s: %v", name, err)
			}
		}
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}
