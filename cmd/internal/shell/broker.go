package shell

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

// Ready is the line that up and the workers print once they take copy, and leave in the data directory for the other
// commands on this machine.
type Ready struct {
	Ready bool   `json:"ready"`
	HTTP  string `json:"http,omitempty"`
	NATS  string `json:"nats"`
	Data  string `json:"data,omitempty"`
}

const readyName = "wiredesk.ready"

// Leave writes the line into its data directory, for this user only: the address may carry credentials.
func (r Ready) Leave() error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(r.Data, readyName), append(text, '\n'), 0o600)
}

// Take removes what Leave left.
func (r Ready) Take() { _ = os.Remove(filepath.Join(r.Data, readyName)) }

// found is what a running line left in the data directory.
func found(dir string) (Ready, error) {
	var r Ready
	text, err := os.ReadFile(filepath.Join(dir, readyName))
	if errors.Is(err, os.ErrNotExist) {
		return r, &Exit{Unreachable, fmt.Errorf("no line runs on the data directory %s: start one with wiredesk up, or name its broker with --nats", dir)}
	}
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return r, fmt.Errorf("%s: %w", filepath.Join(dir, readyName), err)
	}
	return r, nil
}

// Address is where the line's broker is: the configured one, or that of the line that runs on the data directory.
func Address(c *config.Config) (string, error) {
	if c.NATS.URL != "" {
		return c.NATS.URL, nil
	}
	r, err := found(c.Data)
	return r.NATS, err
}

// Web is where the line that runs on the data directory answers HTTP, or where the configuration says it listens.
func Web(c *config.Config) string {
	if r, err := found(c.Data); err == nil && c.NATS.URL == "" && r.HTTP != "" {
		return r.HTTP
	}
	return "http://" + c.HTTP.Listen
}

// Operator is the role of commands that read or mend; the broker's settings know it by that name.
const Operator = "operator"

// Connect reaches the line's broker for a command that reads or mends, and gives up after three seconds. An error says
// what to do; the caller closes the connection.
func Connect(ctx context.Context, c *config.Config, log zerolog.Logger) (*nats.Conn, error) {
	return ConnectAs(ctx, Operator, c, log)
}

// ConnectAs is Connect in another role.
func ConnectAs(ctx context.Context, role string, c *config.Config, log zerolog.Logger) (*nats.Conn, error) {
	url, err := Address(c)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	nc, err := broker.Dial(ctx, url, credentials(role, c, log))
	if err != nil && c.NATS.URL == "" && ctx.Err() != nil {
		err = fmt.Errorf("the line that ran on the data directory %s is gone without a word: start it again with wiredesk up (%w)", c.Data, err)
	}
	if err != nil {
		return nil, &Exit{Unreachable, err}
	}
	return nc, nil
}

func credentials(role string, c *config.Config, log zerolog.Logger) broker.DialOptions {
	o := line.Credentials(c, role)
	o.Log = log
	return o
}
