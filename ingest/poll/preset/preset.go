// Package preset is a list of public feeds of agencies and broadcasters, ready to be polled: presets.tsv beside this file.
// Nobody has to agree to being polled by writing an address down: whether a house allows it, and what may be done with its
// copy, is for the operator to find out.
package preset

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed presets.tsv
var table string

// Preset is a public feed and what is known of it.
type Preset struct {
	Name     string `json:"name"`
	Provider string `json:"provider"`
	Language string `json:"language"` // BCP 47
	Zone     string `json:"zone"`     // IANA name, of times that state none
	Format   string `json:"format"`
	URL      string `json:"url"`
	Checked  string `json:"checked"` // the day the address was last seen to work, or "unverified"
}

// Unverified is what Checked says of a feed that was written down from knowledge alone.
const Unverified = "unverified"

// All are the presets in the order of the table. The slice is the caller's.
func All() []Preset {
	var all []Preset
	for line := range strings.Lines(table) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 7 {
			continue
		}
		all = append(all, Preset{Name: f[0], Provider: f[1], Language: f[2], Zone: f[3], Format: f[4], Checked: f[5], URL: f[6]})
	}
	return all
}

// Find is the preset of a name.
func Find(name string) (Preset, bool) {
	all := All()
	if i := slices.IndexFunc(all, func(p Preset) bool { return p.Name == name }); i >= 0 {
		return all[i], true
	}
	return Preset{}, false
}
