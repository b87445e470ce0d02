package poll

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Limits of one fetch.
const (
	MaxFetch     = 20 * time.Second // in all, redirects and a slow body included
	MaxBody      = 15 << 20         // bytes, after decompression
	maxHeader    = 64 << 10
	maxRedirects = 5
)

// fetcher asks for one feed's document. Its connections are its own, because what they may reach is.
type fetcher struct {
	home    *url.URL // as configured: credentials are for it alone
	headers http.Header
	hosts   *Hosts
	client  *http.Client
	limit   time.Duration
}

func newFetcher(o *Options, home *url.URL, roots *x509.CertPool) *fetcher {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: guard(o.Allow)}
	transport := &http.Transport{
		Proxy: nil, DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true,
		TLSHandshakeTimeout: 10 * time.Second, MaxResponseHeaderBytes: maxHeader, DisableCompression: true,
		// A connection kept open would log what a server sends unasked, and that may be copy.
		DisableKeepAlives: true,
	}
	return &fetcher{
		home: home, headers: o.Headers, hosts: o.Hosts, limit: o.Fetch,
		client: &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
}

// validators are what a server recognises its own answer by.
type validators struct {
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"` // Last-Modified, as sent
}

// answer is a document, or that there is no new one.
type answer struct {
	doc       []byte // nil when it has not changed
	header    http.Header
	moved     *url.URL // where permanent redirects lead; nil when there were none
	unchanged bool
}

// failure is an answer that is no document.
type failure struct {
	status int
	after  string // Retry-After, as sent
	reason string
}

func (f *failure) Error() string { return f.reason }

// fetch asks for the document at an address, all in all within the limit. Its errors hold no query and no user.
func (f *fetcher) fetch(ctx context.Context, from *url.URL, known validators, at time.Time) (*answer, error) {
	leave, err := f.hosts.enter(ctx, from.Host)
	if err != nil {
		return nil, err
	}
	defer func() { leave() }()
	ctx, cancel := context.WithTimeoutCause(ctx, f.limit, fmt.Errorf("no whole answer within %s", f.limit))
	defer cancel()
	var moved *url.URL
	permanent := true
	for range maxRedirects + 1 {
		resp, err := f.ask(ctx, from, known)
		if err != nil {
			return nil, plainly(ctx, err)
		}
		next, forGood, err := redirect(from, resp)
		if err != nil || next == nil {
			a, err := f.read(ctx, resp, err, known)
			return a.from(moved), err
		}
		_ = resp.Body.Close()
		if permanent = permanent && forGood; permanent {
			moved = next
		}
		if next.Host != from.Host {
			leave()
			if leave, err = f.hosts.enter(ctx, next.Host); err != nil {
				leave = func() {}
				return nil, plainly(ctx, err)
			}
			if until := f.hosts.until(next.Host, at); until.After(at) {
				return nil, fmt.Errorf("redirected to %s, which asked to be left alone until %s", next.Hostname(), until.UTC().Format(time.RFC3339))
			}
		}
		from = next
	}
	return nil, fmt.Errorf("more than %d redirects", maxRedirects)
}

func (a *answer) from(moved *url.URL) *answer {
	if a != nil {
		a.moved = moved
	}
	return a
}

const accept = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"

// ask makes one request. Credentials go to the configured host alone.
func (f *fetcher) ask(ctx context.Context, to *url.URL, known validators) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, to.String(), nil)
	if err != nil {
		return nil, err
	}
	if own(f.home, to) {
		req.Header = f.headers.Clone()
		if req.Header == nil {
			req.Header = http.Header{}
		}
	}
	for name, value := range map[string]string{
		"Accept": accept, "Accept-Encoding": "gzip", "User-Agent": agent, "If-None-Match": known.ETag, "If-Modified-Since": known.Modified,
	} {
		if value != "" && req.Header.Get(name) == "" {
			req.Header.Set(name, value)
		}
	}
	return f.client.Do(req)
}

const agent = "wiredesk-poll (+https://github.com/wiredesk/wiredesk)"

// read takes the document from the last answer. It closes the answer.
func (f *fetcher) read(ctx context.Context, resp *http.Response, broken error, known validators) (*answer, error) {
	defer func() { _ = resp.Body.Close() }()
	a := &answer{header: resp.Header}
	switch {
	case broken != nil:
		return a, broken
	case resp.StatusCode == http.StatusNotModified && known == validators{}:
		return a, &failure{status: 304, reason: "the server answered 304 Not Modified, but was asked for the document without conditions"}
	case resp.StatusCode == http.StatusNotModified:
		a.unchanged = true
		return a, nil
	case resp.StatusCode != http.StatusOK:
		return a, &failure{resp.StatusCode, resp.Header.Get("Retry-After"), "the server answered " + status(resp.StatusCode)}
	}
	body, err := decoded(resp)
	if err != nil {
		return a, plainly(ctx, err)
	}
	a.doc, err = io.ReadAll(io.LimitReader(body, MaxBody+1))
	switch {
	case err != nil:
		return a, fmt.Errorf("the answer broke off after %d bytes: %w", len(a.doc), plainly(ctx, err))
	case len(a.doc) > MaxBody:
		return a, fmt.Errorf("the document is over the limit of %d bytes after decompression", MaxBody)
	case len(a.doc) == 0:
		return a, errors.New("the server answered with an empty document")
	}
	return a, nil
}

// decoded is the body without its encoding. No more is read than the limit, whatever it unpacks to: a stream of empty
// parts would otherwise unpack to nothing for ever.
func decoded(resp *http.Response) (io.Reader, error) {
	raw := io.LimitReader(resp.Body, MaxBody+1)
	switch encoding := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); encoding {
	case "", "identity":
		return raw, nil
	case "gzip", "x-gzip":
		return gzip.NewReader(raw)
	default:
		return nil, fmt.Errorf("the answer is encoded as %q: only gzip was asked for", encoding)
	}
}

// trusted are the system's certificates and more; nil stands for the system's alone.
func trusted(more []byte) (*x509.CertPool, error) {
	if len(more) == 0 {
		return nil, nil
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(more) {
		return nil, errors.New("poll: no certificate to trust in what poll.ca names: it must be in PEM form")
	}
	return pool, nil
}
