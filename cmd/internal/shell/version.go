package shell

import (
	"runtime"
	"runtime/debug"
)

// Version is what this program was built from, as the Go toolchain recorded it.
type Version struct {
	Version  string `json:"version"`
	Revision string `json:"commit,omitempty"`
	Time     string `json:"built,omitempty"` // of the commit: builds of it are the same
	Dirty    bool   `json:"modified"`        // the working tree differed from the commit
	Go       string `json:"go"`
	Platform string `json:"platform"`         // os/arch
	Broker   string `json:"broker,omitempty"` // version of the embedded server
}

// Built reads the build's own record.
func Built() Version {
	v := Version{Version: "unknown", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	v.Version = info.Main.Version
	if v.Version == "" || v.Version == "(devel)" {
		v.Version = "devel"
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Revision = s.Value
		case "vcs.time":
			v.Time = s.Value
		case "vcs.modified":
			v.Dirty = s.Value == "true"
		}
	}
	for _, d := range info.Deps {
		if d.Path == "github.com/nats-io/nats-server/v2" {
			v.Broker = d.Version
		}
	}
	return v
}

// Software names the program in provenance and to the broker.
func (v Version) Software() string { return "wiredesk/" + v.Version }
