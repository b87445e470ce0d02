package main

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

// bundled are the demo's stories, all invented. A name says the order and the feed: NN.FEED.SLUG.EXTENSION.
//
//go:embed demo
var bundled embed.FS

type bundledStory struct {
	name, feed string
	document   []byte
}

func stories() ([]bundledStory, error) {
	names, err := fs.Glob(bundled, "demo/*")
	if err != nil {
		return nil, err
	}
	var out []bundledStory
	for _, path := range names {
		name := strings.TrimPrefix(path, "demo/")
		parts := strings.Split(name, ".")
		if len(parts) != 4 {
			return nil, fmt.Errorf("demo: %s: the name is not NN.FEED.SLUG.EXTENSION", name)
		}
		document, err := bundled.ReadFile(path)
		if err != nil {
			return nil, err
		}
		out = append(out, bundledStory{name, parts[1], document})
	}
	return out, nil
}
