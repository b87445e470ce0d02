// Command wiredesk-publish is the publish part of a wiredesk line as a process of its own: it fans articles out to the subjects of the news. Any number of copies may
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
	return shell.Worker(ctx, line.Publish, "fans articles out to the subjects of the news", args, stdout, stderr)
}
