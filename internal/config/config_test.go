package config_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/config"
)

var update = flag.Bool("update", false, "rewrite the goldens")

func formats() []string { return []string{"text", "ninjs", "nitf"} }

// TestBadFiles holds every problem of every bad file to its golden: place, reason, snippet, caret, suggestion.
func TestBadFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) < 8 {
		t.Fatalf("bad files: %v, %v; want at least 8", files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			_, warnings, err := config.Read(config.Source{File: filepath.ToSlash(file), Formats: formats(), Outputs: kinds()})
			var problems config.Problems
			if !errors.As(err, &problems) {
				t.Fatalf("error %v, want Problems", err)
			}
			got := problems.Error() + "\n"
			for _, w := range warnings {
				got += "warning: " + w.String() + "\n"
			}
			golden(t, strings.TrimSuffix(file, ".yaml")+".txt", got)
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func TestTheCommentedFileIsTheDefault(t *testing.T) {
	file := filepath.Join(t.TempDir(), "wiredesk.yaml")
	if err := os.WriteFile(file, []byte(config.Commented()), 0o600); err != nil {
		t.Fatal(err)
	}
	c, _, err := config.Read(config.Source{File: file})
	if err != nil {
		t.Fatal(err)
	}
	got, want := c.Effective(), config.Default().Effective()
	if len(got) != len(want) {
		t.Fatalf("%d settings, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i].Path != want[i].Path || got[i].Value != want[i].Value {
			t.Errorf("%s = %q, the default is %q", got[i].Path, got[i].Value, want[i].Value)
		}
		secret := strings.HasSuffix(got[i].Path, "token") || strings.HasSuffix(got[i].Path, "password")
		if got[i].Origin == "default" && !secret {
			t.Errorf("%s is missing from the commented file", got[i].Path)
		}
	}
}

func TestLayers(t *testing.T) {
	dir := t.TempDir()
	file, token := filepath.Join(dir, "w.yaml"), filepath.Join(dir, "token")
	write(t, file, "data: from-file\nlog: {level: warn, format: json}\nhttp: {listen: '127.0.0.1:1'}\nfeeds: [{name: harbour, token_file: "+token+"}]\n")
	write(t, token, "an-old-token-0123456789\na-new-token-0123456789\n")
	c, warnings, err := config.Read(config.Source{
		File: file,
		Env: []string{
			"WIREDESK_LOG_LEVEL=debug", "WIREDESK_HTTP_LISTEN=127.0.0.1:2", "WIREDESK_HTPP_LISTEN=x", "WIREDESK_FEEDS_HARBOUR_ZONE=Asia/Tokyo",
		},
		Set: []string{"http.listen=127.0.0.1:3", "http.hosts=[a.example, b.example]", "feeds.harbour.language=ja", "feeds.mill.provider=mill-press"},
	})
	if err != nil {
		t.Fatal(err)
	}
	got := []string{c.Data, c.Log.Level, c.Log.Format, c.HTTP.Listen, fmt.Sprint(c.HTTP.Hosts), c.Feeds[0].Zone, c.Feeds[0].Language, c.Feeds[1].Provider}
	want := []string{"from-file", "debug", "json", "127.0.0.1:3", "[a.example b.example]", "Asia/Tokyo", "ja", "mill-press"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if n := len(c.Feeds[0].Tokens); n != 2 {
		t.Errorf("%d tokens of the first feed, want both lines of the file", n)
	}
	if len(warnings) != 1 || !strings.Contains(warnings[0].String(), "WIREDESK_HTTP_LISTEN") {
		t.Errorf("warnings %v, want one that suggests WIREDESK_HTTP_LISTEN", warnings)
	}
	for path, want := range map[string]string{"data": file + ":1:7", "log.level": "WIREDESK_LOG_LEVEL", "http.listen": "--set http.listen", "durability": "default"} {
		if got := c.Origin(path); got != want {
			t.Errorf("origin of %s is %q, want %q", path, got, want)
		}
	}
}

// An address without a host is one of this machine: nothing listens outside that was not asked to.
func TestAnAddressWithoutAHostIsThisMachine(t *testing.T) {
	c, _, err := config.Read(config.Source{Set: []string{"http.listen=:0", "nats.listen=:4222"}})
	if err != nil {
		t.Fatal(err)
	}
	if c.HTTP.Listen != "127.0.0.1:0" || c.NATS.Listen != "127.0.0.1:4222" {
		t.Errorf("listens on %q and %q; want the loopback", c.HTTP.Listen, c.NATS.Listen)
	}
	for _, outside := range []string{"0.0.0.0:0", "[::]:0"} {
		if _, _, err := config.Read(config.Source{Set: []string{"http.listen=" + outside}}); err == nil {
			t.Errorf("%s without tokens is accepted; want a refusal", outside)
		}
	}
}

func TestALaterLayerOverrulesTheOtherWayOfGivingASecret(t *testing.T) {
	dir := t.TempDir()
	file, token := filepath.Join(dir, "w.yaml"), filepath.Join(dir, "token")
	write(t, token, "from-a-file-0123456789")
	write(t, file, "http: {token_file: "+token+"}\n")
	c, _, err := config.Read(config.Source{File: file, Env: []string{"WIREDESK_HTTP_TOKEN=from-the-env-0123456789"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.HTTP.Token.Reveal(); got != "from-the-env-0123456789" {
		t.Errorf("token %q, want the environment's", got)
	}
}

// TestSecretsAreNeverPrinted looks for a canary in every way of printing a configuration and its problems.
func TestSecretsAreNeverPrinted(t *testing.T) {
	const canary = "canary-0123456789-canary"
	dir := t.TempDir()
	file, token := filepath.Join(dir, "w.yaml"), filepath.Join(dir, "token")
	write(t, token, canary)
	if err := os.Chmod(token, 0o644); err != nil {
		t.Fatal(err)
	}
	write(t, file, "http: {token_file: "+token+"}\nnats: {url: 'nats://desk:"+canary+"@broker.example:4222', user: u}\nfeeds: [{name: a, token: '${WD_SECRET}'}]\n")
	source := config.Source{File: file, Env: []string{"WD_SECRET=" + canary}, Set: []string{"nats.password=" + canary}}
	c, warnings, err := config.Read(source)
	if err != nil {
		t.Fatal(err)
	}
	if c.HTTP.Token.Reveal() != canary || c.Feeds[0].Tokens[0].Reveal() != canary {
		t.Errorf("the secrets did not arrive")
	}
	if len(warnings) != 1 || !strings.Contains(warnings[0].Reason, "chmod 600") {
		t.Errorf("warnings %v, want one about the file that everybody may read", warnings)
	}
	var all bytes.Buffer
	fmt.Fprintf(&all, "%v\n%+v\n%#v\n%v\n", c.Effective(), c.HTTP, c.Feeds, warnings)
	if strings.Contains(all.String(), canary) {
		t.Errorf("a secret is printed:\n%s", all.String())
	}
}

func TestProblemsDoNotShowSecrets(t *testing.T) {
	const canary = "s3cr3t-canary"
	for _, content := range []string{
		"http: {token: " + canary + ", listn: x}\n",
		"feeds:\n  - name: a\n    token: \"" + canary + "\"\n",
		"nats: {password: '" + canary + "'\n",
		"nats: {url: 'http://desk:" + canary + "@broker.example'}\n",
	} {
		file := filepath.Join(t.TempDir(), "w.yaml")
		write(t, file, content)
		_, _, err := config.Read(config.Source{File: file})
		if err == nil || strings.Contains(err.Error(), canary) {
			t.Errorf("%q: got %v, want problems without the secret", content, err)
		}
	}
}

func TestAliasesCountEachTime(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bomb.yaml")
	write(t, file, "feeds:\n- &a {name: mill, urgency: &u {A: 1, B: 2, C: 3}}\n"+strings.Repeat("- *a\n", 9000))
	began := time.Now()
	_, _, err := config.Read(config.Source{File: file})
	if err == nil || !strings.Contains(err.Error(), "the limits are 50000 values") {
		t.Errorf("9,001 feeds of six values: %.200v, want the limit named", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("refusing it took %s, want it at once", took)
	}
}

func TestWhatIsNoConfigurationFile(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct{ content, want string }{
		"large.yaml":  {strings.Repeat("# x\n", 1<<18+1), "over 1 MiB"},
		"binary.yaml": {"data: \xff\xfe", "not UTF-8"},
	} {
		write(t, filepath.Join(dir, name), c.content)
		_, _, err := config.Read(config.Source{File: filepath.Join(dir, name)})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
	if _, _, err := config.Read(config.Source{File: filepath.Join(dir, "none.yaml")}); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("a missing file: error %v", err)
	}
	if _, _, err := config.Read(config.Source{}); err != nil {
		t.Errorf("no file at all: error %v, want the defaults", err)
	}
}

func TestDurationsAndSizesReadWhatTheyWrite(t *testing.T) {
	for text, want := range map[string]time.Duration{"90s": 90 * time.Second, "7d": 168 * time.Hour, "2w": 336 * time.Hour, "1d12h": 36 * time.Hour, "1h30m": 90 * time.Minute} {
		var d, again config.Duration
		if err := d.UnmarshalText([]byte(text)); err != nil || time.Duration(d) != want {
			t.Errorf("%s is %s (%v), want %s", text, time.Duration(d), err, want)
		}
		if err := again.UnmarshalText([]byte(d.String())); err != nil || again != d {
			t.Errorf("%s is written %s and read back as %s (%v)", text, d, again, err)
		}
	}
	for text, want := range map[string]int64{"4096": 4096, "1GiB": 1 << 30, "10 MB": 10_000_000, "3KiB": 3072} {
		var s, again config.Size
		if err := s.UnmarshalText([]byte(text)); err != nil || int64(s) != want {
			t.Errorf("%s is %d (%v), want %d", text, int64(s), err, want)
		}
		if err := again.UnmarshalText([]byte(s.String())); err != nil || again != s {
			t.Errorf("%s is written %s and read back as %s (%v)", text, s, again, err)
		}
	}
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestDeployedFiles reads every configuration that the project ships, with the variables it asks for.
func TestDeployedFiles(t *testing.T) {
	files, err := filepath.Glob("../../deploy/wiredesk*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in deploy: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var env []string
		for _, m := range regexp.MustCompile(`(?m)^[^#\n]*\$\{(\w+):\?`).FindAllStringSubmatch(string(text), -1) {
			env = append(env, m[1]+"=a-token-of-this-test")
		}
		if _, _, err := config.Read(config.Source{File: file, Env: env}); err != nil {
			t.Errorf("%s", err)
		}
		if _, _, err := config.Read(config.Source{File: file}); len(env) > 0 && (err == nil || strings.Count(err.Error(), "is not set") != len(env)) {
			t.Errorf("%s without its variables: %v, want all %d named", file, err, len(env))
		}
	}
}

func TestPolledFeeds(t *testing.T) {
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("open-sesame\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "wiredesk.yaml")
	text := `
http: {listen: "0.0.0.0:8080", token: 0123456789abcdef0123}
feeds:
  - name: moscow
    poll: {preset: tass-en, every: 2m}
  - name: lantern
    provider: lantern-press
    zone: UTC
    poll: {url: "https://lantern.example/wire?key=sesame", token_file: ` + token + `, headers: {X-Key: sesame}, allow: ["10.1.2.3:8080"]}
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, _, err := config.Read(config.Source{File: file, Env: []string{"WIREDESK_FEEDS_LANTERN_POLL_MOST=45m"}})
	if err != nil {
		t.Fatal(err)
	}
	moscow, lantern := c.Feeds[0], c.Feeds[1]
	if moscow.Provider != "tass" || moscow.Zone != "Europe/Moscow" || moscow.Language != "en" || moscow.Poll.URL != "https://tass.com/rss/v2.xml" || !moscow.Poll.On() {
		t.Errorf("the preset gives %+v", moscow)
	}
	if lantern.Provider != "lantern-press" || lantern.Zone != "UTC" || lantern.Poll.Token.Reveal() != "open-sesame" || time.Duration(lantern.Poll.Most) != 45*time.Minute {
		t.Errorf("the feed is %+v", lantern)
	}
	for _, s := range c.Effective() {
		if strings.Contains(s.Value, "sesame") {
			t.Errorf("%s shows a secret: %s", s.Path, s.Value)
		}
	}
}
