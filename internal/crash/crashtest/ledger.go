package crashtest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Audit holds every subject against what was accepted, and what was accepted against what was pushed: what is lost,
// seen twice or out of order fails the test. Unknown is how many pushes have no receipt.
func Audit(t *testing.T, js jetstream.JetStream, r *Reader, all []Plan, unknown int) {
	t.Helper()
	wirePrefix, langPrefix := "news.wire."+Feed+".", "news.lang.en."
	accepted := shelves(t, js, stream.ARTICLES, stream.ArticlePrefix+"*")
	canonical := shelves(t, js, stream.NEWS, wirePrefix+"*")
	byLanguage := shelves(t, js, stream.NEWS, langPrefix+"*")
	pushed := &ledger{name: "pushed → accepted", unknown: unknown}
	live := &ledger{name: "the live subscriber"}
	wire := &ledger{name: wirePrefix + "*"}
	lang := &ledger{name: langPrefix + "*"}
	for _, p := range all {
		story := wiredesk.StoryID(Feed, p.URI)
		revisions := accepted[stream.ArticleSubject(story)]
		pushed.final(p, revisions)
		live.account(story, revisions, r.seen[story])
		wire.account(story, revisions, canonical[wirePrefix+story])
		if len(revisions) > 0 && revisions[0].event != wiredesk.EventKill { // a kill that came first knows no language
			lang.account(story, revisions, byLanguage[langPrefix+story])
		}
	}
	for _, l := range []*ledger{pushed, live, wire, lang} {
		l.check(t)
	}
}

// final looks whether the story ended in its last version.
func (l *ledger) final(p Plan, revisions []entry) {
	if len(revisions) == 0 {
		l.lost++
		l.note("%s: nothing accepted", p.URI)
		return
	}
	last := revisions[len(revisions)-1]
	switch {
	case p.Kill && last.event != wiredesk.EventKill, last.version != fmt.Sprint(p.Last()):
		l.lost++
		l.note("%s: ended in version %s (%s); want version %d", p.URI, last.version, last.event, p.Last())
	case len(revisions) > p.Last():
		l.duplicate++
		l.note("%s: %d revisions of %d versions", p.URI, len(revisions), p.Last())
	default:
		l.ok++
		l.overtaken += p.Last() - len(revisions)
	}
}

// ledger is the account of one subject's audience over the whole run.
type ledger struct {
	name                                     string
	ok, lost, unknown, duplicate, disordered int
	overtaken, taken                         int // accepted behind a newer version; taken back by a kill before it was read
	notes                                    []string
}

func (l *ledger) note(format string, args ...any) {
	if len(l.notes) < 12 {
		l.notes = append(l.notes, fmt.Sprintf(format, args...))
	}
}

func (l *ledger) String() string {
	return fmt.Sprintf("%-20s ok %6d  lost %d  unknown %d  duplicate %d  disordered %d  (taken back by a kill %d, overtaken by a newer version %d)",
		l.name, l.ok, l.lost, l.unknown, l.duplicate, l.disordered, l.taken, l.overtaken)
}

// account compares what was accepted with what stands, or stood, at a subject. Revisions that a kill took back need not
// have been seen.
func (l *ledger) account(story string, accepted, seen []entry) {
	kill := 0
	for _, e := range accepted {
		if e.event == wiredesk.EventKill {
			kill = e.revision
		}
	}
	count := map[int]int{}
	last := 0
	for _, e := range seen {
		count[e.revision]++
		if e.revision < last {
			l.disordered++
			l.note("%s: revision %d after %d", story, e.revision, last)
		}
		last = e.revision
	}
	for _, e := range accepted {
		switch n := count[e.revision]; {
		case n == 1:
			l.ok++
		case n > 1:
			l.duplicate++
			l.note("%s: revision %d seen %d times", story, e.revision, n)
		case e.revision < kill:
			l.taken++
		default:
			l.lost++
			l.note("%s: revision %d (%s) never seen", story, e.revision, e.event)
		}
		delete(count, e.revision)
	}
	for revision := range count {
		l.duplicate++
		l.note("%s: revision %d seen, but never accepted", story, revision)
	}
}

func (l *ledger) check(t *testing.T) {
	t.Helper()
	t.Log(l)
	if l.lost+l.unknown+l.duplicate+l.disordered > 0 {
		t.Errorf("%s\n%s", l, strings.Join(l.notes, "\n"))
	}
}
