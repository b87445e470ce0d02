package config_test

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/internal/config"
)

// shelf is the settings of a kind of output made for these tests.
type shelf struct {
	Room  string `json:"room"`
	Depth int    `json:"depth"`
	Paint bool   `json:"paint,omitempty"`
}

func kinds() map[string]config.Kind {
	check := func(raw json.RawMessage) error {
		var s shelf
		if err := json.Unmarshal(raw, &s); err != nil {
			return err
		}
		switch {
		case s.Room == "":
			return errors.New("a shelf needs a room")
		case s.Depth > 9:
			return errors.New("depth: nobody reaches so far")
		}
		return nil
	}
	return map[string]config.Kind{"shelf": {Settings: shelf{Depth: 3}, Check: check}, "board": {Settings: struct{}{}, Check: func(json.RawMessage) error { return nil }}}
}

func TestOutputs(t *testing.T) {
	file := filepath.Join(t.TempDir(), "w.yaml")
	write(t, file, "outputs:\n  - {paint: true, room: '${ROOM}', kind: shelf, name: syria, subjects: [news.place.sy.*, news.desk.>]}\n  - {name: all, kind: shelf, room: attic, depth: 5, from: new}\n")
	c, _, err := config.Read(config.Source{File: file, Env: []string{"ROOM=cellar"}, Outputs: kinds()})
	if err != nil {
		t.Fatal(err)
	}
	first, second := c.Outputs[0], c.Outputs[1]
	if first.From != "current" || len(first.Subjects) != 2 || second.From != "new" {
		t.Errorf("outputs %+v, want the common settings as written, from current unless said", c.Outputs)
	}
	raw, err := first.Raw()
	if want := `{"room":"cellar","depth":3,"paint":true}`; err != nil || string(raw) != want {
		t.Errorf("settings of the kind are %s, %v; want %s", raw, err, want)
	}
	var told []string
	for _, s := range c.Effective() {
		if strings.HasPrefix(s.Path, "outputs[1].") {
			told = append(told, s.Path[len("outputs[1]."):]+"="+s.Value)
		}
	}
	if got, want := strings.Join(told, " "), "name=all kind=shelf subjects=[] from=new room=attic depth=5 paint=false"; got != want {
		t.Errorf("told as %q, want %q", got, want)
	}
}

func TestOutputsBySet(t *testing.T) {
	c, _, err := config.Read(config.Source{Set: []string{"outputs=[{name: one, kind: shelf, room: hall}]"}, Outputs: kinds()})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Outputs) != 1 || c.Outputs[0].Settings.(shelf).Room != "hall" {
		t.Errorf("outputs %+v, want the one of --set", c.Outputs)
	}
}
