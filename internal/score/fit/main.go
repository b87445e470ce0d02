// Command fit sets the factors of enrich/attribution/rules.tsv from annotated stories: a logistic regression over the
// rules that fired. It fits on the held stories, which no rule was tuned on, and on the tuning half of PolNeAR where that
// is at hand; the rules have been tuned until they read the other stories without a fault, so those say nothing of
// doubt. It prints what cross-validation by document says, the figures to quote; with -write it writes the file.
//
//	go run ./internal/score/fit -write
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/wiredesk/wiredesk/enrich/attribution"
	"github.com/wiredesk/wiredesk/internal/score"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	rules := flag.String("rules", filepath.FromSlash("enrich/attribution/rules.tsv"), "the `FILE` of rules")
	stories := flag.String("stories", filepath.FromSlash("internal/score/testdata/held"), "the `FOLDER` of held stories")
	corpora := flag.String("corpora", filepath.FromSlash("../shared/corpora"), "the `FOLDER` of corpora")
	write := flag.Bool("write", false, "write the factors")
	flag.Parse()
	judged, err := claims(*stories, *corpora)
	if err != nil {
		return err
	}
	names, err := known()
	if err != nil {
		return err
	}
	m := model{names: names}
	m.cross(out, judged)
	if !*write {
		return nil
	}
	m.fit(judged)
	return rewrite(*rules, &m)
}

// claims are the judged attributions to fit on.
func claims(stories, corpora string) ([]score.Judged, error) {
	read, err := score.Engine(context.Background())
	if err != nil {
		return nil, err
	}
	held, err := score.Stories(stories)
	if err != nil {
		return nil, err
	}
	judged := score.Judge("own", held, read)
	path := filepath.Join(corpora, "polnear", "train.jsonl")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return judged, nil
	}
	more, err := score.JudgePolNeAR(path, score.Tuning, read)
	return append(judged, more...), err
}

// known are the rules that the file weighs, but for the base.
func known() ([]string, error) {
	factors, err := attribution.Factors()
	if err != nil {
		return nil, err
	}
	var names []string
	for name := range factors {
		if name != base {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}
