package poll

import (
	"bytes"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// maxHold is the longest that a server can keep us away with Retry-After.
const maxHold = 24 * time.Hour

// retryAfter reads a Retry-After: seconds, or a date. It is 0 where there is none that can be read.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if n, err := strconv.ParseUint(value, 10, 31); err == nil {
		return min(time.Duration(n)*time.Second, maxHold)
	}
	if at, err := http.ParseTime(value); err == nil {
		return min(max(0, at.Sub(now)), maxHold)
	}
	return 0
}

// freshFor is how long an answer says that it stays the same: Cache-Control's max-age less Age, else Expires less Date.
func freshFor(h http.Header) time.Duration {
	for part := range strings.SplitSeq(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch strings.ToLower(name) {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			n, err := strconv.ParseUint(strings.Trim(value, `"`), 10, 31)
			if err != nil {
				return 0
			}
			age, _ := strconv.ParseUint(h.Get("Age"), 10, 31)
			return time.Duration(n-min(n, age)) * time.Second
		}
	}
	expires, err := http.ParseTime(h.Get("Expires"))
	date, also := http.ParseTime(h.Get("Date"))
	if err != nil || also != nil {
		return 0
	}
	return max(0, expires.Sub(date))
}

var (
	ttl       = regexp.MustCompile(`<ttl>\s*(\d{1,6})\s*</ttl>`)
	period    = regexp.MustCompile(`:updatePeriod[^>]*>\s*(\w+)\s*<`)
	frequency = regexp.MustCompile(`:updateFrequency[^>]*>\s*(\d{1,4})\s*<`)
)

// advice is how often the feed says that it changes: RSS's ttl in minutes, or updatePeriod and updateFrequency of the
// syndication module. It is 0 where the feed says nothing.
func advice(doc []byte) time.Duration {
	head := doc[:min(len(doc), 64<<10)]
	for _, item := range []string{"<item", "<entry"} {
		if i := bytes.Index(head, []byte(item)); i > 0 && !bytes.HasPrefix(head[i:], []byte("<items")) {
			head = head[:i]
		}
	}
	if m := ttl.FindSubmatch(head); m != nil {
		n, _ := strconv.Atoi(string(m[1]))
		return time.Duration(n) * time.Minute
	}
	m := period.FindSubmatch(head)
	if m == nil {
		return 0
	}
	times := 1
	if f := frequency.FindSubmatch(head); f != nil {
		times, _ = strconv.Atoi(string(f[1]))
	}
	return spell(string(m[1])) / time.Duration(max(times, 1))
}

func spell(word string) time.Duration {
	const day = 24 * time.Hour
	switch strings.ToLower(word) {
	case "hourly":
		return time.Hour
	case "daily":
		return day
	case "weekly":
		return 7 * day
	case "monthly":
		return 30 * day
	case "yearly":
		return 365 * day
	}
	return 0
}

// parameter is the charset of a media type.
func parameter(mediaType string) string {
	for part := range strings.SplitSeq(mediaType, ";") {
		if name, value, ok := strings.Cut(strings.TrimSpace(part), "="); ok && strings.EqualFold(name, "charset") {
			return strings.Trim(value, `"' `)
		}
	}
	return ""
}
