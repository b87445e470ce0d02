package poll_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/ingest/poll"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func TestOnlyWhatIsNewIsHandedOn(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.serves(channel(plain("ferry", "bakery")...))
	want(t, r.poll(), poll.OutcomeChanged, 2, 0)
	if got := r.stored(stream.RAW); got != 2 {
		t.Errorf("RAW holds %d documents; want one for each item", got)
	}
	want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
	r.agency.serves(channel(plain("comet", "ferry", "bakery")...))
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
	r.restart(nil)
	want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
	if got := r.stored(stream.RAW); got != 3 {
		t.Errorf("RAW holds %d documents after three items and a restart; want 3", got)
	}
}

func TestConditionsAreSentAndBelieved(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.says(func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("ETag", `W/"7"`)
		w.Header().Set("Last-Modified", "Tue, 06 May 2031 06:00:00 GMT")
		if req.Header.Get("If-None-Match") == `W/"7"` && req.Header.Get("If-Modified-Since") == "Tue, 06 May 2031 06:00:00 GMT" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, channel(plain("ferry")...))
	})
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
	at := r.cursor().Revision()
	for range 3 {
		want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
	}
	if got := r.cursor().Revision(); got != at {
		t.Errorf("the cursor was written for a feed that has not changed: revision %d, was %d", got, at)
	}
	r.restart(nil)
	want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
	if req, _ := r.agency.last(); req.Header.Get("If-None-Match") == "" {
		t.Error("after a restart the document is asked for without conditions")
	}
	r.pass(25 * time.Hour)
	want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
	if req, _ := r.agency.last(); req.Header.Get("If-None-Match") != "" {
		t.Error("a server that says for a day that nothing changed is still believed")
	}
}

func TestFormatsThatArePolled(t *testing.T) {
	for name, doc := range map[string]string{
		"atom":     `<feed xmlns="http://www.w3.org/2005/Atom"><title>L</title><id>tag:l,2031:f</id><updated>2031-05-06T07:00:00Z</updated><entry><id>tag:l,2031:1</id><title>Ferry stays in port</title><updated>2031-05-06T06:00:00Z</updated><content>The ferry stays in port.</content></entry></feed>`,
		"jsonfeed": `{"version":"https://jsonfeed.org/version/1.1","title":"L","items":[{"id":"1","url":"http://lantern.example/1","title":"Ferry stays in port","content_text":"The ferry stays in port."}]}`,
	} {
		r := newRoom(t, nil)
		r.agency.serves(doc)
		want(t, r.poll(), poll.OutcomeChanged, 1, 0)
		want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
		if r.stored(stream.RAW) != 1 {
			t.Errorf("%s: %d documents in RAW; want 1", name, r.stored(stream.RAW))
		}
	}
}

func TestFeedsWithoutItems(t *testing.T) {
	for _, doc := range []string{
		channel(),
		`<feed xmlns="http://www.w3.org/2005/Atom"><title>L</title><id>tag:l,2031:f</id></feed>`,
		`{"version":"https://jsonfeed.org/version/1.1","title":"L","items":[]}`,
	} {
		r := newRoom(t, nil)
		r.agency.serves(doc)
		want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
		if r.stored(stream.DEAD) != 0 {
			t.Errorf("an empty feed is a dead letter: %s", doc)
		}
	}
}

func TestTheOldestItemGoesFirst(t *testing.T) {
	r := newRoom(t, nil)
	stories := plain("ferry", "bakery", "comet")
	r.agency.serves(channel(stories...))
	r.poll()
	newestFirst := r.stories()
	for i := range stories {
		stories[i].guid += "-dated"
		stories[i].date = fmt.Sprintf("Tue, 06 May 2031 0%d:00:00 GMT", i+1)
	}
	r.agency.serves(channel(stories...))
	r.poll()
	if len(newestFirst) != 3 || len(r.stories()) != 3 {
		t.Fatalf("%d stories taken; want 3", len(newestFirst))
	}
	m, err := r.broker.JS.Stream(t.Context(), stream.RAW)
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for seq := range uint64(6) {
		raw, err := m.GetMsg(t.Context(), seq+1)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(stories, func(s story) bool { return strings.Contains(string(raw.Data), s.text) })
		order = append(order, fmt.Sprint(i))
	}
	if got := strings.Join(order, ""); got != "210012" {
		t.Errorf("items are stored in the order %s; want 210 for a feed without dates, then 012 by date", got)
	}
}

func TestAnUnreadableItemIsBuriedOnceItIsSureNotToBeCutShort(t *testing.T) {
	r := newRoom(t, nil)
	whole := channel(plain("ferry", "bakery", "comet")...)
	r.agency.says(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", `"half"`)
		fmt.Fprint(w, whole[:strings.Index(whole, "three nights")])
	})
	want(t, r.poll(), poll.OutcomeChanged, 2, 0)
	if r.stored(stream.DEAD) != 0 {
		t.Error("an item that was cut short is buried at once")
	}
	r.agency.serves(whole)
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)

	r.agency.serves(strings.Replace(whole, "</channel>", "<item><title>A title and no end</channel>", 1))
	for look, want := range []uint64{0, 1, 1, 1} {
		r.poll()
		if got := r.stored(stream.DEAD); got != want {
			t.Errorf("%d dead letters after look %d at an item without an end; want %d", got, look+1, want)
		}
	}
	r.agency.serves(strings.Replace(whole, "</channel>", "<lastBuildDate>Tue, 06 May 2031 09:00:00 GMT</lastBuildDate><item><title>A title and no end</channel>", 1))
	r.poll()
	if got := r.stored(stream.DEAD); got != 1 {
		t.Errorf("%d dead letters; an unreadable item is buried once, whatever else the feed says", got)
	}
}

func TestAnUnreadableItemOfAJSONFeedIsBuriedOnce(t *testing.T) {
	r := newRoom(t, nil)
	for look, title := range []string{"The Lantern", "The Lantern", "The Lantern at night", "The Lantern at night"} {
		r.agency.serves(strings.NewReplacer(`"The Lantern"`, fmt.Sprintf("%q", title), `"items":[`, `"items":[17,`).Replace(jsonFeed(plain("ferry")...)))
		r.poll()
		if got := r.stored(stream.DEAD); got != uint64(min(look, 1)) {
			t.Errorf("%d dead letters after look %d; want one, from the second look on", got, look+1)
		}
	}
}

func TestAnErrorPageIsNoStory(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.serves("<!DOCTYPE html><html><head><title>Back soon</title></head><body><h1>We are moving house</h1><p>Please come back.</p></body></html>")
	wantError(t, r.poll(), "no feed")
	if r.stored(stream.RAW)+r.stored(stream.DEAD) != 0 {
		t.Error("an error page went into the line")
	}
}
