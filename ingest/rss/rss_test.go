package rss_test

import (
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/rss"
	"github.com/wiredesk/wiredesk/internal/sample"
)

const samples = "../testdata/rss"

func format() wiredesk.Format {
	return wiredesk.Format{Name: "rss", Sniff: rss.Sniff, Split: rss.Split, Parse: rss.Parse}
}

func TestSamples(t *testing.T) { sample.Check(t, samples, format()) }

func TestPromises(t *testing.T) { sample.Promises(t, samples, format()) }

func FuzzParse(f *testing.F) { sample.Fuzz(f, samples, format()) }
