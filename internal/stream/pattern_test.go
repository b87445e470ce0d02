package stream_test

import (
	"testing"

	"github.com/wiredesk/wiredesk/internal/stream"
)

func TestCovers(t *testing.T) {
	for _, tt := range []struct {
		wide, narrow string
		want         bool
	}{
		{"news.place.sy.*", "news.place.sy.*", true},
		{"news.place.sy.*", "news.place.sy.abc", true},
		{"news.place.sy.*", "news.place.*.*", false},
		{"news.place.*.*", "news.place.sy.*", true},
		{"news.place.>", "news.place.sy.*", true},
		{"news.place.>", "news.place.>", true},
		{"news.place.*.*", "news.place.>", false},
		{"news.>", "news.wire.*.*", true},
		{"news.wire.>", "news.>", false},
		{"news.place.sy.*", "news.place.sy", false},
		{"news.place.sy", "news.place.sy.abc", false},
	} {
		if got := stream.Covers(tt.wide, tt.narrow); got != tt.want {
			t.Errorf("Covers(%q, %q) = %v; want %v", tt.wide, tt.narrow, got, tt.want)
		}
	}
}
