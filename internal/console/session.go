package console

import (
	"net/http"
)

// standing is what a page knows of itself and of the visitor.
type standing struct {
	Read     bool   `json:"read"`
	Act      bool   `json:"act"`
	Paste    bool   `json:"paste"`
	Broker   string `json:"broker"` // CONNECTED, RECONNECTING …
	Software string `json:"software"`
}

// session tells a page what its visitor may do. It is open to all, and says nothing of the line to whoever may not read.
func (c *Console) session(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	tell(w, http.StatusOK, c.standing(c.guard.rights(r)))
}

func (c *Console) standing(has int) standing {
	s := standing{Read: has >= mayRead, Act: has >= mayAct}
	if s.Read {
		s.Broker, s.Software = c.Conn.Status().String(), c.Software
		s.Paste = c.Read != nil
	}
	return s
}

// enter opens a session for whoever shows a token.
func (c *Console) enter(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	var shown struct {
		Token string `json:"token"`
	}
	if err := order(r, &shown); err != nil {
		tell(w, http.StatusBadRequest, failure{err.Error()})
		return
	}
	if !ownPage(r) {
		tell(w, http.StatusForbidden, failure{"this was not sent by a page of this console"})
		return
	}
	if !c.tries.Allow() {
		w.Header().Set("Retry-After", "1")
		tell(w, http.StatusTooManyRequests, failure{"too many tries: wait a second"})
		return
	}
	right := c.guard.opens(shown.Token)
	if right == nothing {
		c.Log.Warn().Str("from", who(r)).Msg("a wrong token was entered at the console")
		tell(w, http.StatusUnauthorized, failure{"this is not the token"})
		return
	}
	http.SetCookie(w, c.guard.cookie(right, r.TLS != nil))
	c.Log.Info().Str("from", who(r)).Bool("acts", right == mayAct).Msg("a session at the console began")
	tell(w, http.StatusOK, c.standing(right))
}
