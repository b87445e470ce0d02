package webhook

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"code.dny.dev/ssrf"

	"github.com/wiredesk/wiredesk/publish/format"
)

// Limits of one address.
const (
	maxAtOnce = 256
	maxAnswer = 4 << 10 // bytes of an answer that are read
	maxHeader = 64 << 10
)

// address is the parsed url. Its errors hold neither path nor query, in which there may be keys.
func (s Settings) address() (*url.URL, error) {
	if s.URL == "" {
		return nil, errors.New("a webhook without an address: add url: https://…")
	}
	u, err := url.Parse(s.URL)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("url: not an address: write it like https://hooks.example.org/wire")
	case u.User != nil:
		return nil, errors.New("url: a user or password in the address: the signature says who sends, leave them out")
	case u.Fragment != "":
		return nil, errors.New("url: an address with a # in it: leave out what follows, it is never sent")
	case u.Scheme == "http" && !s.AllowPrivate:
		return nil, errors.New("url: http can be read on the way: use https, or allow_private: true where the address is in the house's own network")
	}
	if _, err := portOf(u); err != nil {
		return nil, err
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
		if err := s.guard(0).SafeAddr(ip.Unmap()); err != nil {
			return nil, fmt.Errorf("url: %s is not a public address: %s", ip, s.exception(ip))
		}
	}
	return u, nil
}

func portOf(u *url.URL) (uint16, error) {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 {
		return 0, fmt.Errorf("url: no port %q", port)
	}
	return uint16(n), nil
}

// exception is what to do about an address that is refused.
func (s Settings) exception(ip netip.Addr) string {
	if !s.AllowPrivate && (ip.IsPrivate() || ip.IsLoopback()) {
		return "add allow_private: true if that is meant"
	}
	return "nothing is ever sent there"
}

func (s Settings) format() (format.Format, error) {
	f, err := format.Find(s.Format, s.Version)
	if err == nil && !f.Canceled {
		err = fmt.Errorf("format: %s cannot say that a story is killed: use article, ninjs, newsmlg2 or nitf", s.Format)
	}
	return f, err
}

func (s Settings) bounds() error {
	if t := time.Duration(s.Timeout); t < 100*time.Millisecond || t > 5*time.Minute {
		return fmt.Errorf("timeout: %s is out of range: use 100ms to 5m", s.Timeout)
	}
	if t := time.Duration(s.GiveUp); t < time.Minute || t > 365*24*time.Hour {
		return fmt.Errorf("give_up: %s is out of range: use 1m to 365d", s.GiveUp)
	}
	if s.AtOnce < 1 || s.AtOnce > maxAtOnce {
		return fmt.Errorf("at_once: %d is out of range: use 1 to %d", s.AtOnce, maxAtOnce)
	}
	return nil
}

// client posts to the address alone. It follows no redirect, asks no proxy, and connects to a public address only, unless
// private ones are allowed: what a name leads to is decided where the connection is made.
func (s Settings) client(u *url.URL) (*http.Client, error) {
	roots, err := s.roots()
	if err != nil {
		return nil, err
	}
	port, err := portOf(u)
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: min(10*time.Second, time.Duration(s.Timeout)), Control: s.guard(port).Safe}
	transport := &http.Transport{
		Proxy: nil, DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout: 10 * time.Second, IdleConnTimeout: 90 * time.Second,
		MaxConnsPerHost: s.AtOnce, MaxIdleConnsPerHost: s.AtOnce, MaxResponseHeaderBytes: maxHeader,
		DisableCompression: true, ForceAttemptHTTP2: true,
	}
	return &http.Client{
		Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}

// guard decides on addresses really dialled. Addresses of the link are never allowed: clouds keep keys there.
func (s Settings) guard(port uint16) *ssrf.Guardian {
	options := []ssrf.Option{ssrf.WithPorts(port)}
	if s.AllowPrivate {
		options = append(options, ssrf.WithAllowedV4Prefixes(prefixes("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")...),
			ssrf.WithAllowedV6Prefixes(prefixes("::1/128", "fc00::/7")...))
	}
	return ssrf.New(options...)
}

func prefixes(all ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(all))
	for i, text := range all {
		out[i] = netip.MustParsePrefix(text)
	}
	return out
}

func (s Settings) roots() (*x509.CertPool, error) {
	if s.CA == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(s.CA)
	if err != nil {
		return nil, fmt.Errorf("ca: %w", err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("ca: no certificate in %s: it has to be a PEM file", s.CA)
	}
	return roots, nil
}

func (h *Hook) host() string {
	u, err := url.Parse(h.URL)
	if err != nil {
		return "the address"
	}
	return strings.ToLower(u.Host)
}
