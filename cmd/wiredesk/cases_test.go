package main

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/cases"
)

// TestTheDeployedConfigurationsCases runs the cases beside the configuration that the project ships.
func TestTheDeployedConfigurationsCases(t *testing.T) {
	for _, name := range []string{"WIRE_HTTP_TOKEN", "WIRE_SANA_TOKEN", "WIRE_TASS_TOKEN", "WIRE_DESK_TOKEN"} {
		t.Setenv(name, "a-token-of-this-test")
	}
	deploy := filepath.Join("..", "..", "deploy")
	code, out, talk := call(t, "", "test", "-c", filepath.Join(deploy, "wiredesk.yaml"), filepath.Join(deploy, "stories.test.yaml"))
	if code != shell.OK || strings.Count(out, "ok    ") != 4 {
		t.Errorf("exit code %d\n%s%s; want all 4 cases as expected", code, out, talk)
	}
}

const faulty = `cases:
- name: all wrong
  feed: harbour
  file: ferry.txt
  at: 2031-03-07T22:30:00Z
  expect:
    stories: 2
    decision: kill
    provider: tass
    headline: none
    language: ru
    urgency: 1
    credits: {origin: [sana], cited_outlet: []}
    dateline: {city: Damask, country: LB}
    topics: [sport]
    places: [fr]
    desks: [sport]
    not_desks: [night]
    subjects: [news.source.afp]
    not_subjects: [news.wire.harbour]
- name: rejected, and nobody expects it
  format: ninjs
  text: "{"
- name: all right
  file: ferry.txt
  at: 2031-03-07T22:30:00Z
  expect: {decision: new, provider: files, desks: [night], not_desks: [sport], subjects: [news.source.tass]}
`

// TestCasesThatFail holds what is told of every kind of expectation that is not met.
func TestCasesThatFail(t *testing.T) {
	dir := t.TempDir()
	copyOf, err := os.ReadFile(ferry)
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "ferry.txt"), string(copyOf))
	put(t, filepath.Join(dir, "desk.test.yaml"), faulty)
	put(t, filepath.Join(dir, "other.yaml"), "not: cases\n")
	report := filepath.Join(dir, "report.xml")
	code, out, talk := call(t, "", "test", "-c", routeConfig, "--junit", report, dir)
	if code != shell.Unmet || !strings.Contains(talk, "2 of 3 cases are not as expected") {
		t.Errorf("exit code %d, %s; want %d", code, talk, shell.Unmet)
	}
	for _, want := range []string{
		"FAIL  all wrong  (" + filepath.Join(dir, "desk.test.yaml") + ":2)", "stories: got 1, want 2", `decision: got "new", want "kill"`,
		`provider: got "harbour", want "tass"`, `headline: got "Ferry to Tartus resumes after storm", want "none"`, `language: got "en", want "ru"`,
		"urgency: got ", "credits as origin: got reuters, want sana", "credits as cited_outlet: got tass, want none",
		`dateline's city: got "Damascus", want "Damask"`, `dateline's country: got "SY", want "LB"`, "topics: got ", "want sport",
		"places: got sy, want fr", "desks: got ", "want no night", "want news.source.afp", "want no news.wire.harbour",
		"FAIL  rejected, and nobody expects it", "want nothing", "ok    all right",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("got\n%s\nwant %q in it", out, want)
		}
	}
	var suites struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
	}
	doc, err := os.ReadFile(report)
	if err == nil {
		err = xml.Unmarshal(doc, &suites)
	}
	if err != nil || suites.Tests != 3 || suites.Failures != 2 || !strings.Contains(string(doc), `line="2"`) {
		t.Errorf("JUnit report %s: %v; want 3 tests and 2 failures", doc, err)
	}
}

func TestCasesAsJSON(t *testing.T) {
	file := filepath.Join(t.TempDir(), "w.test.yaml")
	put(t, file, "cases:\n- name: a\n  text: |\n    Mill\n\n    LUNDBY (Reuters) - It turns.\n  expect: {provider: reuters}\n")
	code, out, _ := call(t, "", "test", "--json", file)
	var got struct {
		OK     bool
		Line   int
		Faults []cases.Fault
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != shell.Unmet || got.OK || got.Line != 2 || len(got.Faults) != 1 || got.Faults[0].Got != `"files"` {
		t.Errorf("exit code %d, %s, %v; want the one fault with what was got", code, out, err)
	}
}

// TestCasesThatSayNothing are mistakes in the cases themselves.
func TestCasesThatSayNothing(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "w.test.yaml")
	for _, c := range []struct {
		doc, talk string
		want      int
	}{
		{"cases:\n- nmae: a\n", `unknown field "nmae"`, shell.Failed},
		{"cases:\n- name: a\n", ":2: case \"a\": give its document", shell.Failed},
		{"cases:\n- text: a\n", "a case without a name", shell.Failed},
		{"cases:\n- {name: a, text: b, at: noon}\n", "is no time", shell.Failed},
		{"cases:\n- {name: a, text: b, expect: {subjects: [tass]}}\n", "is no subject", shell.Failed},
		{"cases:\n- {name: a, file: none.txt}\n", "no such file", shell.Failed},
		{"cases:\n- {name: a, text: b, format: nift}\n", `no format "nift"`, shell.Usage},
		{"cases:\n- {name: a, text: b, expect: {desks: [sports]}}\n", `no desk "sports"`, shell.Usage},
		{"cases: []\n", "no case was found", shell.Unmet},
	} {
		put(t, file, c.doc)
		if code, _, talk := call(t, "", "test", "-c", routeConfig, file); code != c.want || !strings.Contains(talk, c.talk) {
			t.Errorf("%q: exit code %d, %s; want %d, %q", c.doc, code, talk, c.want, c.talk)
		}
	}
}
