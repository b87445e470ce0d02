package web

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// Readiness is what /readyz answers: whether the line takes copy and moves it on, and what that rests on.
type Readiness struct {
	Ready      bool    `json:"ready"`
	Durability string  `json:"durability,omitempty"` // what an acknowledgement promises: durable, relaxed, or as the broker elsewhere is set
	Checks     []Check `json:"checks"`
}

// Check is one thing readiness rests on; Reason says what is wrong with it.
type Check struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Reason string `json:"reason,omitempty"`
}

// Add puts a check's outcome to the list: nil is well.
func (r *Readiness) Add(name string, err error) {
	c := Check{Name: name, OK: err == nil}
	if err != nil {
		c.Reason = err.Error()
	}
	r.Ready = c.OK && (r.Ready || len(r.Checks) == 0)
	r.Checks = append(r.Checks, c)
}

// Note puts what somebody should see to on the list, with which the line works on all the same: nil is nothing.
func (r *Readiness) Note(name string, err error) {
	if err != nil {
		r.Checks = append(r.Checks, Check{Name: name, Reason: err.Error()})
	}
}

func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	ready := s.options.Ready(ctx)
	w.Header().Set("Content-Type", "application/json")
	if !ready.Ready {
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	// A client that has gone is nobody to tell.
	_ = json.NewEncoder(w).Encode(ready)
}
