package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// Reader is somebody who may read the news over HTTP.
type Reader struct {
	Name     string
	Token    [sha256.Size]byte // digest of the token that shows who it is
	Subjects []string          // patterns of the news the reader is confined to; none: all of it
}

// May says whether the reader may have everything that a pattern of the news matches.
func (r Reader) May(pattern string) bool {
	return len(r.Subjects) == 0 || slices.ContainsFunc(r.Subjects, func(own string) bool { return stream.Covers(own, pattern) })
}

// Readers decides who may read the news. Without a token of anybody's, programs on this machine may, as they may push.
// A token stands in the header Authorization and never in an address, which ends up in logs; a browser, which cannot set
// the header on a stream of events, has a session instead.
type Readers struct {
	Loopback bool // the server listens on loopback addresses only
	Known    []Reader
	// Session says whether the request belongs to a session that may read everything; nil: there are none.
	Session func(*http.Request) bool
}

// Admit is the reader who sends the request, or the answer that nobody is admitted: false, and the request is done.
func (a *Readers) Admit(w http.ResponseWriter, r *http.Request) (Reader, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") {
		if known, ok := a.find(strings.TrimSpace(token)); ok {
			return known, true
		}
	}
	switch {
	case a.Session != nil && a.Session(r):
		return Reader{Name: "session"}, true
	case len(a.Known) == 0 && a.Loopback && Local(r):
		return Reader{Name: "local"}, true
	case len(a.Known) == 0 && a.Loopback:
		http.Error(w, "without a token only programs on this machine may read the news, straight at its loopback address; configure http.token_file or readers", http.StatusForbidden)
	default:
		w.Header().Set("WWW-Authenticate", `Bearer realm="wiredesk"`)
		http.Error(w, "the news need a token: send the header Authorization: Bearer TOKEN", http.StatusUnauthorized)
	}
	return Reader{}, false
}

func (a *Readers) find(token string) (found Reader, ok bool) {
	digest := sha256.Sum256([]byte(token))
	for _, known := range a.Known {
		if subtle.ConstantTimeCompare(digest[:], known.Token[:]) == 1 {
			found, ok = known, true
		}
	}
	return found, ok
}
