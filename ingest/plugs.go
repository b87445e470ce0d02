package ingest

import (
	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/text"
)

// Formats is the format table: one line a format. Where two sniffers are equally sure, the earlier line wins.
func Formats() []wiredesk.Format {
	return []wiredesk.Format{
		{Name: "text", Sniff: text.Sniff, Parse: text.Parse},
	}
}
