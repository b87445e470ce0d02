// Package related links stories that share text across feeds: duplicates, reprints, excerpts and updates, over the
// last days; and the takes in which a provider sends one story. Stories are compared by small sketches, from which no text
// can be read back; a sketch travels in a header of the article's message, and every worker follows the stream of articles,
// so that all of them know the same.
package related

import (
	"cmp"
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"
)

const (
	base          = 0x9E3779B97F4A7C15 // of the rolling hash over a sequence
	baseToShingle = base * base % (1 << 64) * base % (1 << 64) * base % (1 << 64) * base % (1 << 64)
)

const (
	shingle     = 5 // words, or ideographs
	minWords    = 20
	bins        = 64
	bandRows    = 4
	leadWords   = 60
	leadBins    = 16
	leadRows    = 2
	prints      = 8
	mostSamples = 192
	mostLevel   = 31
	keys        = bins/bandRows + leadBins/leadRows + prints
)

// Sketch is what is left of a text for comparing it: a sample of its five-word sequences, and the keys under which
// similar texts meet.
type Sketch struct {
	Exact   uint64   // of the whole text, letter case and punctuation aside
	Size    uint32   // how many sequences it has
	Level   uint8    // a sample holds the sequences whose hash ends in so many zero bits
	Samples []uint32 // sorted, without repeats
	Keys    []uint32
}

// Of sketches a text, given in pieces that are read as one. A text of fewer than twenty words has no sketch: it would
// meet everything.
func Of(pieces ...string) (Sketch, bool) {
	words := make([]uint64, 0, 1024)
	for _, p := range pieces {
		words = appendWords(words, p)
	}
	if len(words) < minWords {
		return Sketch{}, false
	}
	n := len(words) - shingle + 1
	s := Sketch{Exact: sum(words), Size: uint32(n), Level: level(n), Keys: make([]uint32, 0, keys)}
	minima := blank(bins)
	var low []uint64
	var rolling uint64
	for i, w := range words {
		rolling = rolling*base + w
		if i < shingle-1 {
			continue
		}
		if i >= shingle {
			rolling -= words[i-shingle] * baseToShingle
		}
		h := mix(rolling)
		put(minima, h)
		low = lowest(low, h)
		if v := uint32(h); sampled(v, s.Level) {
			s.Samples = append(s.Samples, v)
		}
	}
	s.settle()
	s.Keys = bands(s.Keys, minima, bandRows, 1)
	lead := blank(leadBins)
	for _, w := range words[:min(len(words), leadWords)] {
		put(lead, mix(w))
	}
	s.Keys = bands(s.Keys, lead, leadRows, 2)
	for _, h := range low {
		s.Keys = append(s.Keys, uint32(mix(h)>>32)|1)
	}
	return s, true
}

// settle sorts the samples, and thins them out where chance or malice made too many.
func (s *Sketch) settle() {
	for len(s.Samples) > 2*mostSamples {
		s.Level++
		s.Samples = slices.DeleteFunc(s.Samples, func(v uint32) bool { return !sampled(v, s.Level) })
		if s.Level == mostLevel {
			s.Samples = s.Samples[:min(len(s.Samples), mostSamples)]
			break
		}
	}
	slices.Sort(s.Samples)
	s.Samples = slices.Compact(s.Samples)
}

// level is how many zero bits keep the sample of n sequences within its bound.
func level(n int) uint8 {
	l := bits.Len(uint(n / mostSamples))
	return uint8(max(0, l))
}

func sampled(v uint32, level uint8) bool { return v&(1<<level-1) == 0 }

// unlike is how many samples of each text without a single common one say that two texts have little in common: of
// texts that share half of the shorter one, one pair in sixteen million looks like that.
const unlike = 24

// Overlap estimates which share of each text's sequences the other has, and how many sequences the estimate rests on.
// Samples are in the order of their hashes, so that any stretch of them is a fair one: it gives up early on texts that
// have nothing in common.
func (s *Sketch) Overlap(o *Sketch) (ofMine, ofOther float64, shared int) {
	l := max(s.Level, o.Level)
	var mine, other int
	i, j := 0, 0
	for i < len(s.Samples) || j < len(o.Samples) {
		if shared == 0 && mine >= unlike && other >= unlike {
			return 0, 0, 0
		}
		switch {
		case j == len(o.Samples) || i < len(s.Samples) && s.Samples[i] < o.Samples[j]:
			mine += count(s.Samples[i], l)
			i++
		case i == len(s.Samples) || o.Samples[j] < s.Samples[i]:
			other += count(o.Samples[j], l)
			j++
		default:
			n := count(s.Samples[i], l)
			mine, other, shared = mine+n, other+n, shared+n
			i, j = i+1, j+1
		}
	}
	return float64(shared) / float64(max(mine, 1)), float64(shared) / float64(max(other, 1)), shared
}

func count(v uint32, level uint8) int {
	if sampled(v, level) {
		return 1
	}
	return 0
}

// appendWords hashes words in lower case; an ideograph is a word, punctuation is none.
func appendWords(words []uint64, text string) []uint64 {
	var h uint64
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			c := byte(r)
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
				h = (h ^ uint64(c) ^ 0xcbf29ce484222325) * 0x100000001b3
				continue
			}
		case unicode.Is(unicode.Han, r) || r >= 0x3041 && r <= 0x30FF || r >= 0xAC00 && r <= 0xD7A3:
			if h != 0 {
				words, h = append(words, h), 0
			}
			words = append(words, mix(uint64(r)))
			continue
		case r == '\u2019' || r == '\u00AD' || r >= 0x200B && r <= 0x200F:
			continue
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r):
			h = (h ^ uint64(unicode.ToLower(r)) ^ 0xcbf29ce484222325) * 0x100000001b3
			continue
		}
		if r == '\'' {
			continue
		}
		if h != 0 {
			words, h = append(words, h), 0
		}
	}
	if h != 0 {
		words = append(words, h)
	}
	return words
}

func sum(words []uint64) uint64 {
	h := uint64(len(words))
	for _, w := range words {
		h = mix(h*0x9E3779B97F4A7C15 + w)
	}
	return h
}

func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// blank is a one-permutation MinHash before anything is put in.
func blank(n int) []uint32 {
	b := make([]uint32, n)
	for i := range b {
		b[i] = ^uint32(0)
	}
	return b
}

func put(minima []uint32, h uint64) {
	bin := int(h >> 40 % uint64(len(minima)))
	minima[bin] = min(minima[bin], uint32(h))
}

// bands adds a key for each run of rows. An empty bin borrows from the next that is not, so that short texts meet too.
func bands(keys, minima []uint32, rows int, kind uint64) []uint32 {
	n := len(minima)
	for i := 0; i < n; i += rows {
		h := kind<<32 | uint64(i)
		for j := i; j < i+rows; j++ {
			v, far := minima[j], 0
			for v == ^uint32(0) && far < n {
				far++
				v = minima[(j+far)%n]
			}
			h = mix(h ^ uint64(v)<<8 ^ uint64(far))
		}
		keys = append(keys, uint32(h>>32)|1)
	}
	return keys
}

// lowest keeps the few smallest hashes, sorted, without repeats.
func lowest(low []uint64, h uint64) []uint64 {
	if len(low) == prints && h >= low[prints-1] {
		return low
	}
	i, there := slices.BinarySearchFunc(low, h, cmp.Compare[uint64])
	if there {
		return low
	}
	low = slices.Insert(low, i, h)
	return low[:min(len(low), prints)]
}
