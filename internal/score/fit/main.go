// Command fit sets the factors of enrich/attribution/rules.tsv from annotated stories: a logistic regression over the
// rules that fired. It fits on those held stories that [score.Calibrates] picks, and on the tuning half of PolNeAR where
// that is at hand, since the rules have been tuned until they read the development stories without a fault. It prints
// what cross-validation by document says; with -write it writes the file.
//
//	go run ./internal/score/fit -write
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
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
	fitted, judging, err := claims(*stories, *corpora)
	if err != nil {
		return err
	}
	names, err := known()
	if err != nil {
		return err
	}
	m := model{names: names}
	m.cross(out, fitted)
	m.fit(fitted)
	fmt.Fprintln(out, "\nheld stories that were not fitted on:")
	report(out, judging, m.probability)
	if !*write {
		return nil
	}
	return rewrite(*rules, &m, fitted)
}

// claims are the judged attributions to fit on, and those of the held stories that are not.
func claims(stories, corpora string) (fitted, judging []score.Judged, err error) {
	read, err := score.Engine(context.Background())
	if err != nil {
		return nil, nil, err
	}
	held, err := score.Stories(stories)
	if err != nil {
		return nil, nil, err
	}
	var calibrating, others []score.Story
	for _, s := range held {
		if score.Calibrates(s.Name) {
			calibrating = append(calibrating, s)
		} else {
			others = append(others, s)
		}
	}
	fitted = score.Judge("own", calibrating, read)
	path := filepath.Join(corpora, "polnear", "train.jsonl")
	if _, err := os.Stat(path); err == nil {
		more, err := score.JudgePolNeAR(path, score.Tuning, read)
		if err != nil {
			return nil, nil, err
		}
		fitted = append(fitted, more...)
	}
	return fitted, score.Judge("own", others, read), nil
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
