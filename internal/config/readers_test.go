package config_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/internal/config"
)

func TestReaders(t *testing.T) {
	dir := t.TempDir()
	token := filepath.Join(dir, "partner.token")
	write(t, token, "an-old-token-of-a-partner\na-new-token-of-a-partner\n")
	file := filepath.Join(dir, "good.yaml")
	write(t, file, "readers:\n- {name: partner, token_file: "+token+", subjects: [news.source.sana.*]}\n- {name: desk, token: a-token-of-the-desk}\n")
	c, _, err := config.Read(config.Source{File: file})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Readers; len(got) != 2 || len(got[0].Tokens) != 2 || got[0].Tokens[1].Reveal() != "a-new-token-of-a-partner" || len(got[1].Tokens) != 1 {
		t.Errorf("readers %v; want a partner with two tokens and a desk with one", got)
	}
	write(t, file, `readers:
- {token: short}
- {name: a, token: the-same-long-token, subjects: [wire.raw.*]}
- {name: a, token: the-same-long-token}
- {name: b}
`)
	_, _, err = config.Read(config.Source{File: file})
	if err == nil {
		t.Fatal("a bad list of readers was read")
	}
	for _, want := range []string{
		"a reader without a name", "a token of 5 characters", `"wire.raw.*" is no subject of the news`, `the reader "a" is configured twice`,
		"the same token as at", `reader "b" has no token`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no word of %q in:\n%v", want, err)
		}
	}
	if strings.Contains(err.Error(), "the-same-long-token") {
		t.Errorf("a token is shown in:\n%v", err)
	}
}
