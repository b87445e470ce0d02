package publish_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish"
)

// wide is a way out that takes several stories at a time.
type wide struct {
	mu    sync.Mutex
	took  []string // story.revision, in the order they were taken
	tries map[string][]time.Time
	says  func(a wiredesk.Article) error
	pace  wiredesk.Pace
}

func newWide(says func(a wiredesk.Article) error) *wide {
	return &wide{says: says, tries: map[string][]time.Time{}, pace: wiredesk.Pace{AtOnce: 8, Longest: 50 * time.Millisecond}}
}

func (w *wide) Pace() wiredesk.Pace { return w.pace }

func (w *wide) Deliver(ctx context.Context, a wiredesk.Article) error {
	id := fmt.Sprintf("%s.%d", a.Story, a.Revision)
	w.mu.Lock()
	w.tries[id] = append(w.tries[id], time.Now())
	says := w.says
	w.mu.Unlock()
	if says != nil {
		if err := says(a); err != nil {
			return err
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.took = append(w.took, id)
	return ctx.Err()
}

func (w *wide) will(says func(a wiredesk.Article) error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.says = says
}

func (w *wide) all() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.took)
}

func (w *wide) tried(id string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.tries[id])
}

// inOrder says what is wrong with the order in which a story's revisions were taken.
func inOrder(t *testing.T, took []string) {
	t.Helper()
	last := map[string]string{}
	for _, id := range took {
		story, revision, _ := strings.Cut(id, ".")
		if revision <= last[story] {
			t.Errorf("%s was taken after revision %s", id, last[story])
		}
		last[story] = revision
	}
}

func failing(story string) func(wiredesk.Article) error {
	return func(a wiredesk.Article) error {
		if a.Story == story {
			return errAway
		}
		return nil
	}
}

// A poison story of a thousand holds up none of the others, and keeps its own order.
func TestAPoisonStoryDelaysNoOther(t *testing.T) {
	d := newDesk(t)
	d.run()
	out := newWide(failing("s0000"))
	d.carry("hook", out)
	const stories = 1000
	for i := range stories {
		d.article(fmt.Sprintf("s%04d", i), 1, "new", "text", true, "wire.sana")
	}
	d.article("s0000", 2, "update", "text", true, "wire.sana")
	eventually(t, "the others are delivered", func() bool { return len(out.all()) == stories-1 })
	if out.tried("s0000.2") > 0 {
		t.Error("the second revision was tried before the first was taken")
	}
	out.will(nil)
	eventually(t, "the poison story is delivered", func() bool { return len(out.all()) == stories+1 })
	inOrder(t, out.all())
}

func TestASinkIsLeftAloneForAsLongAsItAsks(t *testing.T) {
	d := newDesk(t)
	d.run()
	const asked = 700 * time.Millisecond
	var once sync.Once
	out := newWide(func(a wiredesk.Article) (err error) {
		if a.Story == "busy" {
			once.Do(func() { err = fmt.Errorf("busy: %w", wiredesk.After(asked, errAway)) })
		}
		return err
	})
	d.carry("hook", out)
	d.article("busy", 1, "new", "text", true, "wire.sana")
	eventually(t, "the first try", func() bool { return out.tried("busy.1") == 1 })
	d.article("busy", 2, "update", "text", true, "wire.sana")
	d.article("other", 1, "new", "text", true, "wire.sana")
	eventually(t, "all is delivered", func() bool { return len(out.all()) == 3 })
	if got := strings.Join(out.all(), " "); got != "other.1 busy.1 busy.2" {
		t.Errorf("taken as %s, want the other story first", got)
	}
	if waited := out.tries["busy.1"][1].Sub(out.tries["busy.1"][0]); waited < asked {
		t.Errorf("tried again after %s, want no sooner than %s", waited, asked)
	}
}

// The notice of a kill does not wait for the next try of the text, which is never sent again.
func TestAKillEndsTheWaitOfItsText(t *testing.T) {
	d := newDesk(t)
	d.run()
	out := newWide(func(a wiredesk.Article) error {
		if a.Event == wiredesk.EventKill {
			return nil
		}
		return wiredesk.After(time.Hour, errAway)
	})
	c := d.carry("hook", out)
	d.article("one", 1, "new", "wrong", true, "wire.sana")
	eventually(t, "the text is tried", func() bool { return out.tried("one.1") == 1 && c.count(publish.TriedAgain) == 1 })
	d.article("one", 2, "kill", "wrong", true, "wire.sana")
	eventually(t, "the notice is delivered", func() bool { return slices.Equal(out.all(), []string{"one.2"}) })
	if out.tried("one.1") != 1 || c.count(publish.Dropped) != 1 {
		t.Errorf("the killed text was tried %d times and dropped %d times, want 1 and 1", out.tried("one.1"), c.count(publish.Dropped))
	}
}

func TestWhatIsTooOldIsGivenUp(t *testing.T) {
	d := newDesk(t)
	d.run()
	out := newWide(failing("old"))
	out.pace.GiveUp = 300 * time.Millisecond
	c := d.carry("hook", out)
	d.article("old", 1, "new", "text", true, "wire.sana")
	eventually(t, "it is a dead letter", func() bool { return c.count(publish.DeadLetter) == 1 })
	dead, err := d.JS.Stream(t.Context(), stream.DEAD)
	if err != nil {
		t.Fatal(err)
	}
	m, err := dead.GetMsg(t.Context(), 1)
	if err != nil || !strings.Contains(stream.TextValue(m.Header.Get(stream.HReason)), "given up after 300ms: nobody answers") {
		t.Errorf("the letter says %v, %v", m.Header, err)
	}
}

// A destination that is gone is disabled, also for the next start, until somebody resumes it.
func TestADestinationThatIsGoneIsDisabledForGood(t *testing.T) {
	for _, atOnce := range []int{1, 8} {
		t.Run(fmt.Sprint(atOnce, " at once"), func(t *testing.T) {
			d := newDesk(t, brokertest.Durable())
			d.run()
			out := newWide(func(wiredesk.Article) error { return fmt.Errorf("answers 410: %w", wiredesk.ErrGone) })
			out.pace.AtOnce = atOnce
			first := d.carry("hook", out)
			d.article("one", 1, "new", "text", true, "wire.sana")
			state := func() publish.OutputState {
				s, err := publish.StateOf(t.Context(), d.JS, "hook")
				if err != nil {
					t.Log(err)
				}
				return s
			}
			eventually(t, "it is disabled", func() bool { return state().Disabled && first.count(publish.Disabled) > 0 })
			paused, err := d.JS.Consumer(t.Context(), stream.NEWS, "out-hook")
			if err != nil || time.Until(*paused.CachedInfo().Config.PauseUntil) < 365*24*time.Hour {
				t.Errorf("paused until %v, %v; want for good", paused.CachedInfo().Config.PauseUntil, err)
			}
			first.stop()
			out.will(nil)
			d.Restart(t)
			eventually(t, "the connection is back", d.NC.IsConnected)
			d.carry("hook", out)
			d.article("two", 1, "new", "text", true, "wire.sana")
			eventually(t, "the next waits", func() bool { s := state(); return s.Disabled && s.Pending+uint64(s.InHand) == 2 })
			if s := state(); !strings.Contains(s.Reason, "answers 410") || len(out.all()) > 0 {
				t.Errorf("state %+v, and %q was sent", s, out.all())
			}
			if err := publish.Resume(t.Context(), d.JS, "hook"); err != nil {
				t.Fatal(err)
			}
			eventually(t, "both are delivered", func() bool { return len(out.all()) == 2 })
			if s := state(); s.Disabled || s.Reason != "" {
				t.Errorf("state %+v, want none of the old reason", s)
			}
		})
	}
	if err := publish.Resume(t.Context(), newDesk(t).JS, "none"); !errors.Is(err, publish.ErrNoOutput) {
		t.Errorf("resume of an unknown output: %v", err)
	}
}

// Two workers share an output, the one that has the turn goes in the middle: no order is broken, nothing is lost.
func TestAnotherWorkerTakesTheTurn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.run()
	out := newWide(failing("s07"))
	first := d.carry("hook", out)
	const stories, revisions = 40, 4
	all := func(r int) {
		for i := range stories {
			d.article(fmt.Sprintf("s%02d", i), r, map[bool]string{true: "new", false: "update"}[r == 1], "text", true, "wire.sana")
		}
	}
	all(1)
	eventually(t, "the first has the turn", func() bool { return len(out.all()) > 0 })
	d.carry("hook", out)
	all(2)
	eventually(t, "the poison story waits", func() bool { return out.tried("s07.1") > 1 })
	first.stop()
	all(3)
	all(4)
	eventually(t, "the others are delivered", func() bool { return len(out.all()) == (stories-1)*revisions })
	out.will(nil)
	eventually(t, "everything is delivered", func() bool { return len(out.all()) == stories*revisions })
	inOrder(t, out.all())
}

// A broker that is away for a while breaks no order, and nothing comes twice.
func TestAnOutageOfTheBrokerAbreast(t *testing.T) {
	t.Parallel()
	d := newDesk(t, brokertest.Durable())
	d.run()
	out := newWide(failing("s03"))
	d.carry("hook", out)
	for i := range 20 {
		d.article(fmt.Sprintf("s%02d", i), 1, "new", "text", true, "wire.sana")
	}
	eventually(t, "the others are delivered", func() bool { return len(out.all()) == 19 })
	d.Restart(t)
	eventually(t, "the connection is back", d.NC.IsConnected)
	for i := range 20 {
		d.article(fmt.Sprintf("s%02d", i), 2, "update", "text", true, "wire.sana")
	}
	eventually(t, "the others go on", func() bool { return len(out.all()) == 38 })
	out.will(nil)
	eventually(t, "the poison story too", func() bool { return len(out.all()) == 40 })
	inOrder(t, out.all())
}
