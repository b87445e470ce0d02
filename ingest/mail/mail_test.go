package mail_test

import (
	"slices"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/mail"
	"github.com/wiredesk/wiredesk/internal/sample"
)

const samples = "../testdata/email"

func format() wiredesk.Format {
	return wiredesk.Format{Name: "email", Sniff: mail.Sniff, Parse: mail.Parse}
}

func TestSamples(t *testing.T) { sample.Check(t, samples, format()) }

func TestPromises(t *testing.T) { sample.Promises(t, samples, format()) }

func FuzzParse(f *testing.F) { sample.Fuzz(f, samples, format()) }

func TestForgedVerdictsDoNotCount(t *testing.T) {
	stories, err := mail.Parse(sample.Raw(t, samples+"/ag-03d-spoofed-sender.eml"))
	if err != nil || len(stories) != 1 {
		t.Fatalf("%d stories, %v", len(stories), err)
	}
	signals := stories[0].Signals
	for _, want := range []string{"mail:dmarc=fail", "mail:spf=softfail", "mail:return-path-differs", "mail:reply-to-differs", "mail:name-shows-another-address"} {
		if !slices.Contains(signals, want) {
			t.Errorf("signals %q, want %s", signals, want)
		}
	}
	if slices.Contains(signals, "mail:dmarc=pass") {
		t.Errorf("signals %q: the sender's own verdict was believed", signals)
	}
}
