package poll

import "time"

// pace is the operator's part of how often a feed is looked at.
type pace struct {
	every, least, most time.Duration
}

// rhythm is what was learned of how often a feed changes.
type rhythm struct {
	Every   time.Duration `json:"every,omitempty"`   // between two looks, as adapted
	News    time.Time     `json:"news,omitzero"`     // when it last brought something
	Gaps    int           `json:"gaps,omitempty"`    // silences met so far
	Usual   time.Duration `json:"usual,omitempty"`   // the mean of them, the later ones counting more
	Longest time.Duration `json:"longest,omitempty"` // the longest, slowly forgotten
}

// found adapts the interval to what a look brought. Where a look shares nothing with the one before it, something between
// them may have been missed: the next is as soon as allowed. Otherwise the interval settles where about half of the looks
// bring something, and a look shares about half of its items with the one before.
func (r *rhythm) found(fresh, items int, missed bool, now time.Time, p pace) {
	if r.Every == 0 {
		r.Every = p.every
	}
	switch {
	case missed:
		r.Every = p.least
	case fresh == 0:
		r.Every = r.Every * 5 / 4
	case r.News.IsZero(): // at the first look everything is new
	case 3*fresh > 2*items:
		r.Every /= 2
	default:
		r.Every = r.Every * 4 / 5
	}
	r.Every = min(max(r.Every, p.least), p.most)
	if fresh > 0 {
		r.learn(now)
	}
}

func (r *rhythm) learn(now time.Time) {
	gap := now.Sub(r.News)
	if !r.News.IsZero() && gap > 0 {
		r.Gaps++
		r.Usual += (gap - r.Usual) / time.Duration(min(r.Gaps, 20))
		r.Longest = max(gap, r.Longest-r.Longest/200)
	}
	r.News = now
}

// Silences are told once this many have been met, so that a rhythm is known.
const knownRhythm = 8

// quiet says whether a feed has been silent for longer than its rhythm explains: six times the usual silence, and half as
// long again as the longest, a night for example.
func (r *rhythm) quiet(now time.Time) bool {
	return r.Gaps >= knownRhythm && now.Sub(r.News) > max(6*r.Usual, r.Longest*3/2, 30*time.Minute)
}

// wait is the time to the next look. What the server and the feed advise makes it longer, up to the ceiling; what the feed
// advises is passed over when something may have been missed. Errors double it for each, up to the ceiling. Chance, from 0
// to 1, moves it by a tenth either way, so that feeds do not march in step.
func (r *rhythm) wait(p pace, fresh, advised time.Duration, fails int, chance float64) time.Duration {
	d := max(r.Every, p.least)
	if r.Every == 0 {
		d = p.every
	}
	if d > p.least {
		d = max(d, advised)
	}
	d = min(max(d, fresh), p.most)
	for range min(fails, 16) {
		d = min(2*d, max(p.most, d))
	}
	return d - d/10 + time.Duration(chance*float64(d)/5)
}
