package config

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/wiredesk/wiredesk/internal/stream"
)

func (k *checker) feeds() {
	lines, dirs, addresses := map[string]string{}, map[string]string{}, map[string]string{}
	for i := range k.Feeds {
		f, path := &k.Feeds[i], fmt.Sprintf("feeds[%d]", i)
		k.preset(f, path)
		k.named(f, path)
		k.unique(lines, f.Name, path, path+".name", "the feed %q is configured twice, first at %s")
		k.house(f, path)
		k.tokens(f, path)
		k.pace(f, path)
		k.polled(addresses, f, path)
		if f.Dir != "" {
			k.unique(dirs, f.Dir, path, path+".dir", "the directory %q is watched twice, first at %s")
			k.folder(f, path)
		}
	}
}

func (k *checker) named(f *Feed, path string) {
	if f.Name == "" {
		k.fail(path, "a feed without a name: add name: …")
		return
	}
	if _, err := stream.Token(f.Name); err != nil {
		k.fail(path+".name", "%s", err)
	}
	if f.Provider == "" {
		f.Provider = f.Name
	} else if _, err := stream.Token(f.Provider); err != nil {
		k.fail(path+".provider", "%s", err)
	}
}

func (k *checker) unique(seen map[string]string, value, path, at, format string) {
	if first, ok := seen[value]; ok && value != "" {
		k.fail(at, format, value, first)
	}
	if _, ok := seen[value]; !ok {
		seen[value] = k.at(path, "").Place()
	}
}

func (k *checker) house(f *Feed, path string) {
	if _, err := time.LoadLocation(f.Zone); err != nil || f.Zone == "Local" {
		k.fail(path+".zone", "no time zone %q: write it like Asia/Damascus or UTC", f.Zone)
	}
	if _, err := language.Parse(f.Language); f.Language != "" && err != nil {
		k.fail(path+".language", "no language %q: write it like en, ar or pt-BR", f.Language)
	}
	known := append([]string{"auto"}, k.formats...)
	if f.Format != "" && k.formats != nil && !slices.Contains(known, f.Format) {
		k.fail(path+".format", "no format %q%s Known: %s", f.Format, orStop(meant(f.Format, known)), strings.Join(known, ", "))
	}
	for word, n := range f.Urgency {
		if n < 1 || n > 9 {
			k.fail(path+".urgency."+word, "%d is no urgency: use 1 (flash) to 9", n)
		}
	}
}

func orStop(hint string) string {
	if hint == "" {
		return "."
	}
	return hint
}

// tokens takes one token from the setting, or one from each line of the file: an old and a new one may overlap.
func (k *checker) tokens(f *Feed, path string) {
	at := path + ".token"
	if f.TokenFile != "" {
		at = path + ".token_file"
	}
	for t := range strings.FieldsSeq(k.secret(path+".token", f.Token, f.TokenFile).Reveal()) {
		k.strong(at, Secret(t))
		f.Tokens = append(f.Tokens, Secret(t))
	}
}

func (k *checker) pace(f *Feed, path string) {
	if f.Rate < 0 || f.Rate > 1e6 {
		k.fail(path+".rate", "%v documents a second is out of range: use 0 (the default pace) to 1000000", f.Rate)
	}
	if f.Burst < 0 || f.Burst > 1e6 {
		k.fail(path+".burst", "%d documents at once is out of range: use 0 (the default) to 1000000", f.Burst)
	}
	if time.Duration(f.Settle) > time.Hour {
		k.fail(path+".settle", "%s is out of range: use at most 1h", f.Settle)
	}
}

func (k *checker) folder(f *Feed, path string) {
	info, err := os.Stat(f.Dir)
	if err == nil && !info.IsDir() {
		k.fail(path+".dir", "%s is not a directory", f.Dir)
	} else if err != nil {
		k.warn(path+".dir", "%s %s: files are taken once it is there", f.Dir, plainly(err))
	}
}
