package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// examples gives each command that has none the example of its help. A test runs them all, in a folder with a line, a
// configuration and a story.
func examples(root *cobra.Command) {
	of := map[string]string{
		"wiredesk":                 "  wiredesk demo --once",
		"wiredesk demo":            "  wiredesk demo --once",
		"wiredesk up":              "  wiredesk up --data wiredesk-data --http 127.0.0.1:8080",
		"wiredesk send":            "  wiredesk send --feed sana-en story.txt",
		"wiredesk parse":           "  wiredesk parse story.txt\n  wiredesk parse --format text --feed sana-en story.txt",
		"wiredesk annotate":        "  wiredesk annotate story.txt",
		"wiredesk explain":         "  wiredesk explain story.txt",
		"wiredesk route":           "  wiredesk route -c wiredesk.yaml story.txt\n  wiredesk route -c wiredesk.yaml --expect subject=news.source.tass story.txt",
		"wiredesk trace":           "  wiredesk trace urn:example:ferry\n  wiredesk trace --json urn:example:ferry",
		"wiredesk kill":            "  wiredesk kill urn:example:storm --reason 'the storm was last year'\n  wiredesk kill --outstanding",
		"wiredesk hold":            "  wiredesk hold urn:example:ferry --reason 'names are checked'",
		"wiredesk lift":            "  wiredesk lift urn:example:ferry",
		"wiredesk dead":            "  wiredesk dead ls",
		"wiredesk dead ls":         "  wiredesk dead ls\n  wiredesk dead ls --json",
		"wiredesk dead show":       "  wiredesk dead show 3",
		"wiredesk dead retry":      "  wiredesk dead retry 2",
		"wiredesk dead drop":       "  wiredesk dead drop 1",
		"wiredesk outputs":         "  wiredesk outputs ls",
		"wiredesk outputs ls":      "  wiredesk outputs ls",
		"wiredesk outputs disable": "  wiredesk outputs disable archive --reason 'the disk is swapped'",
		"wiredesk outputs resume":  "  wiredesk outputs resume archive",
		"wiredesk check":           "  wiredesk check wiredesk.yaml",
		"wiredesk contract":        "  wiredesk contract openapi",
		"wiredesk bench":           "  wiredesk bench --stories 200 --durability relaxed",
		"wiredesk version":         "  wiredesk version --json",
		"wiredesk man":             "  wiredesk man man1",
		"wiredesk ready":           "  wiredesk ready --http 127.0.0.1:8080",
	}
	for _, c := range all(root) {
		if strings.TrimSpace(c.Example) == "" {
			c.Example = of[c.CommandPath()]
		}
	}
}
