package nitf_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/newsml1"
	in2 "github.com/wiredesk/wiredesk/ingest/newsmlg2"
	inn "github.com/wiredesk/wiredesk/ingest/nitf"
	"github.com/wiredesk/wiredesk/internal/roundtrip"
	"github.com/wiredesk/wiredesk/internal/sample"
	"github.com/wiredesk/wiredesk/publish/nitf"
)

func TestWhatIsWrittenReadsTheSame(t *testing.T) {
	for seed := range uint64(200) {
		roundtrip.Check(t, fmt.Sprintf("seed %d", seed), roundtrip.Story(seed), nitf.Encode, inn.Parse)
	}
}

func TestEverySampleReadsTheSame(t *testing.T) {
	for folder, parse := range map[string]wiredesk.Parser{"newsmlg2": in2.Parse, "newsml1": newsml1.Parse, "nitf": inn.Parse} {
		for _, file := range sample.Files(t, "../../ingest/testdata/"+folder) {
			stories, _ := parse(sample.Raw(t, file))
			for _, s := range stories {
				roundtrip.Check(t, file, s, nitf.Encode, inn.Parse)
			}
		}
	}
}

func TestAKillStaysAKill(t *testing.T) {
	s := roundtrip.Story(1)
	a := wiredesk.Article{Item: s.Item, Provider: "kestrel", Event: wiredesk.EventKill, Text: s.Text}
	doc, _, err := nitf.EncodeArticle(a)
	if err != nil {
		t.Fatal(err)
	}
	got, err := inn.Parse(wiredesk.Raw{Provider: "kestrel", Bytes: doc, Received: time.Now()})
	if err != nil || got[0].Item.Status() != wiredesk.Canceled {
		t.Errorf("read again: %v, %v; want canceled", got, err)
	}
}

func TestAStoryWithoutAURIIsAnError(t *testing.T) {
	if doc, _, err := nitf.Encode(wiredesk.Story{}); err == nil {
		t.Errorf("wrote %s; want an error", doc)
	}
}
