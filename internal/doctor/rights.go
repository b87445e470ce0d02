package doctor

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// probe is a name that no feed and no story has.
const probe = "wiredesk-doctor"

// right is something that a role must, or must not, be able to do.
type right struct {
	subject string
	must    bool
	what    string
}

// rightsOf are the rights of each role that tell a wrong user from the right one. The broker's settings in deploy have
// all of them.
func rightsOf(role string) []right {
	article, news := stream.ArticlePrefix+probe, stream.NewsIn+"wire."+probe+"."+probe
	switch role {
	case "ingest":
		return []right{{stream.RawPrefix + probe, true, "store what comes in"}, {stream.DeadPrefix + "ingest." + probe, true, "write dead letters"}, {news, false, "write news"}, {article, false, "write articles"}}
	case "enrich":
		return []right{{article, true, "write articles"}, {stream.TombPrefix + probe, true, "write tombstones"}, {stream.DeadPrefix + "enrich." + probe, true, "write dead letters"}, {news, false, "write news"}}
	case "publish":
		return []right{{news, true, "write news"}, {stream.DeadPrefix + "publish." + probe, true, "write dead letters"}, {article, false, "write articles"}, {stream.RawPrefix + probe, false, "write raw copy"}}
	case "operator":
		return []right{{stream.EdictSubject, true, "kill, hold and lift stories"}, {"$JS.API.STREAM.INFO." + stream.RAW, true, "look at the streams"}, {news, false, "write news"}}
	}
	return nil
}

// rights tries what the role may do, with messages that the streams refuse by their own condition, so that nothing is
// stored.
func (p *patient) rights(ctx context.Context) {
	all := rightsOf(p.Role)
	before := len(p.findings)
	for _, r := range all {
		may, err := p.may(ctx, r.subject)
		switch {
		case err != nil:
			p.unknown("rights", err)
			return
		case r.must && !may:
			p.add("rights", Fail, fmt.Sprintf("this user may not %s (publish %s)", r.what, r.subject), "a worker in the role "+p.Role+" stops there", "use the role's own user, or give it the right, see deploy/accounts.conf")
		case !r.must && may && !p.embedded():
			p.add("rights", Warn, fmt.Sprintf("this user may %s (publish %s), and need not", r.what, r.subject), "whoever takes over this process could do it too", "give each role its own user, see deploy/accounts.conf")
		}
	}
	if len(all) > 0 && len(p.findings) == before {
		p.ok("rights", "this user may do what the role %s needs", p.Role)
	}
}

func (p *patient) may(ctx context.Context, subject string) (bool, error) {
	inbox := p.NC.NewRespInbox()
	sub, err := p.NC.SubscribeSync(inbox)
	if err != nil {
		return false, err
	}
	defer func() { _ = sub.Unsubscribe() }()
	m := nats.NewMsg(subject)
	m.Reply = inbox
	if !strings.HasPrefix(subject, "$") {
		m.Header.Set(nats.ExpectedStreamHdr, probe) // refused by every stream
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if err := p.NC.PublishMsg(m); err != nil {
		return false, err
	}
	if err := p.NC.FlushWithContext(ctx); err != nil {
		return false, err
	}
	last := p.NC.LastError()
	return !(errors.Is(last, nats.ErrPermissionViolation) && strings.Contains(last.Error(), `"`+subject+`"`)), nil
}
