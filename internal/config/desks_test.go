package config_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/config"
)

// TestTenThousandDesks fits them into one file, within its limits.
func TestTenThousandDesks(t *testing.T) {
	var b strings.Builder
	b.WriteString("desks:\n")
	for i := range 10_000 {
		fmt.Fprintf(&b, "- {name: d%d, when: 'provider == \"p%d\" and urgency <= 3'}\n", i, i)
	}
	file := filepath.Join(t.TempDir(), "wiredesk.yaml")
	write(t, file, b.String())
	c, _, err := config.Read(config.Source{File: file})
	if err != nil {
		t.Fatalf("%.300s", err)
	}
	table, err := c.Routes()
	if err != nil {
		t.Fatal(err)
	}
	if got, failed := table.Desks(&wiredesk.Article{Provider: "p77", Item: wiredesk.Item{Urgency: 2}}); len(got) != 1 || got[0] != "d77" || len(failed) > 0 {
		t.Errorf("desks %v, failed %v; want d77", got, failed)
	}
}
