package recall_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/recall"
)

// counting is a format whose parser counts how often it reads.
func counting(reads *int) []wiredesk.Format {
	return []wiredesk.Format{{Name: "count", Parse: func(r wiredesk.Raw) ([]wiredesk.Story, error) {
		*reads++
		if len(r.Bytes) == 0 {
			return nil, errors.New("empty")
		}
		return []wiredesk.Story{{Text: string(r.Bytes)}}, nil
	}}}
}

func TestWhatIngestReadIsNotReadAgain(t *testing.T) {
	reads := 0
	m := recall.New(64, 1<<20)
	first, again := m.Keep(counting(&reads))[0].Parse, m.Recall(counting(&reads))[0].Parse
	at := time.Unix(1000, 5)
	doc := wiredesk.Raw{Feed: "mill", Received: at.UTC(), Bytes: []byte("The wheel turns.")}
	if _, err := first(doc); err != nil || reads != 1 {
		t.Fatalf("%d reads, %v; want one", reads, err)
	}
	stored := doc
	stored.Received, stored.Bytes = at.In(time.FixedZone("east", 3600)), []byte("The wheel turns.")
	got, err := again(stored)
	if err != nil || reads != 1 || len(got) != 1 || got[0].Text != "The wheel turns." {
		t.Errorf("%v and %v after %d reads, want what was read first", got, err, reads)
	}
	if _, err := again(stored); err != nil || reads != 2 {
		t.Errorf("%d reads, want a second one: what was handed out is forgotten", reads)
	}
}

func TestOtherCopyIsReadAgain(t *testing.T) {
	base := wiredesk.Raw{Feed: "mill", Provider: "mill", URI: "urn:1", Version: "1", Received: time.Unix(1000, 5), Bytes: []byte("The wheel turns.")}
	for name, change := range map[string]func(*wiredesk.Raw){
		"other bytes": func(r *wiredesk.Raw) { r.Bytes = []byte("The wheel stops.") },
		"feed":        func(r *wiredesk.Raw) { r.Feed = "weir" },
		"version":     func(r *wiredesk.Raw) { r.Version = "2" },
		"time":        func(r *wiredesk.Raw) { r.Received = time.Unix(1000, 6) },
		"part":        func(r *wiredesk.Raw) { r.Item = 2 },
		"format":      func(r *wiredesk.Raw) { r.Format = "text" },
	} {
		reads := 0
		m := recall.New(64, 1<<20)
		first, again := m.Keep(counting(&reads))[0].Parse, m.Recall(counting(&reads))[0].Parse
		if _, err := first(base); err != nil {
			t.Fatal(err)
		}
		other := base
		change(&other)
		if got, err := again(other); err != nil || reads != 2 || got[0].Text != string(other.Bytes) {
			t.Errorf("%s: %v, %v after %d reads; want it read by itself", name, got, err, reads)
		}
	}
}

func TestTheOldestIsForgotten(t *testing.T) {
	for name, m := range map[string]*recall.Memory{"documents": recall.New(3, 1<<20), "bytes": recall.New(64, 30)} {
		reads := 0
		first, again := m.Keep(counting(&reads))[0].Parse, m.Recall(counting(&reads))[0].Parse
		for i := range 4 {
			if _, err := first(numbered(i)); err != nil {
				t.Fatal(err)
			}
		}
		for i, want := range []int{5, 5, 5, 5} { // only the first is read again
			if _, err := again(numbered(i)); err != nil || reads != want {
				t.Errorf("%s: %d reads and %v after document %d, want %d", name, reads, err, i, want)
			}
		}
	}
}

func numbered(i int) wiredesk.Raw {
	return wiredesk.Raw{URI: fmt.Sprint(i), Bytes: []byte(fmt.Sprintf("document %d", i))}
}

func TestAFaultIsNotRemembered(t *testing.T) {
	reads := 0
	m := recall.New(64, 1<<20)
	_, _ = m.Keep(counting(&reads))[0].Parse(wiredesk.Raw{})
	if _, err := m.Recall(counting(&reads))[0].Parse(wiredesk.Raw{}); err == nil || reads != 2 {
		t.Errorf("%v after %d reads, want the fault again", err, reads)
	}
}

// TestTheMemoryNeverWearsOut takes documents in and out for longer than it can hold.
func TestTheMemoryNeverWearsOut(t *testing.T) {
	reads := 0
	m := recall.New(3, 1<<20)
	first, again := m.Keep(counting(&reads))[0].Parse, m.Recall(counting(&reads))[0].Parse
	for i := range 100 {
		_, _ = first(numbered(i))
		if _, err := again(numbered(i)); err != nil || reads != i+1 {
			t.Fatalf("%d reads and %v after document %d, want each read once", reads, err, i)
		}
	}
}
