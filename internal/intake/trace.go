package intake

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"strings"
)

type traceKey struct{}

// WithTrace hands an incoming W3C traceparent to the desk. One that is not valid is left out.
func WithTrace(ctx context.Context, traceparent string) context.Context {
	if !validTrace(traceparent) {
		return ctx
	}
	return context.WithValue(ctx, traceKey{}, traceparent)
}

// Trace is the trace an arrival belongs to: the incoming one, else a new one.
func Trace(ctx context.Context) string {
	if t, ok := ctx.Value(traceKey{}).(string); ok {
		return t
	}
	var id [24]byte
	rand.Read(id[:]) // never fails, by its contract
	return "00-" + hex.EncodeToString(id[:16]) + "-" + hex.EncodeToString(id[16:]) + "-01"
}

// validTrace says whether text is a traceparent of version 00 (W3C Trace Context, 3.2).
func validTrace(text string) bool {
	p := strings.Split(text, "-")
	return len(p) == 4 && p[0] == "00" && hexOf(p[1], 32) && hexOf(p[2], 16) && hexOf(p[3], 2) &&
		strings.Trim(p[1], "0") != "" && strings.Trim(p[2], "0") != ""
}

func hexOf(text string, size int) bool {
	return len(text) == size && strings.Trim(text, "0123456789abcdef") == ""
}
