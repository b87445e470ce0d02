package draft_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
)

var raw = wiredesk.Raw{Provider: "kestrel", Feed: "kestrel-en", Received: time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)}

func begin() *draft.Draft {
	d := draft.New(raw, "nitf", nil)
	d.Identity("urn:x:1", "1")
	return d
}

func finish(t *testing.T, d *draft.Draft) wiredesk.Story {
	t.Helper()
	s, err := d.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEmbargo(t *testing.T) {
	for value, known := range map[string]bool{
		"2026-03-05T00:01:00Z": true, "20260305T000100+0100": true, "": false, "soon": false, "2026-03-05": false, "0600 GMT Monday": true, "after the speech": false,
	} {
		d := begin()
		d.Embargo(value)
		if s := finish(t, d); s.EmbargoUnknown == known || s.Item.EmbargoedUntil.IsZero() == known {
			t.Errorf("Embargo(%q): until %v, unknown %v; want known %v", value, s.Item.EmbargoedUntil, s.EmbargoUnknown, known)
		}
	}
}

func TestAnEmbargoLooksAhead(t *testing.T) {
	d := begin()
	d.Embargo("0600 GMT Monday") // received on a Wednesday
	if got, want := finish(t, d).Item.EmbargoedUntil, time.Date(2026, 3, 9, 6, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("held until %v; want the next Monday, %v", got, want)
	}
}

func TestAnEmbargoWaitsForTheLaterOfTwoHours(t *testing.T) {
	d := begin()
	d.Zone("Europe/Paris")
	d.Embargo("2026-10-25T02:30:00")
	if got := finish(t, d).Item.EmbargoedUntil.UTC(); got.Hour() != 1 {
		t.Errorf("an hour that happens twice: held until %v; want 01:30 UTC, the later", got)
	}
}

func TestStatus(t *testing.T) {
	for word, want := range map[string]string{
		"": "usable", "stat:usable": "usable", "Canceled": "canceled", "CANCELLED": "canceled", "Withheld": "withheld",
		"stat:withdrawn": "withheld", "odd": "withheld", "Embargoed": "usable",
	} {
		d := begin()
		embargoed := d.Status(word)
		if s := finish(t, d); s.Item.PubStatus != want || embargoed != (word == "Embargoed") {
			t.Errorf("Status(%q): %s, embargoed %v; want %s", word, s.Item.PubStatus, embargoed, want)
		}
	}
}

func TestUrgency(t *testing.T) {
	house := raw
	house.House.Urgency = map[string]int{"B": 3}
	for value, want := range map[string]int{"4": 4, "B": 3, "0": 0, "12": 0, "x": 0} {
		d := draft.New(house, "nitf", nil)
		d.Urgency(value)
		if s := finish(t, d); s.Item.Urgency != want || s.Originals["urgency"] != value {
			t.Errorf("Urgency(%q): %d, kept as %q; want %d", value, s.Item.Urgency, s.Originals["urgency"], want)
		}
	}
}

func TestNoticesOnlyTighten(t *testing.T) {
	d := begin()
	d.Headline("main", "KILL: Ferry stops")
	d.EdNote("EMBARGOED UNTIL 0001 GMT Friday March 6")
	s := finish(t, d)
	if s.Item.PubStatus != wiredesk.Canceled || s.Item.EmbargoedUntil.IsZero() {
		t.Errorf("status %q, embargo %v; want canceled and held", s.Item.PubStatus, s.Item.EmbargoedUntil)
	}
}

func TestBodies(t *testing.T) {
	d := begin()
	d.Item.Type = "text"
	d.Headline("main", "Ferry &amp;amp; quay &lt;b>stop</b>")
	if err := d.Escaped("", 0, "<P>One &amp; two</P><script>x</script><p>three</p>"); err != nil {
		t.Fatal(err)
	}
	d.Lines("", 7, "plain <text>\r\nnext")
	s := finish(t, d)
	if want := "One & two\n\nthree\n\nplain <text>\nnext"; !strings.HasSuffix(s.Text, want) {
		t.Errorf("text %q; want it to end %q", s.Text, want)
	}
	if len(s.Item.Bodies) != 2 || s.Item.Bodies[0].Value != "<p>One &amp; two</p><p>three</p>" || s.Item.Bodies[0].WordCount != 4 || s.Item.Bodies[1].WordCount != 7 {
		t.Errorf("bodies %+v", s.Item.Bodies)
	}
}

func TestLimits(t *testing.T) {
	d := begin()
	d.Lines("", 0, strings.Repeat("x", draft.MaxText+1))
	if _, err := d.Finish(); err == nil || !strings.Contains(err.Error(), "1048576") {
		t.Errorf("a text over the limit: %v; want a refusal that names it", err)
	}
	big := raw
	big.Bytes = make([]byte, draft.MaxDocument+1)
	if _, _, err := draft.Text(big); err == nil || !strings.Contains(err.Error(), "10485760") {
		t.Errorf("a document over the limit: %v; want a refusal that names it", err)
	}
	if _, _, err := draft.Text(raw); err == nil {
		t.Error("an empty document was read; want a refusal")
	}
}

func TestAnItemOverItsLimitIsRefusedAlone(t *testing.T) {
	big := raw
	big.Bytes = []byte("<set><item>a</item><item>" + strings.Repeat("<p/>", draft.MaxStory/4+1) + "</item><item>c</item></set>")
	parts, err := draft.Split(big, markup.Options{}, "item>", func(name, _ string) bool { return name == "item" })
	if err != nil || len(parts) != 3 {
		t.Fatalf("%d parts, %v; want three", len(parts), err)
	}
	stories, err := draft.Each(parts, func(wiredesk.Raw) ([]wiredesk.Story, error) { return make([]wiredesk.Story, 1), nil })
	if faults := wiredesk.Faults(err); len(stories) != 2 || len(faults) != 1 || faults[0].Item != 2 {
		t.Errorf("%d stories, %v; want two, and a fault for item 2", len(stories), err)
	}
}
