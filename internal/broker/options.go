package broker

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// Options are how the embedded broker runs.
type Options struct {
	Dir string // the data directory; made if missing
	// Listen is the address for clients outside this process, host:port. Empty: nobody outside. Without a host it is
	// 127.0.0.1, port 0 picks one. Any address but loopback needs Users.
	Listen string
	// Users may connect; the first is the operator's own, whom URL and Connect use. None: no credentials are asked.
	Users []User
	// Relaxed acknowledges before the disk has the bytes and syncs once a second: a crash of the process loses
	// nothing, a loss of power what was not synced, by the second or by a call of Sync. Otherwise an acknowledgement
	// means on disk, at the price of a sync each.
	Relaxed bool
	// Synced hears of every file of messages that Sync has synced, and how much of it is safe at least; it may be nil.
	// The test of a loss of power needs it.
	Synced func(file string, size int64)

	// MaxStore is the bytes of the streams on disk; 0 is what stream.Defaults asks for. The broker gets storeRoom more,
	// so that streams that are all full still take copy, dropping the oldest.
	MaxStore  int64
	MaxMemory int64 // bytes of streams in memory, of which the line has none; 0 is 64 MiB

	Log zerolog.Logger
	// OnClosed hears of a connection of Connect that is closed for good, with the reason; nil for one closed on
	// purpose. It is called once a connection, from the client's own goroutine.
	OnClosed func(name string, err error)
}

// User is a credential of the embedded broker. Without Publish and Subscribe it may do everything in its account;
// otherwise those subjects only.
type User struct {
	Name, Password     string
	Publish, Subscribe []string
}

const (
	relaxedSync = time.Second
	storeRoom   = 8 * stream.MaxMessage
)

func (o Options) server() (*server.Options, error) {
	so := &server.Options{
		ServerName: "wiredesk", DontListen: o.Listen == "", NoSigs: true, MaxPayload: stream.MaxMessage,
		JetStream: true, StoreDir: o.Dir, DisableJetStreamBanner: true,
		JetStreamMaxStore: o.MaxStore, JetStreamMaxMemory: o.MaxMemory, SyncAlways: !o.Relaxed,
	}
	if o.Relaxed {
		so.SyncInterval = relaxedSync
	}
	if so.JetStreamMaxStore <= 0 {
		so.JetStreamMaxStore = stream.Defaults().MaxBytes
	}
	so.JetStreamMaxStore += storeRoom
	if so.JetStreamMaxMemory <= 0 {
		so.JetStreamMaxMemory = 64 << 20
	}
	for _, u := range o.Users {
		so.Users = append(so.Users, u.server())
	}
	if o.Listen == "" {
		return so, nil
	}
	return so, o.address(so)
}

func (o Options) address(so *server.Options) error {
	host, port, err := net.SplitHostPort(o.Listen)
	if err != nil {
		return fmt.Errorf("broker: listen address %q: %w; write it as host:port", o.Listen, err)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	n, err := strconv.Atoi(port)
	if err != nil || n < -1 || n > 65535 {
		return fmt.Errorf("broker: listen address %q: the port must be 0 to 65535", o.Listen)
	}
	if n == 0 {
		n = server.RANDOM_PORT
	}
	if len(o.Users) == 0 && !loopback(host) {
		return fmt.Errorf("broker: listen address %q is open to the network: %w; configure users for the broker, or listen on 127.0.0.1", o.Listen, errOpen)
	}
	so.Host, so.Port = host, n
	return nil
}

var errOpen = errors.New("no credentials are configured")

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (u User) server() *server.User {
	su := &server.User{Username: u.Name, Password: u.Password}
	if len(u.Publish)+len(u.Subscribe) > 0 {
		su.Permissions = &server.Permissions{
			Publish: permission(u.Publish), Subscribe: permission(u.Subscribe),
		}
	}
	return su
}

func permission(allow []string) *server.SubjectPermission {
	if len(allow) == 0 {
		return &server.SubjectPermission{Deny: []string{">"}}
	}
	return &server.SubjectPermission{Allow: allow}
}
