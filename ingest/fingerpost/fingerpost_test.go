package fingerpost_test

import (
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/fingerpost"
	"github.com/wiredesk/wiredesk/internal/sample"
)

var format = wiredesk.Format{Name: "fingerpost", Sniff: fingerpost.Sniff, Split: fingerpost.Split, Parse: fingerpost.Parse}

func TestSamples(t *testing.T) { sample.Check(t, "../testdata/fingerpost", format) }

func TestPromises(t *testing.T) { sample.Promises(t, "../testdata/fingerpost", format) }

func FuzzParse(f *testing.F) { sample.Fuzz(f, "../testdata/fingerpost", format) }
