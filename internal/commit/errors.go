package commit

import (
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Why a unit, or a part of it, is not known to be stored.
var (
	// ErrConflict: the Expect of a message does not hold, somebody else wrote. Look again.
	ErrConflict = errors.New("somebody else wrote first")
	// ErrUnavailable: the broker is away, too busy, or did not answer. The outcome is unknown; put the unit again.
	ErrUnavailable = errors.New("broker unavailable")
	// ErrFull: the store has no room. Put the unit again when there is some.
	ErrFull = errors.New("store is full")
	// ErrTooLarge: a message exceeds what the broker takes, with its headers.
	ErrTooLarge = errors.New("message too large")
	// ErrSubject: a subject is none of the line's. It was not sent.
	ErrSubject = errors.New("subject refused")
)

// Codes of the broker's refusals.
const (
	codeInsufficientResources = 10023
	codeStorageExceeded       = 10047
	codeMessageTooLarge       = 10054
	codeWrongSequence         = 10071
	codeStoreFailed           = 10077
	codeHeaderTooLarge        = 10097
	codeWrongSequenceConstant = 10164
)

// reply is the broker's answer to a message or a batch.
type reply struct {
	Stream    string              `json:"stream"`
	Sequence  uint64              `json:"seq"`
	Duplicate bool                `json:"duplicate"`
	Error     *jetstream.APIError `json:"error"`
}

func (r reply) refusal(subject string) error {
	e := r.Error
	switch {
	case e == nil && r.Stream == "":
		return fmt.Errorf("commit: %s: the answer is not a broker's", subject)
	case e == nil:
		return nil
	}
	kind := kindOf(e)
	if kind == nil {
		return fmt.Errorf("commit: %s: %w", subject, e)
	}
	if errors.Is(kind, ErrConflict) {
		return fmt.Errorf("commit: %s: %w: %s", subject, kind, strings.TrimPrefix(e.Description, "wrong "))
	}
	return fmt.Errorf("commit: %s: %w: %w", subject, kind, e)
}

func kindOf(e *jetstream.APIError) error {
	switch e.ErrorCode {
	case codeWrongSequence, codeWrongSequenceConstant:
		return ErrConflict
	case codeInsufficientResources, codeStorageExceeded, codeStoreFailed:
		return ErrFull
	case codeMessageTooLarge, codeHeaderTooLarge:
		return ErrTooLarge
	}
	switch e.Code {
	case 409, 429, 503: // a duplicate being stored right now, too many requests, no leader
		return ErrUnavailable
	}
	return nil
}

// unsent is why the client did not even send.
func unsent(err error) error {
	switch {
	case errors.Is(err, nats.ErrMaxPayload):
		return fmt.Errorf("commit: %w: %w", ErrTooLarge, err)
	case errors.Is(err, nats.ErrBadSubject):
		return fmt.Errorf("commit: %w: %w", ErrSubject, err)
	}
	return fmt.Errorf("commit: %w: %w", ErrUnavailable, err)
}
