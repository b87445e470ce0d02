package ingest

import (
	"errors"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// sound keeps the stories that hold what every story promises, stamped with the line they came down, whatever the
// document says. The others are faults.
func sound(format string, raw wiredesk.Raw, stories []wiredesk.Story) ([]wiredesk.Story, error) {
	var good []wiredesk.Story
	var faults []error
	for _, s := range stories {
		s.Provider, s.Feed, s.Format = raw.Provider, raw.Feed, format
		if reason := unsound(&s); reason != nil {
			faults = append(faults, reason)
			continue
		}
		good = append(good, s)
	}
	return good, errors.Join(faults...)
}

func unsound(s *wiredesk.Story) error {
	switch {
	case s.Item.URI == "":
		return wiredesk.Faultf(1, 1, "the story has no identity")
	case !utf8.ValidString(s.Text):
		return wiredesk.Faultf(1, 1, "the text of %q is not valid UTF-8", s.Item.URI)
	case len(s.Text) > stream.MaxText:
		return wiredesk.Faultf(1, 1, "the text has %d bytes: the limit of one story's text is %d", len(s.Text), stream.MaxText)
	}
	return identity(s.Item.URI, s.Item.Version)
}

// identity says what is wrong with a URI or a version that somebody sent; both may be empty.
func identity(uri, version string) error {
	switch {
	case len(uri) > MaxURI:
		return wiredesk.Faultf(1, 1, "the uri has %d bytes: the limit is %d", len(uri), MaxURI)
	case len(version) > MaxVersion:
		return wiredesk.Faultf(1, 1, "the version has %d bytes: the limit is %d", len(version), MaxVersion)
	case !intake.Printable(uri):
		return wiredesk.Faultf(1, 1, "the uri %q has characters that do not print", uri)
	case !intake.Printable(version):
		return wiredesk.Faultf(1, 1, "the version %q has characters that do not print", version)
	}
	return nil
}
