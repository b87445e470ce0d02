package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// checker holds what the values mean against one another and the world, and tells each mistake at its value.
type checker struct {
	*Config
	file     string
	formats  []string
	problems Problems
	warnings []Problem
}

func (k *checker) at(path, format string, args ...any) Problem {
	o, ok := k.origins[path]
	for p := path; !ok && p != ""; o, ok = k.origins[p] {
		p = p[:max(0, strings.LastIndexAny(p, ".["))]
	}
	if o.Layer == "" {
		o.Layer = "configuration"
	}
	return Problem{File: o.Layer, Line: o.Line, Column: o.Column, Near: masked(o.near), Reason: path + ": " + fmt.Sprintf(format, args...)}
}

func (k *checker) fail(path, format string, args ...any) {
	k.problems = append(k.problems, k.at(path, format, args...))
}

func (k *checker) warn(path, format string, args ...any) {
	k.warnings = append(k.warnings, k.at(path, format, args...))
}

func (k *checker) all() {
	k.oneOf("durability", k.Durability, allowed("durability")...)
	k.oneOf("log.level", k.Log.Level, allowed("log.level")...)
	k.oneOf("log.format", k.Log.Format, allowed("log.format")...)
	k.HTTP.Listen, k.NATS.Listen = home(k.HTTP.Listen), home(k.NATS.Listen)
	k.address("http.listen", k.HTTP.Listen)
	k.HTTP.Token = k.secret("http.token", k.HTTP.Token, k.HTTP.TokenFile)
	k.strong("http.token", k.HTTP.Token)
	k.Console.ActToken = k.secret("console.act_token", k.Console.ActToken, k.Console.ActTokenFile)
	k.strong("console.act_token", k.Console.ActToken)
	k.broker()
	k.streams()
	k.limits()
	k.feeds()
	k.desks()
	k.outputs()
	k.readers()
	k.websub()
	k.exposed()
}

func (k *checker) oneOf(path, value string, known ...string) {
	if !slices.Contains(known, value) {
		k.fail(path, "%q is none of %s%s", value, strings.Join(known, ", "), meant(value, known))
	}
}

func (k *checker) address(path, value string) {
	_, port, err := net.SplitHostPort(value)
	if n, e := strconv.Atoi(port); err != nil || e != nil || n < 0 || n > 65535 {
		k.fail(path, "%q is not an address: write it like 127.0.0.1:8080, port 0 picks a free one", value)
	}
}

func (k *checker) broker() {
	if k.NATS.Listen != "" {
		k.address("nats.listen", k.NATS.Listen)
		if _, _, err := net.SplitHostPort(k.NATS.Listen); err == nil && !Loopback(k.NATS.Listen) && k.NATS.User == "" {
			k.fail("nats.listen", "%s can be reached from outside: set nats.user and nats.password_file, or listen on 127.0.0.1", k.NATS.Listen)
		}
		if k.NATS.URL != "" {
			k.fail("nats.listen", "is of the embedded broker, and with nats.url there is none: leave one of them out")
		}
	}
	for one := range strings.SplitSeq(k.NATS.URL, ",") {
		u, err := url.Parse(strings.TrimSpace(one))
		if k.NATS.URL != "" && (err != nil || u.Host == "" || !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme)) {
			k.fail("nats.url", "not an address of a broker: write it like nats://broker.example:4222, several with commas between")
		}
	}
	k.NATS.Password = k.secret("nats.password", k.NATS.Password, k.NATS.PasswordFile)
	k.readable("nats.credentials", k.NATS.Credentials, true)
	k.readable("nats.nkey", k.NATS.NKey, true)
	k.readable("nats.ca", k.NATS.CA, false)
	if (k.NATS.User == "") != (k.NATS.Password == "") {
		k.fail("nats.user", "a user and a password go together: set both nats.user and nats.password_file")
	}
}

func (k *checker) streams() {
	s := k.Streams
	if s.Replicas != 1 && s.Replicas != 3 && s.Replicas != 5 {
		k.fail("streams.replicas", "%d copies cannot agree: use 1, 3 or 5", s.Replicas)
	} else if s.Replicas > 1 && k.NATS.URL == "" {
		k.fail("streams.replicas", "the embedded broker keeps one copy: set nats.url to a cluster for %d", s.Replicas)
	}
	if s.MaxBytes < 64<<20 {
		k.fail("streams.max_bytes", "%s is too little for a working day: use at least 64MiB", s.MaxBytes)
	}
	for path, keep := range map[string]Duration{
		"raw": s.Keep.Raw, "articles": s.Keep.Articles, "news": s.Keep.News, "dead": s.Keep.Dead,
	} {
		if time.Duration(keep) < time.Minute {
			k.fail("streams.keep."+path, "%s is too short: keep at least 1m", keep)
		}
	}
	if s.Keep.Articles < s.Keep.News {
		k.fail("streams.keep.articles", "shorter than streams.keep.news: a story would be served whose versions are forgotten")
	}
}

func (k *checker) limits() {
	l := k.Limits
	for path, n := range map[string]int{"backlog": l.Backlog, "tries": l.Tries, "workers": l.Workers} {
		if n < 1 || n > 10_000_000 {
			k.fail("limits."+path, "%d is out of range: use 1 to 10000000", n)
		}
	}
	for path, d := range map[string]Duration{"deadline": l.Deadline, "patience": l.Patience, "drain": l.Drain} {
		if time.Duration(d) < 100*time.Millisecond || time.Duration(d) > 10*time.Minute {
			k.fail("limits."+path, "%s is out of range: use 100ms to 10m", d)
		}
	}
}

// exposed refuses an address that strangers can reach while anything behind it is open.
func (k *checker) exposed() {
	if _, _, err := net.SplitHostPort(k.HTTP.Listen); err != nil || Loopback(k.HTTP.Listen) {
		return
	}
	if k.HTTP.Token == "" {
		k.fail("http.listen", "%s can be reached from outside: set http.token_file for health and metrics, or listen on 127.0.0.1", k.HTTP.Listen)
	}
	if len(k.Feeds) == 0 {
		k.fail("http.listen", "%s can be reached from outside: name the feeds that may push, each with a token_file", k.HTTP.Listen)
	}
	for i, f := range k.Feeds {
		if len(f.Tokens) == 0 && !f.Poll.On() { // what is polled need not be pushed to, and without a token cannot be
			k.fail(fmt.Sprintf("feeds[%d]", i), "feed %q has no token, and %s can be reached from outside: set its token_file", f.Name, k.HTTP.Listen)
		}
	}
}

// home puts an address that names no host on this machine: who wants every interface says so, as in 0.0.0.0:8080.
func home(address string) string {
	if strings.HasPrefix(address, ":") {
		return "127.0.0.1" + address
	}
	return address
}

// Loopback says whether an address to listen on can be reached from this machine only.
func Loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
