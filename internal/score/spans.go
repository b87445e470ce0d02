package score

import (
	"strings"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
)

const edges = " \u00a0\t\r\n.,;:!?\"'“”‘’«»„‹›…،؛。，：—–-"

// Trim takes spaces, punctuation and quotation marks off both ends of a span.
func Trim(text string, s wiredesk.Span) wiredesk.Span {
	if s.Start < 0 || s.End > len(text) || s.Empty() {
		return wiredesk.Span{}
	}
	in := s.In(text)
	left := strings.TrimLeft(in, edges)
	s.Start += len(in) - len(left)
	s.End = s.Start + len(strings.TrimRight(left, edges))
	return s
}

// Overlap is intersection over union of two sets of spans, edges trimmed; 1 where both are empty.
func Overlap(text string, a, b []wiredesk.Span) float64 {
	inA, inB := cover(text, a), cover(text, b)
	both, either := 0, len(inB)
	for at := range inA {
		if inB[at] {
			both++
		} else {
			either++
		}
	}
	if either == 0 {
		return 1
	}
	return float64(both) / float64(either)
}

// cover is the set of characters that spans cover, by byte offset.
func cover(text string, spans []wiredesk.Span) map[int]bool {
	in := map[int]bool{}
	for _, s := range spans {
		s = Trim(text, s)
		for at := s.Start; at < s.End; {
			in[at] = true
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
		}
	}
	return in
}

// exact counts spans that are equal once trimmed.
func exact(text string, claimed, gold []wiredesk.Span) Count {
	known := map[wiredesk.Span]bool{}
	for _, g := range gold {
		known[Trim(text, g)] = true
	}
	said := map[wiredesk.Span]bool{}
	hit := 0
	for _, c := range claimed {
		c = Trim(text, c)
		if !said[c] && known[c] {
			hit++
		}
		said[c] = true
	}
	return Count{hit, len(said), hit, len(known)}
}

// touching counts spans that share a character with one of the other side.
func touching(text string, claimed, gold []wiredesk.Span) Count {
	return Count{meets(text, claimed, gold), len(claimed), meets(text, gold, claimed), len(gold)}
}

func meets(text string, these, those []wiredesk.Span) int {
	n := 0
	for _, a := range these {
		for _, b := range those {
			if Trim(text, a).Overlaps(Trim(text, b)) {
				n++
				break
			}
		}
	}
	return n
}
