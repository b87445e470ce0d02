package adapter

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
)

// New makes a client that pushes over HTTP to a wiredesk at the given address, such as "http://127.0.0.1:8080".
func New(address, feed string, options ...Option) (*Client, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("adapter: %q is no address: write it like http://127.0.0.1:8080", address)
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	line := &overHTTP{
		to: u.JoinPath("v1", "push", url.PathEscape(feed)),
		client: &http.Client{
			Transport: &http.Transport{
				Proxy: http.ProxyFromEnvironment, DialContext: dialer.DialContext, ForceAttemptHTTP2: true,
				TLSHandshakeTimeout: 10 * time.Second, MaxIdleConnsPerHost: 16, IdleConnTimeout: 30 * time.Second,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	return client(feed, line, options)
}

type overHTTP struct {
	to     *url.URL
	client *http.Client
}

func (o *overHTTP) send(ctx context.Context, c *Client, doc []byte, about Document) (wiredesk.Receipt, error) {
	var none wiredesk.Receipt
	to := *o.to
	if about.Format != "" {
		to.RawQuery = url.Values{"format": {about.Format}}.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.String(), bytes.NewReader(doc))
	if err != nil {
		return none, fmt.Errorf("adapter: %w", err)
	}
	set := func(name, value string) {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	set("Accept", "application/json")
	set("Content-Type", about.MediaType)
	set("Wire-Uri", about.URI)
	set("Wire-Version", about.Version)
	set("traceparent", about.Trace)
	if c.token != "" {
		set("Authorization", "Bearer "+c.token)
	}
	res, err := o.client.Do(req)
	if err != nil {
		return none, fmt.Errorf("adapter: %w", err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return none, fmt.Errorf("adapter: the answer broke off: %w", err)
	}
	return verdict(res.StatusCode, res.Header.Get("Retry-After"), body)
}

const maxAnswer = 16 << 20

// problem is the body of an answer that is no receipt.
type problem struct {
	Error   string           `json:"error"`
	Receipt string           `json:"receipt"`
	Faults  []wiredesk.Fault `json:"faults"`
	Next    string           `json:"next"`
}

// verdict reads an answer: a receipt, a refusal that time heals, or a final one.
func verdict(status int, after string, body []byte) (wiredesk.Receipt, error) {
	var receipt wiredesk.Receipt
	if status == http.StatusAccepted {
		if err := json.Unmarshal(body, &receipt); err != nil || receipt.Receipt == "" {
			return receipt, errors.New("adapter: the answer holds no receipt")
		}
		return receipt, nil
	}
	var p problem
	if err := json.Unmarshal(body, &p); err != nil || p.Error == "" {
		p.Error = strings.TrimSpace(string(body[:min(len(body), 200)]))
	}
	if healing(status) {
		return receipt, &later{status: status, reason: p.Error, after: retryAfter(after, time.Now())}
	}
	return receipt, &Rejected{Status: status, Reason: p.Error, Receipt: p.Receipt, Faults: p.Faults, Next: p.Next}
}
