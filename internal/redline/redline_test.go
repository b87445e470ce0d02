package redline_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/redline"
)

func show(all []redline.Piece) string {
	var b strings.Builder
	for _, p := range all {
		switch p.Op {
		case redline.Gone:
			b.WriteString("[-" + p.Text + "-]")
		case redline.New:
			b.WriteString("{+" + p.Text + "+}")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestWords(t *testing.T) {
	for _, tt := range []struct{ name, before, after, want string }{
		{"nothing", "", "", ""},
		{"the same", "The ferry sails.", "The ferry sails.", "The ferry sails."},
		{"from nothing", "", "The ferry", "{+The ferry+}"},
		{"to nothing", "The ferry", "", "[-The ferry-]"},
		{"a figure", "Twelve people were hurt.", "Fourteen people were hurt.", "[-Twelve-]{+Fourteen+} people were hurt."},
		{"words next to each other are one change", "the red old ferry", "the blue new ferry", "the [-red old-]{+blue new+} ferry"},
		{"a paragraph more", "One.\n\nThree.", "One.\n\nTwo.\n\nThree.", "One.\n\n{+Two.\n\n+}Three."},
		{"a word is never cut", "harbour", "harbours", "[-harbour-]{+harbours+}"},
		{"punctuation by itself", "He said: no.", "He said, no.", "He said[-:-]{+,+} no."},
		{"an apostrophe belongs to the word", "It's so", "Its so", "[-It's-]{+Its+} so"},
		{"Arabic", "قال الوزير أمس", "قال الرئيس أمس", "قال [-الوزير-]{+الرئيس+} أمس"},
		{"a combining mark", "cafe\u0301 bar", "cafe bar", "[-cafe\u0301-]{+cafe+} bar"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := show(redline.Words(tt.before, tt.after)); got != tt.want {
				t.Errorf("Words = %q; want %q", got, tt.want)
			}
		})
	}
}

// holds checks what Words promises of any two texts.
func holds(t *testing.T, before, after string) {
	t.Helper()
	var old, now strings.Builder
	all := redline.Words(before, after)
	for i, p := range all {
		if p.Op != redline.New {
			old.WriteString(p.Text)
		}
		if p.Op != redline.Gone {
			now.WriteString(p.Text)
		}
		if i > 0 && (all[i-1].Op == p.Op || all[i-1].Op == redline.New && p.Op == redline.Gone) {
			t.Errorf("%q → %q: %s after %s", before, after, p.Op, all[i-1].Op)
		}
	}
	if old.String() != before || now.String() != after {
		t.Errorf("%q → %q: the pieces make %q → %q", before, after, old.String(), now.String())
	}
	if redline.Changed(all) != (before != after) {
		t.Errorf("%q → %q: changed is %v", before, after, redline.Changed(all))
	}
}

func TestPiecesMakeBothTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"the", "ferry", "sails", " ", " ", ".", "\n\n", "at", "noon", "é", "\xff"}
	text := func() string {
		var b strings.Builder
		for range r.IntN(14) {
			b.WriteString(words[r.IntN(len(words))])
		}
		return b.String()
	}
	for range 5000 {
		holds(t, text(), text())
	}
}

// Two long texts without a common word are shown as replaced, soon.
func TestNothingInCommon(t *testing.T) {
	began := time.Now()
	holds(t, strings.Repeat("a b ", 1<<17), strings.Repeat("c d ", 1<<17))
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("half a megabyte took %s", took)
	}
}

func FuzzWords(f *testing.F) {
	f.Add("Twelve people", "Fourteen people")
	f.Add("\xff a", "a \xff")
	f.Fuzz(func(t *testing.T, before, after string) { holds(t, before, after) })
}
