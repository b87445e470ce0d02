package console

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Rights that a visitor may have; who may act may also read.
const (
	nothing = iota
	mayRead
	mayAct
)

const (
	cookieName = "wiredesk-console"
	sessionFor = 12 * time.Hour
)

// guard knows who may do what. A session is a cookie signed with a key made of the tokens: it outlives a restart, holds
// for every process with the same configuration, and ends with the token that opened it.
type guard struct {
	read, act string
	key       []byte
	now       func() time.Time
}

func newGuard(read, act string) *guard {
	mac := hmac.New(sha256.New, []byte(read+"\x00"+act))
	mac.Write([]byte("wiredesk console session"))
	return &guard{read: read, act: act, key: mac.Sum(nil), now: time.Now}
}

// rights of a request, by what it shows: a bearer token, a session, or that it comes from this machine.
func (g *guard) rights(r *http.Request) int {
	has := nothing
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		has = g.opens(bearer)
	}
	if c, err := r.Cookie(cookieName); err == nil {
		has = max(has, g.session(c.Value))
	}
	if g.read == "" && fromHere(r) {
		has = max(has, mayRead)
		if g.act == "" {
			has = mayAct
		}
	}
	return has
}

// opens is what a token gives the right to.
func (g *guard) opens(token string) int {
	switch {
	case g.act != "" && equal(token, g.act):
		return mayAct
	case g.read != "" && equal(token, g.read):
		return mayRead
	}
	return nothing
}

func equal(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// cookie opens a session with rights.
func (g *guard) cookie(rights int, secure bool) *http.Cookie {
	until := g.now().Add(sessionFor)
	text := fmt.Sprintf("%d.%d", rights, until.Unix())
	return &http.Cookie{
		Name: cookieName, Value: text + "." + g.sign(text), Path: Root, Expires: until, HttpOnly: true, Secure: secure,
		SameSite: http.SameSiteStrictMode,
	}
}

func (g *guard) session(value string) int {
	i := strings.LastIndexByte(value, '.')
	if i < 0 || !hmac.Equal([]byte(g.sign(value[:i])), []byte(value[i+1:])) {
		return nothing
	}
	rights, until, _ := strings.Cut(value[:i], ".")
	end, err := strconv.ParseInt(until, 10, 64)
	n, err2 := strconv.Atoi(rights)
	if err != nil || err2 != nil || g.now().Unix() >= end {
		return nothing
	}
	return n
}

func (g *guard) sign(text string) string {
	mac := hmac.New(sha256.New, g.key)
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// ownPage says whether a request that changes something comes from a page of ours, or from a program that has shown a
// token, which no page elsewhere can make a browser do.
func ownPage(r *http.Request) bool {
	if strings.HasPrefix(r.Header.Get("Authorization"), "Bearer ") {
		return true
	}
	origin, err := url.Parse(r.Header.Get("Origin"))
	return err == nil && origin.Host != "" && origin.Host == r.Host
}

func fromHere(r *http.Request) bool {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && at.Addr().Unmap().IsLoopback()
}

// who names the visitor for the log: the address, no more is known.
func who(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
