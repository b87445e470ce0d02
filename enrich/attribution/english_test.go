package attribution_test

import (
	"slices"
	"testing"
)

// TestEnglish holds the shapes of English credit that were misread once.
func TestEnglish(t *testing.T) {
	l := standard(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"The well ran dry, the Athens daily Ethnos reported on Friday, citing a port official.", []string{
			"cited_outlet |the Athens daily Ethnos|reported|The well ran dry", "speaker |a port official|citing|The well ran dry",
		}},
		{"The Ledger Gazette reported that the ferry was old. According to the paper, it leaked twice.", []string{
			"cited_outlet |The Ledger Gazette|reported|that the ferry was old", "cited_outlet |the paper|According to|it leaked twice",
		}},
		{"The ferry sank within minutes, the coastguard said, and the rescue chief, Ada Brandt, said two men were missing.", []string{
			"speaker |the coastguard|said|The ferry sank within minutes", "speaker |the rescue chief, Ada Brandt|said|two men were missing",
		}},
		{"\"It was dark,\" fisherman Jon Rand was quoted by Kyodo News as saying.", []string{
			"speaker |fisherman Jon Rand|was quoted by|\"It was dark,\"", "cited_outlet kyodo|Kyodo News|was quoted by|\"It was dark,\"",
		}},
		{"Two boats were missing, according to SANA, which cited an unnamed officer.", []string{
			"cited_outlet sana|SANA|according to|Two boats were missing", "speaker |an unnamed officer|cited|Two boats were missing",
		}},
		{"The road is closed, the Mainz-based broadcaster Nordfunk said in a bulletin quoting police.", []string{
			"cited_outlet |the Mainz-based broadcaster Nordfunk|said|The road is closed", "speaker |police|quoting|The road is closed",
		}},
		{"In an interview with the weekly Nordlys, the captain said he had slept.", []string{
			"venue |the weekly Nordlys|In an interview with|he had slept", "speaker |the captain|said|he had slept",
		}},
		{"Reuters reported that a fee was agreed; the two clubs, it added, were content.", []string{
			"cited_outlet reuters|Reuters|reported|that a fee was agreed", "cited_outlet reuters|it|added|the two clubs … were content",
		}},
		{"What the mayor says is news. The Western states and the council met.", nil},
		{"Ada Brandt said, “It is over. We are going home.”", []string{"speaker |Ada Brandt|said|“It is over. We are going home.”"}},
	} {
		text := "Harbour news of the day\n\n" + c.text + "\n\nThe road to the harbour has been closed for a week and nobody knows for how long.\n"
		a := read(t, l, text)
		var got []string
		for _, at := range a.Attributions {
			got = append(got, line(text, at))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// TestReferencesNeverTakeTheWrongKind holds "the agency" to agencies: a venue before it is none.
func TestReferencesNeverTakeTheWrongKind(t *testing.T) {
	const text = "Convoy arrives\n\nThe convoy arrived, according to SANA. A doctor told the daily Nordlys that people were hungry.\n\nThe agency said food had come.\n"
	a := read(t, standard(t), text)
	last := a.Attributions[len(a.Attributions)-1]
	if got, want := line(text, last), "cited_outlet sana|The agency|said|food had come"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestAClauseBeforeAColonIsNobody has a head whose speaker stands behind its colon.
func TestAClauseBeforeAColonIsNobody(t *testing.T) {
	const text = "Tide table agreed\n\nThree ports agreed on one tide table.\n\nFishermen ask for a second page: union\n\n" +
		"The fishermen's union welcomed the plan but asked for a page on squalls. A page costs little, it said.\n"
	a := read(t, standard(t), text)
	for _, at := range a.Attributions {
		if at.Source.Name == "union" && at.Cue != nil && at.Cue.Type == "headline_colon_suffix" {
			return
		}
	}
	t.Errorf("the union is not who asks: %+v", a.Attributions)
}
