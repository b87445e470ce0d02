package browser_test

import (
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func bury(t *testing.T, d *desk, reason, body string) {
	t.Helper()
	js, err := jetstream.New(d.Conn())
	if err != nil {
		t.Fatal(err)
	}
	m := stream.Message{Subject: "wire.dead.ingest.mill", Data: []byte(body), Header: map[string][]string{
		stream.HStage: {"ingest"}, stream.HFeed: {"mill"}, stream.HReason: {stream.HeaderValue(reason)}, stream.HTries: {"1"},
	}}
	if _, err := js.PublishMsg(t.Context(), m.NATS()); err != nil {
		t.Fatal(err)
	}
}

// Dead letters stand by reason, show the place of the error, are dropped after a question, and tried again.
func TestDeadLettersAreMended(t *testing.T) {
	d := open(t, nil)
	bury(t, d, "2:5: there is no \"end\"", "one\ntwo three\n")
	bury(t, d, "9:1: there is no \"head\"", "one\n")
	bury(t, d, "the sender was away", plain("A story that can be read now"))
	p := visit(t, d.at.HTTP+"/console/dead")
	p.until("document.querySelectorAll('.pile').length === 2 && document.querySelectorAll('.letter').length === 3")
	p.click(".pile:first-child .letter:last-child summary")
	p.until("document.querySelector('.here mark')?.textContent === 't'")
	p.click(".pile:first-child h2 input")
	p.click(".tools button:last-of-type")
	p.until("document.querySelector('dialog').open")
	p.click("dialog .danger")
	p.until("document.querySelectorAll('.letter').length === 1 && !document.querySelector('dialog').open")
	p.click(".letter > label input")
	p.click(".tools button:first-of-type")
	p.until("document.querySelector('main').textContent.includes('No dead letters')")
	p.keys("gw")
	p.until("document.querySelector('.headline')?.textContent === 'A story that can be read now'")
	p.unhurt()
}

// A kill needs a reason, goes through the line, and cannot be missed on any page.
func TestAKillIsOrderedAndSeen(t *testing.T) {
	d := open(t, nil)
	id := story(d.push(t, "mill", plain("Wrong number in the ferry story"), adapter.Document{}))
	other := visit(t, d.at.HTTP+"/console/holds")
	other.until("document.querySelector('.status').dataset.state === 'live'")
	p := visit(t, d.at.HTTP+"/console/story/"+id)
	p.click(".story-head .danger")
	p.until("document.querySelector('dialog').open")
	p.click("dialog .danger")
	p.until("document.querySelector('dialog').open && document.querySelector('#reason:invalid')")
	ask[bool](p, "((document.getElementById('reason').value = 'The number is wrong.'), (document.getElementById('by').value = 'Mara'), true)")
	p.click("dialog .danger")
	p.until("document.querySelector('.verdict.kill')?.textContent.includes('The number is wrong.')")
	for _, page := range []*tab{p, other} {
		page.until("document.querySelector('.alarm.kill')?.textContent.includes('KILL') && document.title.startsWith('● KILL')")
	}
	other.keys("a")
	other.until("!document.querySelector('.alarm') && !document.title.startsWith('●')")
	p.keys("gw")
	p.until("document.querySelector('.row.is-kill .headline')?.textContent === 'Wrong number in the ferry story'")
	p.unhurt()
}

// Who may read may not act where the configuration asks for another token; it is asked for when it is needed.
func TestActingNeedsItsOwnToken(t *testing.T) {
	const reads, acts = "a-token-to-read-with", "a-token-to-act-with"
	d := open(t, func(c *config.Config) {
		c.HTTP.Token, c.Console.ActToken = reads, acts
	})
	bury(t, d, "the sender was away", plain("A story"))
	p := visit(t, d.at.HTTP+"/console/dead")
	enter := func(field, token, button string) {
		t.Helper()
		p.until("document.getElementById('" + field + "')")
		ask[bool](p, "((document.getElementById('"+field+"').value = '"+token+"'), true)")
		p.click(button)
	}
	enter("token", "wrong-token-altogether", ".enter button")
	p.until("document.querySelector('.fault')?.textContent.includes('not the token')")
	enter("token", reads, ".enter button")
	p.until("document.querySelectorAll('.letter').length === 1")
	if got := ask[string](p, "document.cookie"); got != "" {
		t.Errorf("a script can read the session: %s", got)
	}
	p.click(".letter > label input")
	p.click(".tools button:first-of-type")
	enter("act", acts, "dialog .main")
	p.until("document.querySelector('main').textContent.includes('No dead letters')")
	p.unhurt()
}

// A story of the wire and one that is pasted are explained, desk by desk.
func TestRoutesAreExplained(t *testing.T) {
	d := open(t, nil)
	id := story(d.push(t, "mill", plain("Ferry sails"), adapter.Document{}))
	p := visit(t, d.at.HTTP+"/console/routes?story="+id)
	p.until("document.querySelectorAll('.desks-why > li').length === 2 && /fails/.test(document.querySelector('.desks-why').textContent) && document.querySelector('.subjects').textContent.includes('news.source.reuters.')")
	ask[bool](p, "((document.getElementById('paste').value = 'Nothing about boats\\n\\nPARIS, June 1 (AFP) - A text.\\n'), true)")
	p.click(".ways form button")
	p.until("document.querySelector('.why h2')?.textContent === 'Nothing about boats' && document.querySelector('.subjects').textContent.includes('news.source.afp.')")
	p.unhurt()
}
