package stream

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/coder/websocket"
)

// maxSaid bounds what a reader may send: nothing but control frames is listened to.
const maxSaid = 512

// socket serves a reader over WebSocket: each line is a text message. A page of another origin is refused.
func (b *Board) socket(w http.ResponseWriter, r *http.Request, t *tail, a ask, gap *Gap) {
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return // it has been answered
	}
	defer func() { _ = conn.CloseNow() }()
	conn.SetReadLimit(maxSaid)
	ctx := conn.CloseRead(context.WithoutCancel(r.Context()))
	reader := b.start(ctx, t, a.place)
	defer reader.close()
	b.pump(ctx, reader, a, gap, &socketed{conn, b.Patience})
}

// socketed is the outlet of a WebSocket.
type socketed struct {
	conn     *websocket.Conn
	patience time.Duration
}

// send implements outlet.
func (o *socketed) send(ctx context.Context, n note) error {
	ctx, cancel := context.WithTimeout(ctx, o.patience)
	defer cancel()
	err := o.write(ctx, n)
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return errors.Join(errStuck, err)
	}
	return err
}

func (o *socketed) write(ctx context.Context, n note) error {
	switch n.kind {
	case "open":
		return nil
	case "alive":
		return o.conn.Ping(ctx)
	}
	var line bytes.Buffer
	lines(&line, n)
	err := o.conn.Write(ctx, websocket.MessageText, bytes.TrimSuffix(line.Bytes(), []byte("\n")))
	if n.kind != "end" || err != nil {
		return err
	}
	// The close code asks the reader to come back, and its reason says where.
	return o.conn.Close(websocket.StatusTryAgainLater, "since="+strconv.FormatUint(n.seq, 10))
}
