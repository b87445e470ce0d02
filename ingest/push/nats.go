package push

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/micro"
	"golang.org/x/sync/semaphore"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Service is the name under which the NATS tools list the push service.
const Service = "wiredesk-push"

// HToken is the header of a NATS request that carries the feed's token.
const HToken = "Wire-Token"

// NATS answers requests on wire.push.<feed>: the message is the document, its headers Wire-Uri, Wire-Version,
// Wire-Format, Content-Type, Wire-Token and traceparent say the same as over HTTP, no other header is looked at. All
// copies of the service share the requests. An error reply carries the HTTP status as its code, the [Problem] as its
// body, and Retry-After where waiting helps. A document is at most as large as the broker lets a message be.
//
// A message that wants no reply is taken as well, its sender is only never told.
type NATS struct {
	Options
	nc      *nats.Conn
	service micro.Service
	memory  *semaphore.Weighted

	mu      sync.Mutex
	stopped bool
	busy    sync.WaitGroup

	receipts, refusals atomic.Int64
}

// Figures are what the tools show of the service beside its requests.
type Figures struct {
	Receipts int64 `json:"receipts"`
	Refusals int64 `json:"refusals"`
}

// ServeNATS starts the service on a connection. Stop ends it; the end of ctx by itself does not, so that what is in
// hand gets its answer.
func ServeNATS(ctx context.Context, nc *nats.Conn, o Options) (*NATS, error) {
	if o.Bytes == 0 {
		o.Bytes = 128 << 20
	}
	n := &NATS{Options: o, nc: nc, memory: semaphore.NewWeighted(o.Bytes)}
	service, err := micro.AddService(nc, micro.Config{
		Name: Service, Version: version(), Description: "takes documents for a feed and answers with a receipt once they are stored",
		QueueGroup: Service, StatsHandler: n.figures,
	})
	if err != nil {
		return nil, fmt.Errorf("push: NATS service: %w", err)
	}
	n.service = service
	err = service.AddEndpoint("push", micro.ContextHandler(context.WithoutCancel(ctx), n.request), micro.WithEndpointSubject(stream.PushPrefix+"*"))
	if err != nil {
		return nil, fmt.Errorf("push: NATS endpoint %s*: %w", stream.PushPrefix, err)
	}
	return n, nil
}

// Stop takes no more requests, and returns once every request in hand has its answer.
func (n *NATS) Stop() error {
	err := n.service.Stop()
	n.mu.Lock()
	n.stopped = true
	n.mu.Unlock()
	n.busy.Wait()
	return err
}

func (n *NATS) figures(*micro.Endpoint) any {
	return Figures{Receipts: n.receipts.Load(), Refusals: n.refusals.Load()}
}

// request answers beside the subscription, so that one slow document does not hold up the next. The answer goes out
// on the connection itself: the service looks at its own request again as soon as this returns.
func (n *NATS) request(ctx context.Context, r micro.Request) {
	share := min(int64(len(r.Data()))+1, n.Bytes)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.stopped || !n.memory.TryAcquire(share) {
		n.decline(r, refuseWith(http.StatusServiceUnavailable, "too many documents at once", "push the same document again after the wait", time.Second))
		return
	}
	n.busy.Go(func() {
		defer n.memory.Release(share)
		n.answer(ctx, r)
	})
}

func (n *NATS) answer(ctx context.Context, r micro.Request) {
	receipt, no := n.push(ctx, r)
	if no != nil {
		no.log(n.Log.With().Str("feed", stream.LastToken(r.Subject())).Str("via", "nats").Logger())
		n.decline(r, *no)
		return
	}
	n.receipts.Add(1)
	n.reply(r, nats.Header{}, receipt)
}

func (n *NATS) push(ctx context.Context, r micro.Request) (wiredesk.Receipt, *refusal) {
	feed, no := n.admit(r)
	if no != nil {
		return wiredesk.Receipt{}, no
	}
	header := r.Headers()
	ctx, cancel := context.WithTimeout(intake.WithTrace(ctx, header.Get(stream.HTrace)), takeTimeout)
	defer cancel()
	mediaType, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		mediaType, params = "", nil
	}
	receipt, err := n.Take(ctx, wiredesk.Raw{
		Feed: feed, Via: "nats", Bytes: r.Data(), Format: header.Get(stream.HFormat), MediaType: mediaType,
		Charset: params["charset"], URI: header.Get(stream.HURI), Version: header.Get(stream.HVersion),
	})
	if err != nil {
		no := refuse(err)
		return receipt, &no
	}
	return receipt, nil
}

func (n *NATS) admit(r micro.Request) (string, *refusal) {
	name, err := stream.Untoken(stream.LastToken(r.Subject()))
	if err != nil {
		no := refuseWith(http.StatusNotFound, err.Error(), "write the feed's name as a subject token", 0)
		return "", &no
	}
	feed, err := n.Feeds.Find(name)
	if err != nil {
		no := refuse(err)
		return "", &no
	}
	if len(feed.Tokens) > 0 && !n.TrustNATS && !feed.Admits(r.Headers().Get(HToken)) {
		no := refuseWith(http.StatusUnauthorized, "this feed needs its token", "send the header "+HToken+" with a token of this feed", 0)
		return "", &no
	}
	return name, nil
}

// decline replies as the service protocol wants it (ADR-32): the code and the reason in headers.
func (n *NATS) decline(r micro.Request, no refusal) {
	n.refusals.Add(1)
	h := nats.Header{
		micro.ErrorCodeHeader: []string{strconv.Itoa(no.code)},
		micro.ErrorHeader:     []string{oneLine(no.Error)},
	}
	if no.after > 0 {
		h["Retry-After"] = []string{strconv.Itoa(no.seconds())}
	}
	n.reply(r, h, no.Problem)
}

func (n *NATS) reply(r micro.Request, h nats.Header, body any) {
	if r.Reply() == "" {
		return
	}
	h["Content-Type"] = []string{"application/json"}
	data, err := json.Marshal(body)
	if err == nil {
		err = n.nc.PublishMsg(&nats.Msg{Subject: r.Reply(), Header: h, Data: data})
	}
	if err != nil {
		n.Log.Warn().Err(err).Str("feed", stream.LastToken(r.Subject())).Msg("an answer could not be sent")
	}
}

const maxLine = 512

// oneLine fits a reason into a header.
func oneLine(reason string) string {
	line := strings.Join(strings.Fields(reason), " ")
	return stream.HeaderValue(line[:min(len(line), maxLine)])
}

// version is the module's version as the service protocol wants it: semantic, without the v.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		v := strings.TrimPrefix(info.Main.Version, "v")
		if regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`).MatchString(v) {
			return v
		}
	}
	return "0.0.0"
}
