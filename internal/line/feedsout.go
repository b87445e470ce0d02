package line

import (
	"crypto/sha256"
	"maps"
	"net/http"

	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/web"
	"github.com/wiredesk/wiredesk/publish/contract"
	"github.com/wiredesk/wiredesk/publish/feed"
)

// mountFeeds serves the news as feeds, and what programs are promised of everything that is served.
func (l *Line) mountFeeds(mount map[string]http.Handler) {
	l.ways.out = feed.New(feed.Options{
		News: feed.NewNews(l.conns[Publish]), Base: l.base, Hubs: l.Config.WebSub.Hubs, Software: l.Software, Readers: l.readers(),
		Observe: l.figures.Hub, Log: l.Log.With().Str("part", "feed").Logger(),
	})
	mount[feed.Route] = l.ways.out
	maps.Copy(mount, contract.Routes(l.readers()))
}

// base is where readers reach us.
func (l *Line) base() string {
	if l.Config.HTTP.URL != "" {
		return l.Config.HTTP.URL
	}
	return l.web.URL()
}

// readers are those of the configuration, and whoever has the operator's token, who may read everything.
func (l *Line) readers() *web.Readers {
	all := &web.Readers{Loopback: config.Loopback(l.Config.HTTP.Listen)}
	if token := l.Config.HTTP.Token.Reveal(); token != "" {
		all.Known = append(all.Known, web.Reader{Name: "operator", Token: sha256.Sum256([]byte(token))})
	}
	for _, r := range l.Config.Readers {
		for _, t := range r.Tokens {
			all.Known = append(all.Known, web.Reader{Name: r.Name, Token: sha256.Sum256([]byte(t.Reveal())), Subjects: r.Subjects})
		}
	}
	return all
}
