package line

import (
	"time"

	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/intake"
)

// Feeds are the configured feeds as ingest knows them; their tokens as digests only.
func Feeds(c *config.Config) intake.Feeds {
	var out intake.Feeds
	for _, f := range c.Feeds {
		feed := intake.Feed{
			Name: f.Name, Provider: f.Provider, Format: f.Format, Zone: f.Zone, Language: f.Language, Urgency: f.Urgency,
			Usage: f.Usage, Rate: f.Rate, Burst: f.Burst, Dir: f.Dir, Settle: time.Duration(f.Settle), Remove: f.Remove,
		}
		for _, t := range f.Tokens {
			feed.Tokens = append(feed.Tokens, intake.HashToken(t.Reveal()))
		}
		out = append(out, feed)
	}
	return out
}

func feedNames(c *config.Config) []string {
	var out []string
	for _, f := range c.Feeds {
		out = append(out, f.Name)
	}
	return out
}
