package apjson_test

import (
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/apjson"
	"github.com/wiredesk/wiredesk/internal/sample"
)

var format = wiredesk.Format{Name: "apjson", Sniff: apjson.Sniff, Split: apjson.Split, Parse: apjson.Parse}

func TestSamples(t *testing.T) { sample.Check(t, "../testdata/apjson", format) }

func TestPromises(t *testing.T) { sample.Promises(t, "../testdata/apjson", format) }

func FuzzParse(f *testing.F) { sample.Fuzz(f, "../testdata/apjson", format) }
