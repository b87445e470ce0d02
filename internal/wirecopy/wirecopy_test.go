package wirecopy_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

func TestParagraphs(t *testing.T) {
	for name, c := range map[string]struct{ wrapped, want string }{
		"wrapped lines join": {
			"The harbour council of Port Maren voted on Monday to keep the old\ngrain pier open.\n\nIt will be repaired.",
			"The harbour council of Port Maren voted on Monday to keep the old grain pier open.\n\nIt will be repaired.",
		},
		"a line with room ends on purpose": {
			"Contact:\nHarbour office\n\nThe harbour council of Port Maren voted on Monday to keep the old pier",
			"Contact:\nHarbour office\n\nThe harbour council of Port Maren voted on Monday to keep the old pier",
		},
		"an indent begins a paragraph": {
			"   The harbour council of Port Maren voted on Monday to keep the\nold pier.\n   It will be repaired.",
			"The harbour council of Port Maren voted on Monday to keep the old pier.\n\nIt will be repaired.",
		},
		"tables keep their columns": {
			"Results:\n\n| Oster  | 1 |\n| Maren  | 2 |", "Results:\n\n| Oster  | 1 |\n| Maren  | 2 |",
		},
		"list items stay apart": {
			"The council decided that these shall be repaired before the winter\n- the pier\n- the slipway", "The council decided that these shall be repaired before the winter\n- the pier\n- the slipway",
		},
	} {
		if got := wirecopy.Paragraphs(strings.Split(c.wrapped, "\n")); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestParagraphsOfMillionsOfLines(t *testing.T) {
	lines := strings.Split(strings.Repeat("the word that follows has no room on a line of this width, none\n", 200_000), "\n")
	started := time.Now()
	if got := wirecopy.Paragraphs(lines); len(got) < 200_000 {
		t.Errorf("%d bytes came out", len(got))
	}
	if took := time.Since(started); took > 10*time.Second {
		t.Errorf("took %v: the work grows faster than the text", took)
	}
}

func TestDateline(t *testing.T) {
	for body, want := range map[string][2]string{
		"PORT MAREN (Kestrel) - The pier stays.":                 {"PORT MAREN", "PORT MAREN (Kestrel)"},
		"Oster (kw/Kestrel) – The tunnel is open.":               {"Oster", "Oster (kw/Kestrel)"},
		"MAREN, March 3 (Kestrel) — It is open.":                 {"MAREN", "MAREN, March 3 (Kestrel)"},
		"A first paragraph.\n\nMaren (Kestrel) - Then the city.": {"Maren", "Maren (Kestrel)"},
		"The mayor (Labour) - who is new - spoke.":               {"", ""},
	} {
		place, whole := wirecopy.Dateline(body, "kestrel")
		if place != want[0] || whole != want[1] {
			t.Errorf("%q: got %q, %q; want %q, %q", body, place, whole, want[0], want[1])
		}
	}
}
