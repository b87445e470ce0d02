// Package span reads and writes spans of time as people write them.
package span

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Duration is a time span as people write it: 90s, 1h30m, 7d, 2w.
type Duration time.Duration

// UnmarshalText reads a duration of Go's form, with d for 24 hours and w for seven days in front.
func (d *Duration) UnmarshalText(text []byte) error {
	rest, total := string(text), time.Duration(0)
	for _, unit := range []struct {
		letter string
		worth  time.Duration
	}{{"w", 7 * 24 * time.Hour}, {"d", 24 * time.Hour}} {
		number, after, ok := strings.Cut(rest, unit.letter)
		n, err := strconv.Atoi(number)
		if !ok || err != nil || n < 0 || n > 10_000 {
			continue
		}
		total, rest = total+time.Duration(n)*unit.worth, after
	}
	if rest != "" {
		more, err := time.ParseDuration(rest)
		if err != nil || more < 0 {
			return fmt.Errorf("%q is not a duration: write it like 30s, 15m, 12h or 7d", text)
		}
		total += more
	} else if len(text) == 0 {
		return fmt.Errorf("an empty duration: write it like 30s, 15m, 12h or 7d")
	}
	*d = Duration(total)
	return nil
}

// String writes whole days as days.
func (d Duration) String() string {
	const day = 24 * time.Hour
	t := time.Duration(d)
	if t > 0 && t%day == 0 {
		return strconv.Itoa(int(t/day)) + "d"
	}
	s := t.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(s, zero) {
			s = s[:len(s)-2]
		}
	}
	return s
}

// MarshalText writes it as [Duration.UnmarshalText] reads it.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
