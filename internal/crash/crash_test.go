package crash_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/crash/crashtest"
	"github.com/wiredesk/wiredesk/internal/stream"
)

var (
	long = flag.Bool("long", false, "the long form: 20,000 stories and 60 kills")
	seed = flag.Uint64("seed", 0, "of the random choices; 0 takes one from the clock")
)

// TestCrash runs a line of real processes, kills them at random and at every boundary, and holds what came out against
// what was accepted. The long form: go test ./internal/crash -long -timeout 30m -v.
func TestCrash(t *testing.T) {
	stories, kills := 1500, 12
	if *long {
		stories, kills = 20_000, 60
	}
	if *seed == 0 {
		*seed = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d: %d stories, %d kills", *seed, stories, kills)
	r := rand.New(rand.NewPCG(*seed, 1))
	c := newCity(t)
	nc, js := c.open(t)

	ctx, stopReading := context.WithCancel(t.Context())
	reading, read := crashtest.Follow(ctx, nc)
	all := crashtest.Plans(stories, r)
	began := time.Now()
	murderer := make(chan int)
	go func() { murderer <- c.murder(rand.New(rand.NewPCG(*seed, 2)), kills) }()
	unknown := crashtest.Adapters{Intakes: c.intakes, Many: 24, Deadline: time.Now().Add(20 * time.Minute)}.Push(t, all)
	took := time.Since(began)
	n := <-murderer
	crashtest.Settle(t, js, 2*time.Minute)
	stopReading()
	if err := <-read; err != nil {
		t.Errorf("subscriber: %v", err)
	}
	t.Logf("%d processes died; pushed in %s, settled after %s", n, took.Round(time.Second), time.Since(began).Round(time.Second))
	crashtest.Audit(t, js, reading, all, unknown)
}

// city is a whole line of real processes: one broker, two copies of each worker.
type city struct {
	address   string // of the broker
	intakes   []string
	processes crashtest.Processes
}

func newCity(t *testing.T) *city {
	t.Helper()
	bin, dir := crashtest.Build(t, append(crashtest.Workers(), "github.com/wiredesk/wiredesk/internal/crash/natsd")...), t.TempDir()
	add := func(name, program string, args ...string) *crashtest.Process {
		return crashtest.New(t, dir, name, filepath.Join(bin, program), args...)
	}
	port := crashtest.Port(t)
	c := &city{address: fmt.Sprint("nats://127.0.0.1:", port)}
	c.processes = append(c.processes, add("natsd", "natsd", "nats.conf", fmt.Sprint(port), filepath.Join(dir, "store")))
	for i := range 2 {
		intake := fmt.Sprint("127.0.0.1:", crashtest.Port(t))
		c.intakes = append(c.intakes, "http://"+intake)
		c.processes = append(c.processes, add(fmt.Sprint("ingest-", i), "wiredesk-ingest", "--nats", c.address, "--http", intake))
		for _, role := range []string{"enrich", "publish"} {
			c.processes = append(c.processes, add(fmt.Sprint(role, "-", i), "wiredesk-"+role, "--nats", c.address, "--http", "127.0.0.1:0"))
		}
	}
	t.Cleanup(c.processes.End)
	return c
}

// open starts the broker, makes the streams, and starts the workers.
func (c *city) open(t *testing.T) (*nats.Conn, jetstream.JetStream) {
	t.Helper()
	c.processes[0].Start()
	nc, err := broker.Dial(t.Context(), c.address, broker.DialOptions{Name: "ledger", Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	settings := stream.Defaults()
	settings.MaxBytes = 6 << 30
	if err := broker.Ensure(t.Context(), js, settings, true); err != nil {
		t.Fatal(err)
	}
	for _, p := range c.processes[1:] {
		p.Args = append(p.Args, "--set", "streams.max_bytes=6GiB")
		p.Start()
	}
	return nc, js
}

// murder kills processes one after another, at random and at the boundaries of their work, and returns how many died.
func (c *city) murder(r *rand.Rand, kills int) int {
	points := []string{"handled", "stored", "acked"}
	for i := range kills {
		<-time.After(time.Duration(200+r.IntN(700)) * time.Millisecond)
		p := c.processes[r.IntN(len(c.processes))]
		stage, _, _ := strings.Cut(p.Name, "-")
		if i%2 == 0 && (stage == "enrich" || stage == "publish") {
			p.Next(fmt.Sprint(stage, ":", points[r.IntN(len(points))], ":", 1+r.IntN(60)))
			continue
		}
		p.Kill()
	}
	return c.processes.Deaths()
}
