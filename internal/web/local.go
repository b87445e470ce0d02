package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Local says whether the request comes from a program on this machine: straight from a loopback address, not by way
// of a proxy, and to a loopback name, so that a web page cannot reach us by rebinding a name of its own.
func Local(r *http.Request) bool {
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	return fromHere(r) && loopbackName(r.Host)
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
