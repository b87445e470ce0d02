package line

import (
	"context"
	"errors"
	"fmt"

	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/internal/web"
)

var errDraining = errors.New("stopping")

// readiness looks at everything that the line's work rests on.
func (l *Line) readiness(ctx context.Context) web.Readiness {
	r := web.Readiness{Durability: l.durability()}
	for _, role := range l.Roles {
		r.Add("broker of "+string(role), connected(l, role))
	}
	if l.server != nil {
		r.Add("store", l.server.Health())
		r.Add("disk", l.disk())
	}
	if l.ways.gate != nil {
		r.Add("intake", l.ways.gate.Admit(ctx))
	}
	r.Add("streams", l.present(ctx)) // last: it has what is left of the time
	r.Note("desks", l.desks.stale())
	r.Note("outputs", l.disabled(ctx))
	if l.draining.Load() {
		r.Add("running", errDraining)
	}
	return r
}

func connected(l *Line, role Role) error {
	nc := l.conns[role]
	if nc.IsConnected() {
		return nil
	}
	return fmt.Errorf("the connection is %s", nc.Status())
}

// present asks for every stream.
func (l *Line) present(ctx context.Context) error {
	if err := connected(l, l.Roles[0]); err != nil {
		return err
	}
	for _, want := range stream.Streams(l.Config.Settings()) {
		if _, err := l.js[l.Roles[0]].Stream(ctx, want.Name); err != nil {
			return fmt.Errorf("%s: %w", want.Name, err)
		}
	}
	return nil
}

func (l *Line) disk() error {
	free, err := diskFree(l.Config.Data)
	if err != nil {
		return err
	}
	if least := l.Config.Limits.DiskFree; free < int64(least) {
		return fmt.Errorf("%s free under %s: limits.disk_free asks for %s", config.Size(free), l.Config.Data, least)
	}
	return nil
}
