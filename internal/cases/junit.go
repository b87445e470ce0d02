package cases

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// Result is a case that was tried, and what was not as expected.
type Result struct {
	Case   Case
	Faults []Fault
	Took   time.Duration
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	File    string        `xml:"file,attr"`
	Line    int           `xml:"line,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitFailure `xml:"failure"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes results as the XML that build servers read, a suite for each file of cases.
func WriteJUnit(to io.Writer, results []Result) error {
	all := junitSuites{Tests: len(results)}
	took := map[string]time.Duration{}
	for _, r := range results {
		n := len(all.Suites)
		if n == 0 || all.Suites[n-1].Name != r.Case.Suite {
			all.Suites = append(all.Suites, junitSuite{Name: r.Case.Suite})
			n++
		}
		s := &all.Suites[n-1]
		c := junitCase{Name: r.Case.Name, Class: r.Case.Suite, File: r.Case.Suite, Line: r.Case.Line, Time: seconds(r.Took)}
		if len(r.Faults) > 0 {
			var lines []string
			for _, f := range r.Faults {
				lines = append(lines, f.String())
			}
			c.Failure = &junitFailure{Message: lines[0], Text: strings.Join(lines, "\n")}
			s.Failures++
			all.Failures++
		}
		took[r.Case.Suite] += r.Took
		s.Tests, s.Time, s.Cases = s.Tests+1, seconds(took[r.Case.Suite]), append(s.Cases, c)
	}
	if _, err := io.WriteString(to, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(to)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(to, "\n")
	return err
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
