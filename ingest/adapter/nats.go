package adapter

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/micro"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// NATS makes a client that pushes by requests on wire.push.<feed>. It does not close the connection.
func NATS(nc *nats.Conn, feed string, options ...Option) (*Client, error) {
	subject, err := stream.PushSubject(feed)
	if err != nil {
		return nil, fmt.Errorf("adapter: feed: %w", err)
	}
	return client(feed, &overNATS{nc, subject}, options)
}

type overNATS struct {
	nc      *nats.Conn
	subject string
}

func (o *overNATS) send(ctx context.Context, c *Client, doc []byte, about Document) (wiredesk.Receipt, error) {
	msg := nats.NewMsg(o.subject)
	msg.Data = doc
	set := func(name, value string) {
		if value != "" {
			msg.Header.Set(name, value)
		}
	}
	set("Content-Type", about.MediaType)
	set(stream.HFormat, about.Format)
	set(stream.HURI, about.URI)
	set(stream.HVersion, about.Version)
	set(stream.HTrace, about.Trace)
	set("Wire-Token", c.token)
	if most := o.nc.MaxPayload(); most > 0 && int64(len(doc)) > most {
		reason := fmt.Sprintf("the document has %d bytes: the broker's limit of a message is %d", len(doc), most)
		return wiredesk.Receipt{}, &Rejected{Status: http.StatusRequestEntityTooLarge, Reason: reason, Next: "push it over HTTP, or split it"}
	}
	reply, err := o.nc.RequestMsgWithContext(ctx, msg)
	if err != nil {
		return wiredesk.Receipt{}, fmt.Errorf("adapter: %w", err)
	}
	status := http.StatusAccepted
	if code := reply.Header.Get(micro.ErrorCodeHeader); code != "" {
		if status, err = strconv.Atoi(code); err != nil {
			status = http.StatusInternalServerError
		}
	}
	return verdict(status, reply.Header.Get("Retry-After"), reply.Data)
}
