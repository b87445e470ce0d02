package push

import (
	"net/http"
	"net/netip"
	"strings"

	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/web"
)

// access decides who may push. With tokens a feed admits who shows one of them, from anywhere. Without, it admits
// programs on this machine only.
type access struct {
	feeds    *intake.Lines
	loopback bool // the server listens on loopback addresses only
}

// check is nil or why the request may not push to the feed. Whoever is not known learns nothing about feeds.
func (a access) check(r *http.Request, name string) *refusal {
	here := a.loopback && web.Local(r)
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
