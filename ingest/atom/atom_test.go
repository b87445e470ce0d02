package atom_test

import (
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/atom"
	"github.com/wiredesk/wiredesk/internal/sample"
)

const samples = "../testdata/atom"

func format() wiredesk.Format {
	return wiredesk.Format{Name: "atom", Sniff: atom.Sniff, Split: atom.Split, Parse: atom.Parse}
}

func TestSamples(t *testing.T) { sample.Check(t, samples, format()) }

func TestPromises(t *testing.T) { sample.Promises(t, samples, format()) }

func FuzzParse(f *testing.F) { sample.Fuzz(f, samples, format()) }
