package shell

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Printable replaces what could act on a terminal or hide text from a reader: control characters but for tab and line
// end, and marks that turn the direction of writing.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return '·'
		}
		return r
	}, text)
}

// Say talks to a person. A stderr that cannot be written to is nobody to tell.
func Say(to io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(to, format, args...) }

// JSON writes one value as one line. A failing stdout is an error: nobody has the data.
func JSON(stdout io.Writer, v any) error {
	e := json.NewEncoder(stdout)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	return nil
}

// Cut shortens a text for a column of a table, by characters.
func Cut(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(Printable(text)), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}
