package poll

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"syscall"

	"code.dny.dev/ssrf"
)

// Allow is an exception from the guard of one feed: addresses that it may connect to although they are not public, a
// port besides 80 and 443, or both.
type Allow struct {
	Prefix netip.Prefix // invalid: every public address
	Port   uint16       // 0: 80 and 443
}

// ParseAllow reads an exception: an address or a prefix, a port, or both, like 10.1.2.3, 10.1.0.0/16, [fd00::7]:8080,
// 127.0.0.1:9000 or :8080. Names are refused: what a name leads to can change between the check and the connection.
func ParseAllow(text string) (Allow, error) {
	host, port := text, ""
	if i := strings.LastIndexByte(text, ':'); i >= 0 && (strings.Count(text, ":") == 1 || strings.HasPrefix(text, "[")) && !strings.HasSuffix(text, "]") {
		host, port = text[:i], text[i+1:]
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	var a Allow
	if port != "" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return a, fmt.Errorf("%q: no port %q", text, port)
		}
		a.Port = uint16(n)
	}
	if host == "" && a.Port > 0 {
		return a, nil
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.Zone() == "" {
		a.Prefix = netip.PrefixFrom(ip.Unmap(), ip.Unmap().BitLen())
		return a, nil
	}
	prefix, err := netip.ParsePrefix(host)
	if err != nil {
		return a, fmt.Errorf("%q is not an address: write it like 10.1.2.3, 10.1.0.0/16, 10.1.2.3:8080 or :8080; names are not taken", text)
	}
	a.Prefix = prefix.Masked()
	return a, nil
}

func (a Allow) covers(to netip.AddrPort) bool {
	if !a.Prefix.IsValid() || !a.Prefix.Contains(to.Addr().Unmap()) {
		return false
	}
	if a.Port == 0 {
		return to.Port() == 80 || to.Port() == 443
	}
	return to.Port() == a.Port
}

// guard decides on the address that is really dialled, for every connection: whatever a name or a redirect says, it ends
// in an address, and only that counts.
func guard(allow []Allow) func(network, address string, c syscall.RawConn) error {
	ports := []uint16{80, 443}
	for _, a := range allow {
		if !a.Prefix.IsValid() {
			ports = append(ports, a.Port)
		}
	}
	public := ssrf.New(ssrf.WithPorts(ports...))
	return func(network, address string, c syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("refused to connect to %q: %w", address, err)
		}
		for _, a := range allow {
			if a.covers(to) {
				return nil
			}
		}
		if err := public.Safe(network, address, c); err != nil {
			return fmt.Errorf("refused to connect to %s: %w; name it under poll.allow of this feed if that is meant", to, err)
		}
		return nil
	}
}
