package ingest

import "github.com/wiredesk/wiredesk"

// Formats is the format table: one line a format. Where two sniffers are equally sure, the earlier line wins.
func Formats() []wiredesk.Format {
	return []wiredesk.Format{}
}
