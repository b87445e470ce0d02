// Package cases are tests of a newsroom's configuration: a document goes in, and what comes of it is held against what
// the newsroom expects. It needs no broker, and it changes nothing.
package cases

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
)

// Suffix is how a file of cases is named where a directory of them is given.
const Suffix = ".test.yaml"

// maxFile is the largest file of cases, in bytes.
const maxFile = 4 << 20

// Case is one document and what is expected of it.
type Case struct {
	Name   string `yaml:"name"`
	Feed   string `yaml:"feed"`   // whose copy it is, a name in the configuration or any other
	Format string `yaml:"format"` // auto unless set
	Text   string `yaml:"text"`   // the document itself
	File   string `yaml:"file"`   // or where it stands, beside the file of cases
	At     string `yaml:"at"`     // when its articles are taken to be finished, RFC 3339, for hours and weekdays
	Expect Expect `yaml:"expect"`

	Suite string    `yaml:"-"` // the file of cases
	Line  int       `yaml:"-"` // of the case in it
	Time  time.Time `yaml:"-"` // At, read
}

// Expect is what must be so. What is left out is not looked at; an empty list says that there must be none.
type Expect struct {
	Stories     *int                `yaml:"stories"`  // how many the document holds
	Rejected    string              `yaml:"rejected"` // words of the reason for which the document, or an item of it, is refused
	Decision    string              `yaml:"decision"` // new, kill, withhold, embargo, or not for publication
	Provider    string              `yaml:"provider"`
	Headline    string              `yaml:"headline"`
	Language    string              `yaml:"language"`
	Urgency     int                 `yaml:"urgency"`
	Credits     map[string][]string `yaml:"credits"` // outlets by role, all of them: origin, cited_outlet, venue …
	Dateline    *Dateline           `yaml:"dateline"`
	Topics      []string            `yaml:"topics"` // each must be there: a code, or a name of the top level
	Places      []string            `yaml:"places"` // countries, each must be there
	Desks       []string            `yaml:"desks"`
	NotDesks    []string            `yaml:"not_desks"`
	Subjects    []string            `yaml:"subjects"` // news.source.tass, with or without the story behind it
	NotSubjects []string            `yaml:"not_subjects"`
}

// Dateline is what must be found of a dateline; what is empty is not looked at.
type Dateline struct {
	City    string `yaml:"city"`
	Country string `yaml:"country"`
}

// Load reads a file of cases, strictly. Its errors name the file, the line and what to write instead.
func Load(name string) ([]Case, error) {
	info, err := os.Stat(name)
	if err == nil && info.Size() > maxFile {
		return nil, fmt.Errorf("%s: %d bytes of cases: the limit is %d", name, info.Size(), maxFile)
	}
	doc, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var all struct {
		Cases []Case `yaml:"cases"`
	}
	if err := yaml.UnmarshalWithOptions(doc, &all, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %s", name, strings.TrimSpace(yaml.FormatError(err, false, true)))
	}
	lines := linesOf(doc, len(all.Cases))
	var faults []error
	for i := range all.Cases {
		c := &all.Cases[i]
		c.Suite, c.Line = name, lines[i]
		if err := c.check(); err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", name, c.Line, err))
		}
	}
	return all.Cases, errors.Join(faults...)
}

// linesOf are the lines that the cases begin at; 1 where that cannot be said.
func linesOf(doc []byte, n int) []int {
	lines := make([]int, n)
	file, err := parser.ParseBytes(doc, 0)
	for i := range lines {
		lines[i] = 1
		if err != nil {
			continue
		}
		path, perr := yaml.PathString(fmt.Sprintf("$.cases[%d].name", i))
		if perr != nil {
			continue
		}
		if node, ferr := path.FilterFile(file); ferr == nil && node != nil {
			lines[i] = node.GetToken().Position.Line
		}
	}
	return lines
}

func (c *Case) check() error {
	if c.Name == "" {
		return errors.New("a case without a name: add name: …")
	}
	if (c.Text == "") == (c.File == "") {
		return fmt.Errorf("case %q: give its document as text or as file, one of the two", c.Name)
	}
	if c.File != "" && !filepath.IsAbs(c.File) {
		c.File = filepath.Join(filepath.Dir(c.Suite), c.File)
	}
	for _, s := range append(append([]string{}, c.Expect.Subjects...), c.Expect.NotSubjects...) {
		if n := len(strings.Split(s, ".")); n < 3 || n > 4 || !strings.HasPrefix(s, "news.") {
			return fmt.Errorf("case %q: %q is no subject: write it like news.source.tass", c.Name, s)
		}
	}
	if c.At == "" {
		return nil
	}
	var err error
	if c.Time, err = time.Parse(time.RFC3339, c.At); err != nil {
		return fmt.Errorf("case %q: at: %q is no time: write it like 2031-03-07T22:30:00Z", c.Name, c.At)
	}
	return nil
}

// Document is the case's document.
func (c *Case) Document() ([]byte, error) {
	if c.File == "" {
		return []byte(c.Text), nil
	}
	return os.ReadFile(c.File)
}
