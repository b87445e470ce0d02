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

// gone is a receiver that wants nothing any more.
type gone struct{}

// Deliver implements wiredesk.Sink.
func (gone) Deliver(context.Context, wiredesk.Article) error { return wiredesk.ErrGone }

// Pace implements wiredesk.Paced.
func (gone) Pace() wiredesk.Pace { return wiredesk.Pace{AtOnce: 8} }

// TestAnOutputIsDisabledAndResumedWithWhatRolesMay has the user publish disable an output, and the operator resume it.
func TestAnOutputIsDisabledAndResumedWithWhatRolesMay(t *testing.T) {
	s, _ := line(t)
	user, operator := dial(t, s, "publish", "WIRE_PUBLISH_PASSWORD"), dial(t, s, "operator", "WIRE_OPERATOR_PASSWORD")
	c := &publish.Courier{Name: "cms", Sink: gone{}, Dead: commit.New(user.Conn, commit.Options{Stream: stream.DEAD}), Log: zerolog.Nop()}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx, user.Conn) }()
	news(t, user, wiredesk.Facet{Name: "wire", Value: "sana"}, "one")
	for deadline := time.Now().Add(15 * time.Second); ; <-time.After(10 * time.Millisecond) {
		all, err := publish.States(t.Context(), operator.js(t))
		if err == nil && len(all) == 1 && all[0].Disabled {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("not disabled: %v, %v; %v", all, err, user.LastError())
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := publish.Resume(t.Context(), operator.js(t), "cms"); err != nil {
		t.Errorf("the operator may not resume: %v; %v", err, operator.LastError())
	}
	if st, err := publish.StateOf(t.Context(), operator.js(t), "cms"); err != nil || st.Disabled {
		t.Errorf("after resume: %+v, %v", st, err)
	}
	for _, name := range []string{"partner", "desk-syria"} {
		if user.try(t, "$JS.API.CONSUMER.PAUSE.NEWS."+name) {
			t.Errorf("publish may pause the consumer %s", name)
		}
	}
}
