package route_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/wiredesk/wiredesk/publish/route"
)

// TestFoldIsOneForEveryCase takes every character: what lower, upper and RE2 take for the same, the index does too.
func TestFoldIsOneForEveryCase(t *testing.T) {
	for r := rune(1); r <= unicode.MaxRune; r++ {
		c := string(r)
		want := route.Fold(c)
		for _, other := range []string{strings.ToLower(c), strings.ToUpper(c), string(unicode.SimpleFold(r))} {
			if got := route.Fold(other); got != want {
				t.Fatalf("%q folds to %q, and its other case %q to %q", c, want, other, got)
			}
		}
	}
}
