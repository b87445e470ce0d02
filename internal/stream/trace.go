package stream

import "context"

type traceKey struct{}

// WithTrace hands a message's W3C traceparent to whoever delivers it.
func WithTrace(ctx context.Context, traceparent string) context.Context {
	return context.WithValue(ctx, traceKey{}, traceparent)
}

// Trace is what WithTrace handed on; empty where there is none.
func Trace(ctx context.Context) string {
	trace, _ := ctx.Value(traceKey{}).(string)
	return trace
}
