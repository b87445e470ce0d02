package jsonfeed_test

import (
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/jsonfeed"
	"github.com/wiredesk/wiredesk/internal/sample"
)

var format = wiredesk.Format{Name: "jsonfeed", Sniff: jsonfeed.Sniff, Split: jsonfeed.Split, Parse: jsonfeed.Parse}

func TestSamples(t *testing.T) { sample.Check(t, "../testdata/jsonfeed", format) }

func TestPromises(t *testing.T) { sample.Promises(t, "../testdata/jsonfeed", format) }

func FuzzParse(f *testing.F) { sample.Fuzz(f, "../testdata/jsonfeed", format) }
