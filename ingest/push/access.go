package push

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/wiredesk/wiredesk/internal/intake"
)

// access decides who may push. With tokens a feed admits who shows one of them, from anywhere. Without, it admits
// programs on this machine only.
type access struct {
	feeds    *intake.Lines
	loopback bool // the server listens on loopback addresses only
}

// check is nil or why the request may not push to the feed. Whoever is not known learns nothing about feeds.
func (a access) check(r *http.Request, name string) *refusal {
	here := a.loopback && local(r)
	feed, err := a.feeds.Find(name)
	token, shown := bearer(r)
	switch {
	case err != nil && here:
		no := refuse(err)
		return &no
	case err != nil:
		return unauthorised("this feed needs its token")
	case len(feed.Tokens) > 0 && shown && feed.Admits(token):
		return nil
	case len(feed.Tokens) > 0:
		return unauthorised("this feed needs its token")
	case here:
		return nil
	case !a.loopback:
		return unauthorised("this feed needs its token")
	}
	no := refuseWith(http.StatusForbidden, "without a token only programs on this machine may push, straight to its loopback address",
		"configure a token for the feed, and send it", 0)
	return &no
}

func unauthorised(reason string) *refusal {
	no := refuseWith(http.StatusUnauthorized, reason, "send the header Authorization: Bearer TOKEN with a token of this feed", 0)
	return &no
}

// bearer is the token of the Authorization header (RFC 6750).
func bearer(r *http.Request) (string, bool) {
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "Bearer")
}

// local says whether the request comes from a program on this machine: straight from a loopback address, not by way
// of a proxy, and to a loopback name, so that a web page cannot reach us by rebinding a name of its own.
func local(r *http.Request) bool {
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	return isLoopback(r.RemoteAddr) && loopbackName(r.Host)
}

func isLoopback(address string) bool {
	at, err := netip.ParseAddrPort(address)
	return err == nil && at.Addr().Unmap().IsLoopback()
}

func loopbackName(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.Trim(name, "[]")
	if strings.EqualFold(name, "localhost") {
		return true
	}
	at, err := netip.ParseAddr(name)
	return err == nil && at.IsLoopback()
}

// peer is the address that a rate limit counts, without its port. An IPv6 address counts as its /64.
func peer(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	addr := at.Addr().Unmap()
	if addr.Is6() {
		if net, err := addr.WithZone("").Prefix(64); err == nil {
			return net.String()
		}
	}
	return addr.String()
}
