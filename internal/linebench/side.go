package linebench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

// server is the broker of one trial: embedded, with the line's own settings, listening on loopback as up lets it.
func server(ctx context.Context, o Options, m mode, dir string) (*broker.Server, error) {
	return broker.Start(ctx, broker.Options{
		Dir: dir, Listen: "127.0.0.1:0", Relaxed: m.durability == Relaxed, Log: o.Log,
		MaxStore: int64(config.Default().Streams.MaxBytes),
	})
}

// openLine runs the whole line. In process it has the embedded broker that up starts; over TCP it reaches one in this
// process as it would reach one elsewhere.
func openLine(ctx context.Context, o Options, m mode, dir string) (*trial, error) {
	return startLine(ctx, o, m, settings(m, dir))
}

func settings(m mode, dir string) *config.Config {
	c := config.Default()
	c.Data, c.Durability, c.HTTP.Listen = dir, m.durability, "127.0.0.1:0"
	return c
}

func startLine(ctx context.Context, o Options, m mode, c *config.Config) (*trial, error) {
	shut := func() {}
	if m.transport == TCP {
		s, err := server(ctx, o, m, c.Data)
		if err != nil {
			return nil, err
		}
		shut = s.Shutdown
		c.NATS.URL = s.URL()
	}
	l, err := line.Open(ctx, line.Options{Config: c, Roles: line.Everything(), Software: o.Software, Log: o.Log})
	if err != nil {
		shut()
		return nil, err
	}
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	ready, ended := make(chan line.Address, 1), make(chan error, 1)
	go func() { ended <- l.Run(work, func(a line.Address) { ready <- a }) }()
	t := &trial{pushers: 256}
	t.close = func() error {
		stop()
		err := <-ended
		shut()
		return err
	}
	select {
	case err := <-ended:
		ended <- err
		return nil, errors.Join(errors.New("the line did not start"), t.close())
	case at := <-ready:
		if t.nc, err = l.Connect(ctx, "bench"); err != nil {
			return nil, errors.Join(err, t.close())
		}
		t.push = pusher(o, l, at)
		return t, nil
	}
}

func pusher(o Options, l *line.Line, at line.Address) func(context.Context, int) error {
	if !o.HTTP {
		return func(ctx context.Context, n int) error {
			_, err := l.Take(ctx, document(n))
			return err
		}
	}
	client := &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 256}}
	return func(ctx context.Context, n int) error {
		return post(ctx, client, at.HTTP+"/v1/push/"+feed, document(n))
	}
}

const maxAnswer = 64 << 10

func post(ctx context.Context, client *http.Client, to string, raw wiredesk.Raw) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(raw.Bytes))
	if err != nil {
		return err
	}
	req.Header.Set("Wire-Uri", raw.URI)
	req.Header.Set("Wire-Version", raw.Version)
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err == nil && res.StatusCode/100 != 2 {
		err = fmt.Errorf("push: %s: %.200s", res.Status, answer)
	}
	return err
}

// dial connects to a trial's own broker the way the mode says.
func dial(ctx context.Context, o Options, m mode, s *broker.Server, name string) (*nats.Conn, error) {
	if m.transport == InProcess {
		return s.Connect(name)
	}
	return broker.Dial(ctx, s.URL(), broker.DialOptions{Name: name, Log: o.Log})
}
