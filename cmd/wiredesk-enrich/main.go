// Command wiredesk-enrich is the enrich part of a wiredesk line as a process of its own: it reads stored copy, decides what each version means, finds credits and facts, and writes articles. Any number of copies may
// run on one broker and share the work.
package main

import (
	"context"
	"io"
	_ "time/tzdata" // zones of feeds, where the machine has none

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/line"
)

func main() { shell.Main(run) }

func run(ctx context.Context, args []string, _ io.Reader, stdout, stderr io.Writer) int {
	return shell.Worker(ctx, line.Enrich, "reads stored copy, decides what each version means, finds credits and facts, and writes articles", args, stdout, stderr)
}
