package attribution

import (
	"sort"
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk"
)

// report orders the links, joins them to chains and writes them into the article.
func (r *reading) report() error {
	factors, err := factors()
	if err != nil {
		return err
	}
	order := make([]int, len(r.links))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return r.links[order[i]].where < r.links[order[j]].where })
	ids := idsOf(order)
	r.chain()
	r.fullNames()
	guesses := r.sectionGuesses()
	r.a.Attributions = make([]wiredesk.Attribution, 0, len(order)+1)
	room := r.roomFor(len(order))
	for _, i := range order {
		at := r.attribution(&r.links[i], room, factors)
		at.ID = ids[i]
		if p := r.links[i].parent; p >= 0 {
			at.Parent = ids[p]
		}
		if guesses[i] {
			at.Guess = "section"
		}
		r.a.Attributions = append(r.a.Attributions, at)
	}
	r.byline(len(order))
	r.a.Quotes = r.a.Quotes[:0]
	for _, q := range r.quotes {
		out := wiredesk.Quote{Span: r.span(q.phrase)}
		if q.link > 0 {
			out.Attribution = ids[q.link-1]
		}
		r.a.Quotes = append(r.a.Quotes, out)
	}
	return nil
}

// idsOf are the ids of links by their order in the text, all in one string.
func idsOf(order []int) []string {
	ids := make([]string, len(order))
	digits := make([]byte, 0, 5*len(order))
	for n := range order {
		digits = strconv.AppendInt(append(digits, 'a'), int64(n+1), 10)
	}
	all := string(digits)
	from := 0
	for _, i := range order {
		to := from + 2
		for to < len(all) && all[to] != 'a' {
			to++
		}
		ids[i], from = all[from:to], to
	}
	return ids
}

// written is where the cues and spans of all attributions of an article stand: a few long slices instead of many short
// ones.
type written struct {
	cues  []wiredesk.Cue
	spans []wiredesk.Span
}

func (r *reading) roomFor(links int) *written {
	spans := 0
	for i := range r.links {
		spans += len(r.links[i].content)
	}
	return &written{make([]wiredesk.Cue, 0, links), make([]wiredesk.Span, 0, spans)}
}

func (r *reading) attribution(l *link, room *written, factors map[string]float64) wiredesk.Attribution {
	at := wiredesk.Attribution{
		Role: l.role, Source: wiredesk.Source{ID: l.id, Name: l.name, Span: r.span(l.who)},
		Via: l.via, By: l.by, Scope: l.scope, Rules: r.doubts(l), Speech: r.speech(l),
	}
	at.Score = confidence(at.Rules, factors)
	if !l.cue.empty() {
		room.cues = append(room.cues, wiredesk.Cue{Type: l.cueType, Span: r.span(l.cue)})
		at.Cue = &room.cues[len(room.cues)-1]
	}
	if from := len(room.spans); len(l.content) > 0 {
		for _, p := range l.content {
			room.spans = append(room.spans, r.span(p))
		}
		at.Content = room.spans[from:len(room.spans):len(room.spans)]
	}
	return at
}

// byline adds the author as the last link.
func (r *reading) byline(n int) {
	b := r.a.Byline
	if b == nil {
		return
	}
	r.a.Attributions = append(r.a.Attributions, wiredesk.Attribution{
		ID: "a" + strconv.Itoa(n+1), Role: wiredesk.RoleByline, Source: wiredesk.Source{ID: b.ID, Name: b.Name, Span: b.Span},
		Scope: "article", By: "name", Speech: "none", Score: 0.9, Rules: []string{"byline"},
	})
}

// speech says whether the content is quoted, reported, or both.
func (r *reading) speech(l *link) string {
	quoted, plain := 0, 0
	for _, p := range l.content {
		for i := p.first; i < p.last; i++ {
			if q := r.inQuote[i]; q > 0 && (p.last-p.first <= scare*2 || r.quotes[q-1].words >= 1) {
				quoted++
			} else if r.tok(i).Rune == 0 {
				plain++
			}
		}
	}
	switch {
	case quoted == 0 && plain == 0:
		return "none"
	case quoted == 0:
		return "indirect"
	case plain == 0:
		return "direct"
	}
	return "mixed"
}

// sectionGuesses marks the one outlet that a section credits: that it covers the whole section is a guess.
func (r *reading) sectionGuesses() map[int]bool {
	by := map[int]map[string]int{}
	for i, l := range r.links {
		if l.role != wiredesk.RoleCited || l.id == "" || l.section < 0 || l.scope == "headline" {
			continue
		}
		if by[l.section] == nil {
			by[l.section] = map[string]int{}
		}
		if _, ok := by[l.section][l.id]; !ok {
			by[l.section][l.id] = i
		}
	}
	out := map[int]bool{}
	for _, outlets := range by {
		if len(outlets) == 1 {
			for _, i := range outlets {
				out[i] = true
			}
		}
	}
	return out
}

// isLower says whether a letter is a small Latin one, with which no name begins.
func isLower(c byte) bool { return c >= 'a' && c <= 'z' }

// fullNames gives speakers who are named by one word the full name that the text gives elsewhere.
func (r *reading) fullNames() {
	full := map[string]string{}
	for i := range r.links {
		name := r.links[i].name
		if at := strings.LastIndexByte(name, ' '); at > 0 && !isLower(name[at+1]) && r.links[i].role == wiredesk.RoleSpeaker && strings.Count(name, " ") <= 3 {
			if last := name[at+1:]; full[last] == "" {
				full[last] = name
			}
		}
	}
	for i := range r.links {
		l := &r.links[i]
		if name := full[l.name]; name != "" && l.role == wiredesk.RoleSpeaker {
			l.name = name
		}
	}
}
