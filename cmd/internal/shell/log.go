package shell

import (
	"io"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/config"
)

// Terminal says whether a person looks at what is written there.
func Terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// Colour says whether colours are welcome there: a terminal, and NO_COLOR unset (https://no-color.org).
func Colour(w io.Writer) bool {
	return Terminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// Logger writes to stderr: JSON lines, or lines for a person where the format says so or a person looks on. Control
// characters never reach the terminal: both forms escape them. It is safe for concurrent use.
func Logger(stderr io.Writer, l config.Log) zerolog.Logger {
	level, err := zerolog.ParseLevel(l.Level)
	if err != nil {
		level = zerolog.InfoLevel
	}
	w := zerolog.SyncWriter(stderr)
	if l.Format == "console" || l.Format == "auto" && Terminal(stderr) {
		w = zerolog.ConsoleWriter{Out: w, TimeFormat: time.TimeOnly, NoColor: !Colour(stderr), FormatMessage: message}
	}
	return zerolog.New(w).Level(level).With().Timestamp().Logger()
}

// message escapes what the console form would print as it is.
func message(v any) string {
	text, _ := v.(string)
	return strings.ReplaceAll(Printable(text), "\n", "·")
}
