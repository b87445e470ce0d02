package ingest

import (
	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/anpa"
	"github.com/wiredesk/wiredesk/ingest/apjson"
	"github.com/wiredesk/wiredesk/ingest/atom"
	"github.com/wiredesk/wiredesk/ingest/dpajson"
	"github.com/wiredesk/wiredesk/ingest/fingerpost"
	"github.com/wiredesk/wiredesk/ingest/html"
	"github.com/wiredesk/wiredesk/ingest/iptc7901"
	"github.com/wiredesk/wiredesk/ingest/jsonfeed"
	"github.com/wiredesk/wiredesk/ingest/mail"
	"github.com/wiredesk/wiredesk/ingest/newsml1"
	"github.com/wiredesk/wiredesk/ingest/newsmlg2"
	"github.com/wiredesk/wiredesk/ingest/ninjs"
	"github.com/wiredesk/wiredesk/ingest/nitf"
	"github.com/wiredesk/wiredesk/ingest/rss"
	"github.com/wiredesk/wiredesk/ingest/text"
)

// Formats is the format table: one line a format. Where two sniffers are equally sure, the earlier line wins.
func Formats() []wiredesk.Format {
	return []wiredesk.Format{
		{Name: "iptc7901", Sniff: iptc7901.Sniff, Split: iptc7901.Split, Parse: iptc7901.Parse},
		{Name: "rss", Sniff: rss.Sniff, Split: rss.Split, Parse: rss.Parse},
		{Name: "atom", Sniff: atom.Sniff, Split: atom.Split, Parse: atom.Parse},
		{Name: "email", Sniff: mail.Sniff, Parse: mail.Parse},
		{Name: "anpa", Sniff: anpa.Sniff, Split: anpa.Split, Parse: anpa.Parse},
		{Name: "apjson", Sniff: apjson.Sniff, Split: apjson.Split, Parse: apjson.Parse},
		{Name: "dpajson", Sniff: dpajson.Sniff, Split: dpajson.Split, Parse: dpajson.Parse},
		{Name: "fingerpost", Sniff: fingerpost.Sniff, Split: fingerpost.Split, Parse: fingerpost.Parse},
		{Name: "jsonfeed", Sniff: jsonfeed.Sniff, Split: jsonfeed.Split, Parse: jsonfeed.Parse},
		{Name: "ninjs", Sniff: ninjs.Sniff, Split: ninjs.Split, Parse: ninjs.Parse},
		{Name: "newsmlg2", Sniff: newsmlg2.Sniff, Split: newsmlg2.Split, Parse: newsmlg2.Parse},
		{Name: "newsml1", Sniff: newsml1.Sniff, Split: newsml1.Split, Parse: newsml1.Parse},
		{Name: "nitf", Sniff: nitf.Sniff, Split: nitf.Split, Parse: nitf.Parse},
		{Name: "html", Sniff: html.Sniff, Parse: html.Parse},
		{Name: "text", Sniff: text.Sniff, Parse: text.Parse},
	}
}
