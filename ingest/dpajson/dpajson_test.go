package dpajson_test

import (
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/dpajson"
	"github.com/wiredesk/wiredesk/internal/sample"
)

var format = wiredesk.Format{Name: "dpajson", Sniff: dpajson.Sniff, Split: dpajson.Split, Parse: dpajson.Parse}

func TestSamples(t *testing.T) { sample.Check(t, "../testdata/dpajson", format) }

func TestPromises(t *testing.T) { sample.Promises(t, "../testdata/dpajson", format) }

func FuzzParse(f *testing.F) { sample.Fuzz(f, "../testdata/dpajson", format) }
