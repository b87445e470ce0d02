// Command vulndb lays the reports of golang.org/x/vulndb, as the module proxy serves them, out as a database that
// govulncheck reads from a folder. So the check needs the module proxy and nothing else.
//
//	vulndb OSV-FOLDER OUT-FOLDER
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

type report struct {
	ID       string    `json:"id"`
	Modified time.Time `json:"modified"`
	Aliases  []string  `json:"aliases,omitempty"`
	Affected []struct {
		Package struct {
			Name string `json:"name"`
		} `json:"package"`
	} `json:"affected"`
}

type entry struct {
	ID       string    `json:"id"`
	Modified time.Time `json:"modified"`
	Aliases  []string  `json:"aliases,omitempty"`
}

type module struct {
	Path  string  `json:"path"`
	Vulns []entry `json:"vulns"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: vulndb OSV-FOLDER OUT-FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "vulndb:", err)
		os.Exit(1)
	}
}

func run(osv, out string) error {
	files, err := filepath.Glob(filepath.Join(osv, "*.json"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no reports in %s: %v", osv, err)
	}
	var newest time.Time
	var vulns []entry
	modules := map[string]*module{}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		var r report
		if err := json.Unmarshal(body, &r); err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
		if r.Modified.After(newest) {
			newest = r.Modified
		}
		vulns = append(vulns, entry{r.ID, r.Modified, r.Aliases})
		for _, a := range r.Affected {
			m := modules[a.Package.Name]
			if m == nil {
				m = &module{Path: a.Package.Name}
				modules[a.Package.Name] = m
			}
			if !slices.ContainsFunc(m.Vulns, func(e entry) bool { return e.ID == r.ID }) {
				m.Vulns = append(m.Vulns, entry{ID: r.ID, Modified: r.Modified})
			}
		}
		if err := write(filepath.Join(out, "ID", filepath.Base(f)), body); err != nil {
			return err
		}
	}
	list := make([]module, 0, len(modules))
	for _, m := range modules {
		list = append(list, *m)
	}
	slices.SortFunc(list, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	for name, v := range map[string]any{"db": map[string]time.Time{"modified": newest}, "modules": list, "vulns": vulns} {
		body, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if err := write(filepath.Join(out, "index", name+".json"), body); err != nil {
			return err
		}
	}
	return nil
}

func write(name string, body []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, body, 0o644)
}
