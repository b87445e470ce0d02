package ingest

import (
	"errors"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// arrival sorts the parts of one document into what is stored and what is buried.
type arrival struct {
	asked, receipt, trace string

	good, dead []stream.Message
	stories    []int // in each good part
	taken      []wiredesk.Taken
	faults     []wiredesk.Fault
}

func (a *arrival) whole(raw wiredesk.Raw) stored {
	s := stored{raw: raw, asked: a.asked, receipt: a.receipt, trace: a.trace}
	if s.raw.Format == "auto" {
		s.raw.Format = ""
	}
	return s
}

// sort gives each part its one place. A part with good stories goes to RAW; the items in it that could not be read
// go to DEAD as a copy of the part. A part without any goes to DEAD only.
func (a *arrival) sort(parts []Part) error {
	for _, p := range parts {
		if err := refused(p, len(parts)); err != nil {
			return err
		}
		s := a.whole(p.Raw)
		if err := a.place(s, p); err != nil {
			return err
		}
	}
	a.faults = capped(a.faults)
	return nil
}

// refused is why nothing of a document is kept because of one part: the line is busy, or its only story is too large.
func refused(p Part, parts int) error {
	var busy *intake.Busy
	if errors.As(p.Err, &busy) {
		return busy
	}
	var large *intake.TooLarge
	if errors.As(p.Err, &large) && parts == 1 {
		return large
	}
	return nil
}

func (a *arrival) place(s stored, p Part) error {
	if p.Err != nil {
		faults := faultsOf(p.Raw, p.Err)
		letter, err := s.letter(faults)
		if err != nil {
			return err
		}
		a.dead = append(a.dead, letter)
		a.faults = append(a.faults, faults...)
	}
	if len(p.Stories) == 0 {
		return nil
	}
	s.story = p.Stories[0].ID()
	m, err := s.message()
	if err != nil {
		return err
	}
	a.good, a.stories = append(a.good, m), append(a.stories, len(p.Stories))
	for i := range p.Stories {
		a.taken = append(a.taken, taken(&p.Stories[i]))
	}
	return nil
}

func taken(s *wiredesk.Story) wiredesk.Taken {
	return wiredesk.Taken{
		Story: s.ID(), URI: s.Item.URI, Version: s.Item.Version, Repairs: s.Repairs,
		Follow: stream.NewsAll(s.ID()), Trace: "wiredesk trace " + quoted(s.Item.URI),
	}
}

// quoted is text as one word of a shell's command line. The text comes from a document, and people paste the line.
func quoted(text string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/@%+,="
	if text != "" && strings.Trim(text, plain) == "" && text[0] != '-' {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
