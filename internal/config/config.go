// Package config reads the one YAML file of a newsroom's line, strictly: every mistake is told in one pass, each with
// its file, line and column. Everything has a default, so no file is needed. The layers are default < file <
// environment (WIREDESK_*) < --set.
package config

import (
	"time"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// Config is a whole configuration, checked. It is plain data; nobody changes it after Read.
type Config struct {
	Data       string  `yaml:"data"`       // directory of the embedded broker
	Durability string  `yaml:"durability"` // durable, relaxed
	HTTP       HTTP    `yaml:"http"`
	Console    Console `yaml:"console"`
	NATS       NATS    `yaml:"nats"`
	Streams    Streams `yaml:"streams"`
	Log        Log     `yaml:"log"`
	Limits     Limits  `yaml:"limits"`
	Feeds      []Feed  `yaml:"feeds"`

	Publish Publish  `yaml:"publish"`
	Desks   []Desk   `yaml:"desks"`
	Outputs []Output `yaml:"outputs"`
	Readers []Reader `yaml:"readers"`
	WebSub  WebSub   `yaml:"websub"`

	origins map[string]Origin
	kinds   map[string]Kind
}

// Values of Durability.
const (
	Durable = "durable" // acknowledged means synced to disk
	Relaxed = "relaxed" // acknowledged means handed to the operating system; synced every second
)

// HTTP says where the line listens and who may look at its insides.
type HTTP struct {
	Listen    string   `yaml:"listen"`
	URL       string   `yaml:"url"`   // where readers reach us, if not at the address itself
	Hosts     []string `yaml:"hosts"` // names clients may use besides the address itself and that of URL
	Token     Secret   `yaml:"token"`
	TokenFile string   `yaml:"token_file"`
}

// Console says who may act at the console; who may read it is http.token's to say.
type Console struct {
	ActToken     Secret `yaml:"act_token"`
	ActTokenFile string `yaml:"act_token_file"`
}

// NATS says which broker carries the line: the embedded one unless URL is set.
type NATS struct {
	URL          string `yaml:"url"`
	Listen       string `yaml:"listen"` // of the embedded broker; empty: a free port of the loopback
	User         string `yaml:"user"`
	Password     Secret `yaml:"password"`
	PasswordFile string `yaml:"password_file"`
	Credentials  string `yaml:"credentials"` // a .creds file
	NKey         string `yaml:"nkey"`        // a seed file
	CA           string `yaml:"ca"`          // certificates to trust besides the system's
}

// Streams is what an operator may change about the streams.
type Streams struct {
	Manage   bool `yaml:"manage"` // false: verify only, another program owns the streams
	Replicas int  `yaml:"replicas"`
	MaxBytes Size `yaml:"max_bytes"`
	Keep     Keep `yaml:"keep"`
}

// Keep is how long each stream holds what it holds.
type Keep struct {
	Raw      Duration `yaml:"raw"`
	Articles Duration `yaml:"articles"`
	News     Duration `yaml:"news"`
	Dead     Duration `yaml:"dead"`
}

// Log says how much is said on stderr, and in which form.
type Log struct {
	Level  string `yaml:"level"`  // trace, debug, info, warn, error
	Format string `yaml:"format"` // auto, json, console
}

// Publish says what of the copy that is not news goes out.
type Publish struct {
	Advisories bool `yaml:"advisories"` // copy that is not for publication, on the facet advisory and nowhere else
}

// Limits bound what one process takes on.
type Limits struct {
	Backlog  int      `yaml:"backlog"`   // documents waiting to be enriched before new ones are refused
	DiskFree Size     `yaml:"disk_free"` // below it the line is not ready
	Tries    int      `yaml:"tries"`     // of one message in one stage before it is a dead letter
	Deadline Duration `yaml:"deadline"`  // of one message in one stage
	Workers  int      `yaml:"workers"`   // stories a stage works on at a time
	Patience Duration `yaml:"patience"`  // with one enricher on one story
	Drain    Duration `yaml:"drain"`     // what a stop may take before it is forced
}

// Feed is one line of a provider to us.
type Feed struct {
	Name      string         `yaml:"name"`
	Provider  string         `yaml:"provider"`
	Format    string         `yaml:"format"`
	Zone      string         `yaml:"zone"`
	Language  string         `yaml:"language"`
	Urgency   map[string]int `yaml:"urgency"`
	Usage     string         `yaml:"usage"`
	Token     Secret         `yaml:"token"`
	TokenFile string         `yaml:"token_file"` // one token a line, so that an old and a new one overlap
	Rate      float64        `yaml:"rate"`       // documents a second; 0 is the default of the push
	Burst     int            `yaml:"burst"`
	Dir       string         `yaml:"dir"`    // a watched directory
	Settle    Duration       `yaml:"settle"` // how long a file's size must stand still
	Remove    bool           `yaml:"remove"` // delete a file once taken, instead of moving it to .done
	Poll      Poll           `yaml:"poll"`

	Tokens []Secret `yaml:"-"` // from Token or TokenFile
}

// Default is the configuration of a line without a file.
func Default() *Config {
	s := stream.Defaults()
	return &Config{
		Data: "wiredesk-data", Durability: Durable,
		HTTP: HTTP{Listen: "127.0.0.1:8080"},
		Streams: Streams{
			Manage: true, Replicas: s.Replicas, MaxBytes: Size(s.MaxBytes),
			Keep: Keep{Duration(s.KeepRaw), Duration(s.KeepArticles), Duration(s.KeepNews), Duration(s.KeepDead)},
		},
		Log: Log{Level: "info", Format: "auto"},
		Limits: Limits{
			Backlog: 100_000, DiskFree: 512 << 20, Tries: 5, Deadline: Duration(20 * time.Second), Workers: 16,
			Patience: Duration(2 * time.Second), Drain: Duration(10 * time.Second),
		},
		origins: map[string]Origin{},
	}
}

// Settings are the streams' part in the words of package stream.
func (c *Config) Settings() stream.Settings {
	return stream.Settings{
		Replicas: c.Streams.Replicas, MaxBytes: int64(c.Streams.MaxBytes),
		KeepRaw: time.Duration(c.Streams.Keep.Raw), KeepArticles: time.Duration(c.Streams.Keep.Articles),
		KeepNews: time.Duration(c.Streams.Keep.News), KeepDead: time.Duration(c.Streams.Keep.Dead),
	}
}
