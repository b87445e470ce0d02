package line

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/config"
)

// startPatience is how long a broker elsewhere may be away at the start.
const startPatience = 15 * time.Second

// admin names the role of a process that plays all of them with one user of a broker elsewhere.
const admin = "admin"

// connect gives each role a connection of its own.
func (l *Line) connect(ctx context.Context) error {
	c := l.Config
	if c.NATS.URL == "" {
		o := broker.Options{
			Dir: c.Data, Listen: listen(c), Users: users(c), Relaxed: true, // the line's stores sync themselves
			MaxStore: int64(c.Streams.MaxBytes), Log: quiet(l.Log), OnClosed: l.closed,
		}
		var err error
		if l.server, err = broker.Start(ctx, o); err != nil {
			return err
		}
	}
	for _, role := range l.Roles {
		nc, err := l.dial(ctx, role)
		if err != nil {
			return err
		}
		l.conns[role] = nc
		if l.js[role], err = jetstream.New(nc); err != nil {
			return fmt.Errorf("line: %w", err)
		}
	}
	return nil
}

func (l *Line) dial(ctx context.Context, role Role) (*nats.Conn, error) {
	if l.server != nil {
		return l.server.Connect(string(role))
	}
	name := string(role)
	if len(l.Roles) > 1 {
		name = admin
	}
	o := Credentials(l.Config, name)
	o.Log = l.Log.With().Str("part", "broker").Logger()
	o.OnClosed = func(err error) { l.closed(name, err) }
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	nc, err := broker.Dial(ctx, l.Config.NATS.URL, o)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return nc, nil
}

// ErrUnreachable is what Open's error wraps when the broker elsewhere cannot be reached, or lets us do nothing.
var ErrUnreachable = errors.New("broker unreachable")

// streams sees to it that the streams are as configured.
func (l *Line) streams(ctx context.Context) error {
	_, err := patiently(ctx, func(ctx context.Context) (any, error) {
		return nil, broker.Ensure(ctx, l.js[l.Roles[0]], l.Config.Settings(), l.Config.Streams.Manage)
	})
	var drifts broker.Drifts
	if err == nil || errors.As(err, &drifts) {
		return err
	}
	return fmt.Errorf("%w: %w; check that this user may see the streams; wiredesk streams makes them, with an admin's rights", ErrUnreachable, err)
}

// patiently asks the broker again while nobody answers for what is asked, as for some seconds after one of three died.
func patiently[T any](ctx context.Context, ask func(context.Context) (T, error)) (T, error) {
	for began := time.Now(); ; {
		once, cancel := context.WithTimeout(ctx, 5*time.Second)
		got, err := ask(once)
		cancel()
		if !nobody(err) || ctx.Err() != nil || time.Since(began) > startPatience {
			return got, err
		}
		select {
		case <-ctx.Done():
		case <-time.After(250 * time.Millisecond):
		}
	}
}

// nobody says whether an error means that no broker answered, or one that found no leader.
func nobody(err error) bool {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return api.Code == http.StatusServiceUnavailable && api.ErrorCode != jetstream.JSErrCodeJetStreamNotEnabled
	}
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, nats.ErrNoResponders) || errors.Is(err, nats.ErrTimeout)
}

// consumer is a durable consumer of a role's stage.
func (l *Line) consumer(ctx context.Context, role Role, from, name string) (jetstream.Consumer, error) {
	c, err := patiently(ctx, func(ctx context.Context) (jetstream.Consumer, error) { return l.js[role].Consumer(ctx, from, name) })
	if err != nil {
		return nil, fmt.Errorf("line: consumer %s: %w", name, err)
	}
	return c, nil
}

// Credentials are the configured ones, for a role.
func Credentials(c *config.Config, role string) broker.DialOptions {
	return broker.DialOptions{
		Name: role, User: c.NATS.User, Password: c.NATS.Password.Reveal(), Creds: c.NATS.Credentials, NKey: c.NATS.NKey, CA: c.NATS.CA,
	}
}

// quiet leaves out what the embedded broker tells of its own start and stop, unless somebody debugs.
func quiet(log zerolog.Logger) zerolog.Logger {
	log = log.With().Str("part", "broker").Logger()
	if log.GetLevel() == zerolog.InfoLevel {
		return log.Level(zerolog.WarnLevel)
	}
	return log
}

// unsigned are addresses of a broker, with commas between, without users and passwords.
func unsigned(addresses string) string {
	all := strings.Split(addresses, ",")
	for i, one := range all {
		if u, err := url.Parse(strings.TrimSpace(one)); err == nil {
			u.User = nil
			all[i] = u.String()
		}
	}
	return strings.Join(all, ",")
}

// listen is the embedded broker's address: on this machine, at a free port, unless configured.
func listen(c *config.Config) string {
	if c.NATS.Listen == "" {
		return "127.0.0.1:0"
	}
	return c.NATS.Listen
}

func users(c *config.Config) []broker.User {
	if c.NATS.User == "" {
		return nil
	}
	return []broker.User{{Name: c.NATS.User, Password: c.NATS.Password.Reveal()}}
}
