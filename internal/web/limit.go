package web

import (
	"net"
	"sync"
)

// limited closes connections over the caps at once, so that half-open ones cannot make the others wait.
type limited struct {
	net.Listener
	total, each int

	mu   sync.Mutex
	all  int
	from map[string]int
}

func limit(l net.Listener, total, each int) net.Listener {
	return &limited{Listener: l, total: total, each: each, from: map[string]int{}}
}

// Accept returns the next connection that is within the caps.
func (l *limited) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		host, _, _ := net.SplitHostPort(c.RemoteAddr().String())
		if l.enter(host) {
			return &counted{Conn: c, leave: sync.OnceFunc(func() { l.leave(host) })}, nil
		}
		_ = c.Close()
	}
}

func (l *limited) enter(host string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all >= l.total || l.from[host] >= l.each {
		return false
	}
	l.all++
	l.from[host]++
	return true
}

func (l *limited) leave(host string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all--
	if l.from[host]--; l.from[host] == 0 {
		delete(l.from, host)
	}
}

type counted struct {
	net.Conn
	leave func()
}

// Close closes the connection and frees its place.
func (c *counted) Close() error {
	c.leave()
	return c.Conn.Close()
}
