package publish

import (
	"encoding/json"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/publish/file"
	"github.com/wiredesk/wiredesk/publish/webhook"
)

// Output is a line in the table of outputs: a kind of way out for the news. Open makes one from settings of its own,
// strictly, and reaches nothing yet: what is away at the start is an error of Deliver, which is tried again. An error
// about a setting begins with the setting's name. A sink that also is an io.Closer is closed at the end;
// one with a method For(name string) wiredesk.Sink is asked once for the sink of the output of that name.
type Output struct {
	Name     string // as kind: spells it in the configuration
	Settings any    // the struct of its settings, at their defaults
	Open     func(settings json.RawMessage, log zerolog.Logger) (wiredesk.Sink, error)
}

// Outputs is the table of outputs: one line a kind.
func Outputs() []Output {
	return []Output{
		{Name: "file", Settings: file.Defaults(), Open: file.New},
		{Name: "webhook", Settings: webhook.Defaults(), Open: webhook.New},
	}
}
