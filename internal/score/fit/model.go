package main

import (
	"math"
	"slices"

	"github.com/wiredesk/wiredesk/internal/score"
)

const base = "base"

// model is a logistic regression: a weight for each rule and one for each set, which takes up how strictly its key was
// made and is no part of what is shipped. Weights are pulled to zero, so that a rule seldom seen says little, and held to
// their side of it: evidence never lowers, a doubt never raises.
type model struct {
	names   []string
	weights map[string]float64 // by rule, "base", and corpus
	shift   float64            // what is taken off so that enough of the sure ones are right
}

const (
	pull   = 8.0 // how strongly weights are pulled to zero
	rounds = 400
	stride = 0.5
	own    = 3.0 // one claim of our stories counts as much as so many of a corpus, which marks other things
	corpus = "set polnear"
)

// evidence are the rules that may raise the odds; all others may only lower them.
var evidence = map[string]bool{
	"plain-cue": true, "outlet-A": true, "dateline": true, "signoff": true, "slash": true, "paren": true, "source-label": true,
	"given-name": true, "name-known": true, "office-noun": true, "prep_front": true, "prep_tail": true, "venue": true,
}

// features are the weights that a claim adds up.
func (m *model) features(j *score.Judged) []string {
	out := []string{base}
	if j.Set != "own" {
		out = append(out, corpus)
	}
	for _, r := range j.Rules {
		if _, ok := slices.BinarySearch(m.names, r); ok {
			out = append(out, r)
		}
	}
	return out
}

func weightOf(j *score.Judged) float64 {
	if j.Set == "own" {
		return own
	}
	return 1
}

// fit finds the weights by gradient descent with a stride for each weight by how steep it was (Adagrad).
func (m *model) fit(all []score.Judged) {
	m.weights = map[string]float64{}
	features := make([][]string, len(all))
	for i := range all {
		features[i] = m.features(&all[i])
	}
	steep := map[string]float64{}
	for range rounds {
		for f, s := range m.slopes(all, features) {
			free := f == base || f == corpus
			if !free {
				s += pull * m.weights[f]
			}
			steep[f] += s * s
			w := m.weights[f] - stride*s/(math.Sqrt(steep[f])+1e-9)
			if !free && w > 0 != evidence[f] {
				w = 0
			}
			m.weights[f] = w
		}
	}
}

// slopes are how much the loss grows with each weight.
func (m *model) slopes(all []score.Judged, features [][]string) map[string]float64 {
	slopes := map[string]float64{}
	for i := range all {
		p := 1 / (1 + math.Exp(-m.sum(features[i])))
		if all[i].Right {
			p--
		}
		for _, f := range features[i] {
			slopes[f] += p * weightOf(&all[i])
		}
	}
	return slopes
}

func (m *model) sum(features []string) float64 {
	total := 0.0
	for _, f := range features {
		total += m.weights[f]
	}
	return total
}

// probability is how likely a claim is right, judged as strictly as our stories are.
func (m *model) probability(j *score.Judged) float64 {
	features := slices.DeleteFunc(m.features(j), func(f string) bool { return f == corpus })
	return 1 / (1 + math.Exp(m.shift-m.sum(features)))
}
