package attribution

import "github.com/wiredesk/wiredesk"

// confidence is how sure the rules that fired are together, from 0 to 1.
func (l *link) confidence() float64 {
	if l.score > 0 {
		return l.score
	}
	score := 0.9
	for _, rule := range l.rules {
		if w, ok := ruleWeights[rule]; ok {
			score *= w
		}
	}
	if l.role == wiredesk.RoleCited && l.id == "" {
		score *= 0.85
	}
	return float64(int(score*100+0.5)) / 100
}

// ruleWeights are what each rule is worth: how often it was right, relative to the plainest one.
var ruleWeights = map[string]float64{
	"prep_front": 1.03, "prep_tail": 1.05, "verb": 1, "verb_medial": 1, "verb_participle": 0.85, "verb_coordinated": 0.9,
	"citing": 1, "passive": 0.95, "inverted": 0.97, "noun-phrase": 0.75, "proper-name": 1, "office-noun": 1, "pronoun": 0.97,
	"reference": 0.85, "media-noun": 0.9, "press-noun-unlicensed": 0.6, "outlet-A": 1.06, "outlet-B": 1, "outlet-C": 0.85,
	"agency-noun": 1.02, "quote-continuation": 0.85, "document-noun": 0.95,
}
