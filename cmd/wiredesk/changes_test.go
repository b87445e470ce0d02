package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
)

// TestTraceShowsChanges follows a correction word by word, and a rewrite to what it rewrites and back.
func TestTraceShowsChanges(t *testing.T) {
	s := serve(t)
	push := func(uri string, version int, body, more string) {
		t.Helper()
		doc := fmt.Sprintf(`{"guid":%q,"type":"text","version":"%d","headline":"Ferry","body_text":%q,"priority":5,"service":[]%s}`, uri, version, body, more)
		if code, answer := curl(t, s.HTTP+"/v1/push/harbour", doc); code != 202 {
			t.Fatalf("push %s %d: %d %s", uri, version, code, answer)
		}
	}
	push("urn:test:ferry", 1, "Twelve people were on board. The ferry is late.", "")
	push("urn:test:ferry", 2, "Fourteen people were on board. The ferry is late.", "")
	push("urn:test:night", 1, "The night ferry takes all.", `,"evolvedfrom":"urn:test:ferry"`)
	on := []string{"trace", "--diff", "--data", s.Data}
	out := until(t, "the correction", append(on, "urn:test:ferry"), func(code int, out string) bool { return code == shell.OK && strings.Contains(out, "r1 to r2") })
	if !strings.Contains(out, "[-Twelve-]{+Fourteen+} people were on board.") {
		t.Errorf("the change is shown as %s", out)
	}
	until(t, "the rewrite", append(on, "urn:test:night"), func(code int, out string) bool {
		return code == shell.OK && strings.Contains(out, "rewrites  urn:test:ferry") && strings.Contains(out, "r2  update")
	})
	until(t, "what rewrites it", append(on, "urn:test:ferry"), func(code int, out string) bool {
		return code == shell.OK && strings.Contains(out, "rewritten by  urn:test:night") && strings.Contains(out, "r1  new")
	})
	until(t, "as data", append(on, "--json", "urn:test:ferry"), func(code int, out string) bool {
		return code == shell.OK && strings.Contains(out, `{"op":"gone","text":"Twelve"},{"op":"new","text":"Fourteen"}`)
	})
}
