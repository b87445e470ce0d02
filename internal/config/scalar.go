package config

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk/internal/span"
)

// Duration is a time span as people write it: 90s, 1h30m, 7d, 2w.
type Duration = span.Duration

// Size is a number of bytes as people write it: 512MiB, 20GiB, 10GB, 4096.
type Size int64

type sizeUnit struct {
	name  string
	worth int64
}

func sizeUnits() []sizeUnit {
	return []sizeUnit{
		{"TiB", 1 << 40},
		{"GiB", 1 << 30},
		{"MiB", 1 << 20},
		{"KiB", 1 << 10},
		{"TB", 1e12},
		{"GB", 1e9},
		{"MB", 1e6},
		{"kB", 1e3},
		{"B", 1},
	}
}

// UnmarshalText reads a whole number with a unit, or of bytes.
func (s *Size) UnmarshalText(text []byte) error {
	number, worth := strings.TrimSpace(string(text)), int64(1)
	for _, u := range sizeUnits() {
		if n, ok := strings.CutSuffix(number, u.name); ok {
			number, worth = strings.TrimSpace(n), u.worth
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 0 || n > (1<<62)/worth {
		return fmt.Errorf("%q is not a size: write it like 512MiB or 20GiB", text)
	}
	*s = Size(n * worth)
	return nil
}

// String uses the largest binary unit that is exact.
func (s Size) String() string {
	for _, u := range sizeUnits()[:4] {
		if s > 0 && int64(s)%u.worth == 0 {
			return strconv.FormatInt(int64(s)/u.worth, 10) + u.name
		}
	}
	return strconv.FormatInt(int64(s), 10)
}

// Secret is text that is never printed: every way of formatting it shows stars.
type Secret string

const stars = "*****"

// UnmarshalText takes the text as it is.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = Secret(text)
	return nil
}

// String hides the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return stars
}

// GoString hides the secret.
func (s Secret) GoString() string { return strconv.Quote(s.String()) }

// MarshalText hides the secret, in JSON too.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Reveal is the secret itself, for the one place that needs it.
func (s Secret) Reveal() string { return string(s) }
