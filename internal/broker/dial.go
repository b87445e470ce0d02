package broker

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// DialOptions are a role's name and credentials: one of User with Password, Creds and NKey, or those in the address.
type DialOptions struct {
	Name           string // the role, e.g. "enrich": shown by the broker, and part of the inbox prefix
	User, Password string
	Creds          string // a credentials file
	NKey           string // a file that holds a seed
	CA             string // a file of certificates to trust; empty: the system's
	Log            zerolog.Logger
	// OnClosed hears that the connection is closed for good, with the reason; nil for one closed on purpose. Whoever
	// holds the connection cannot go on. It is called once, from the client's own goroutine.
	OnClosed func(err error)
}

// Dial connects to a broker elsewhere. Until ctx ends it tries again while nobody answers; credentials that are refused
// fail at once. A connection that is lost comes back by itself, for ever; what is published meanwhile fails instead of
// being kept in memory. Permission errors, which the client learns of late, go to the log.
func Dial(ctx context.Context, url string, d DialOptions) (*nats.Conn, error) {
	opts, err := d.nats()
	if err != nil {
		return nil, err
	}
	for {
		nc, err := nats.Connect(url, opts...)
		if err == nil {
			return nc, nil
		}
		if refused(err) {
			return nil, fmt.Errorf("broker: %s is refused: %w; check the credentials of this role", d.Name, err)
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("broker: cannot reach it as %s: %w; check the address and that it runs", d.Name, err)
		case <-time.After(500 * time.Millisecond):
		}
	}
}

func refused(err error) bool {
	return errors.Is(err, nats.ErrAuthorization) || errors.Is(err, nats.ErrAuthExpired) ||
		errors.Is(err, nats.ErrAuthRevoked) || errors.Is(err, nats.ErrNkeysNotSupported)
}

func (d DialOptions) nats() ([]nats.Option, error) {
	inbox, err := stream.Token(d.Name)
	if err != nil {
		return nil, fmt.Errorf("broker: role: %w", err)
	}
	opts := []nats.Option{
		nats.Name("wiredesk " + d.Name), nats.CustomInboxPrefix("_INBOX_" + inbox),
		nats.MaxReconnects(-1), nats.ReconnectWait(250 * time.Millisecond), nats.ReconnectJitter(250*time.Millisecond, time.Second),
		nats.ReconnectBufSize(-1), nats.PermissionErrOnSubscribe(true), nats.Timeout(3 * time.Second),
		nats.PingInterval(10 * time.Second), nats.MaxPingsOutstanding(2),
		nats.ErrorHandler(d.failed), nats.DisconnectErrHandler(d.lost), nats.ReconnectHandler(d.back), nats.ClosedHandler(d.closed),
	}
	if d.User != "" {
		opts = append(opts, nats.UserInfo(d.User, d.Password))
	}
	if d.Creds != "" {
		opts = append(opts, nats.UserCredentials(d.Creds))
	}
	if d.CA != "" {
		opts = append(opts, nats.RootCAs(d.CA))
	}
	if d.NKey == "" {
		return opts, nil
	}
	key, err := nats.NkeyOptionFromSeed(d.NKey)
	if err != nil {
		return nil, fmt.Errorf("broker: key file %s: %w", d.NKey, err)
	}
	return append(opts, key), nil
}

func (d DialOptions) failed(_ *nats.Conn, sub *nats.Subscription, err error) {
	e := d.Log.Error().Err(err).Str("role", d.Name)
	if sub != nil {
		e = e.Str("subject", sub.Subject)
	}
	e.Msg("the broker refuses or drops something")
}

func (d DialOptions) lost(nc *nats.Conn, err error) {
	if err != nil {
		d.Log.Warn().Err(err).Str("role", d.Name).Msg("broker lost, connecting again")
	}
}

func (d DialOptions) back(*nats.Conn) { d.Log.Info().Str("role", d.Name).Msg("broker is back") }

func (d DialOptions) closed(nc *nats.Conn) {
	if d.OnClosed != nil {
		d.OnClosed(nc.LastError())
	}
}
