package console

import (
	"cmp"
	"errors"
	"net/http"

	"github.com/wiredesk/wiredesk/internal/edict"
)

// decree is an order about a story, as a page sends it.
type decree struct {
	Act    edict.Act `json:"act"`
	Story  string    `json:"story"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
}

// rule orders a story killed, held or lifted. The line does it: the answer is the receipt of the order.
func (c *Console) rule(r *http.Request) (any, error) {
	var d decree
	if err := order(r, &d); err != nil {
		return nil, err
	}
	e := edict.Edict{Act: d.Act, Story: d.Story, Reason: d.Reason, By: cmp.Or(d.By, "console "+who(r))}
	if err := e.Check(); err != nil {
		return nil, refuse(http.StatusBadRequest, "%w", err)
	}
	receipt, err := edict.Issue(r.Context(), c.js, e)
	switch {
	case errors.Is(err, edict.ErrUnknown):
		return nil, refuse(http.StatusNotFound, "%w", err)
	case errors.Is(err, edict.ErrDone), errors.Is(err, edict.ErrAmbiguous):
		return nil, refuse(http.StatusConflict, "%w", err)
	case err != nil:
		return nil, err
	}
	c.Log.Warn().Str("from", who(r)).Str("by", e.By).Str("act", string(d.Act)).Str("story", d.Story).Str("reason", d.Reason).Msg("an operator's order at the console")
	return receipt, nil
}
