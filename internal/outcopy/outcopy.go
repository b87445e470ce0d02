// Package outcopy turns an article back into the story that writers of wire formats send on.
package outcopy

import "github.com/wiredesk/wiredesk"

// Story is the story that an article tells: its item with our results in it, and what the wire said beside. A kill is
// canceled and a story that is held is withheld, whatever the item says, so that no writer lets it out.
func Story(a wiredesk.Article) wiredesk.Story {
	s := wiredesk.Story{
		Provider: a.Provider, Feed: a.Feed, Format: a.Original.Format, Item: a.Item, Text: a.Text, Credit: a.Credit,
		Keywords: a.Keywords, Signals: a.Signals, Correction: a.Event == wiredesk.EventCorrection,
		NotForPublication: a.NotForPublication, EvolvedFrom: a.Supersedes, Repairs: a.Repairs,
	}
	if a.Kicker != nil && a.Kicker.End <= len(a.Text) {
		s.Kicker = a.Kicker.In(a.Text)
	}
	if a.Dateline != nil && a.Dateline.End <= len(a.Text) {
		s.Dateline = a.Dateline.In(a.Text)
	}
	switch {
	case a.Event == wiredesk.EventKill:
		s.Item.PubStatus = wiredesk.Canceled
	case a.Held() && s.Item.PubStatus != wiredesk.Canceled && s.Item.EmbargoedUntil.IsZero():
		s.Item.PubStatus = wiredesk.Withheld
	}
	return s
}
