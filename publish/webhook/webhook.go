// Package webhook posts the news to a web address, signed by the Standard Webhooks specification
// (https://www.standardwebhooks.com): webhook-id names the revision, so that one that comes again is known,
// webhook-timestamp says when it was sent, and webhook-signature proves who sent it.
package webhook

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/span"
	"github.com/wiredesk/wiredesk/publish/format"
)

// Settings are those of one address.
type Settings struct {
	URL          string        `json:"url"`
	Secrets      []Secret      `json:"secrets"`       // of which each signs, so that an old one and a new one overlap
	SecretsFile  string        `json:"secrets_file"`  // the same, one a line
	Format       string        `json:"format"`        // article, ninjs, newsmlg2, nitf
	Version      string        `json:"version"`       // of ninjs, 1.0 to 3.1
	Timeout      span.Duration `json:"timeout"`       // of one try
	GiveUp       span.Duration `json:"give_up"`       // after which a revision that was not taken is a dead letter
	AtOnce       int           `json:"at_once"`       // stories sent at a time
	AllowPrivate bool          `json:"allow_private"` // let the address be in the house's own network, and without https
	CA           string        `json:"ca"`            // a file of certificates to trust besides the system's
}

// Defaults are the settings of an address that says nothing but url and secrets.
func Defaults() Settings {
	return Settings{
		Format: "article", Version: "3.1", AtOnce: 32,
		Timeout: span.Duration(15 * time.Second), GiveUp: span.Duration(5 * 24 * time.Hour),
	}
}

// longestPause is to what the pauses between two tries of a story grow.
const longestPause = time.Hour

// Hook is a [wiredesk.Sink] that posts articles to one address. It is safe for concurrent use.
type Hook struct {
	Settings
	output string
	format format.Format
	keys   [][]byte
	client *http.Client
	log    zerolog.Logger

	told *sync.Map     // fields that the format cannot carry and that were told
	held *atomic.Int64 // until when the address asked to be left alone, as Unix nanoseconds
}

// New makes a hook from its settings, and reaches nothing: an address that is away makes deliveries fail until it is not.
// An error about a setting begins with the setting's name. No secret is ever part of an error.
func New(settings json.RawMessage, log zerolog.Logger) (wiredesk.Sink, error) {
	s := Defaults()
	if err := wiredesk.Settings(settings, &s); err != nil {
		return nil, fmt.Errorf("webhook: %w", err)
	}
	address, err := s.address()
	if err != nil {
		return nil, err
	}
	f, err := s.format()
	if err != nil {
		return nil, err
	}
	keys, err := s.keys()
	if err != nil {
		return nil, err
	}
	if err := s.bounds(); err != nil {
		return nil, err
	}
	client, err := s.client(address)
	if err != nil {
		return nil, err
	}
	return &Hook{Settings: s, format: f, keys: keys, client: client, log: log, told: &sync.Map{}, held: &atomic.Int64{}}, nil
}

// For is the hook of an output, whose name goes into the id of everything that it sends.
func (h *Hook) For(output string) wiredesk.Sink {
	named := *h
	named.output = output
	return &named
}

// Pace implements [wiredesk.Paced].
func (h *Hook) Pace() wiredesk.Pace {
	return wiredesk.Pace{
		AtOnce: h.AtOnce, Try: time.Duration(h.Timeout) + time.Second, Longest: longestPause, GiveUp: time.Duration(h.GiveUp),
	}
}

// Close ends the connections that are not in use.
func (h *Hook) Close() error {
	h.client.CloseIdleConnections()
	return nil
}

// Deliver posts the article, a notice of a kill or a hold like any other. It returns nil once the address has answered
// with a status of success.
func (h *Hook) Deliver(ctx context.Context, a wiredesk.Article) error {
	if wait := time.Until(time.Unix(0, h.held.Load())); wait > 0 {
		return wiredesk.After(wait, fmt.Errorf("webhook: %s asked to be left alone", h.host()))
	}
	doc, lost, err := h.format.Encode(a)
	if err != nil {
		return fmt.Errorf("webhook: %w: %w", err, wiredesk.ErrUndeliverable)
	}
	for _, field := range lost {
		if _, told := h.told.LoadOrStore(field, true); !told {
			h.log.Debug().Str("format", h.Format).Str("field", field).Msg("the format has no place for a field")
		}
	}
	return h.post(ctx, a, doc)
}
