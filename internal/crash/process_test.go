package crash_test

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/crash"
)

// build makes the real programs.
func build(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, p := range []string{"./internal/crash/natsd", "./cmd/wiredesk-ingest", "./cmd/wiredesk-enrich", "./cmd/wiredesk-publish"} {
		c := exec.Command("go", "build", "-o", dir, p)
		c.Dir = "../.."
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("build %s: %v\n%s", p, err, out)
		}
	}
	return dir
}

// program is one process of the line, started anew whenever it dies.
type program struct {
	t    *testing.T
	name string
	path string
	args []string
	env  []string
	log  *os.File

	mu     sync.Mutex
	cmd    *exec.Cmd
	gone   chan struct{} // closed when the process has died
	ended  bool
	deaths int
	fault  string // for the next start
}

func (p *program) start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return
	}
	c := exec.Command(p.path, p.args...)
	c.Env = append(os.Environ(), p.env...)
	if p.fault != "" {
		c.Env = append(c.Env, crash.Variable+"="+p.fault)
		p.fault = ""
	}
	c.Stdout, c.Stderr = p.log, p.log
	if err := c.Start(); err != nil {
		p.t.Errorf("%s: %v", p.name, err)
		return
	}
	p.cmd, p.gone = c, make(chan struct{})
	go p.watch(c, p.gone)
}

// watch starts the process again when it dies, as a service manager would.
func (p *program) watch(c *exec.Cmd, gone chan struct{}) {
	_ = c.Wait()
	close(gone)
	p.mu.Lock()
	p.deaths++
	p.mu.Unlock()
	p.start()
}

func (p *program) kill() {
	p.mu.Lock()
	c := p.cmd
	p.mu.Unlock()
	_ = c.Process.Kill()
}

func (p *program) end() {
	p.mu.Lock()
	p.ended = true
	c, gone := p.cmd, p.gone
	p.mu.Unlock()
	if c == nil {
		return
	}
	_ = c.Process.Signal(os.Interrupt)
	select {
	case <-gone:
	case <-time.After(15 * time.Second):
		_ = c.Process.Kill()
		<-gone
	}
}

// next sets a fault for the next start, and makes that start happen.
func (p *program) next(fault string) {
	p.mu.Lock()
	p.fault = fault
	p.mu.Unlock()
	p.kill()
}

func (p *program) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.deaths
}

// city is a whole line of real processes: one broker, two copies of each worker.
type city struct {
	t        *testing.T
	address  string // of the broker
	intakes  []string
	programs []*program
}

const user = "natsd"

func newCity(t *testing.T) *city {
	t.Helper()
	bin, dir := build(t), t.TempDir()
	c := &city{t: t}
	port := freePort(t)
	c.address = fmt.Sprint("nats://127.0.0.1:", port)
	c.add(dir, user, filepath.Join(bin, "natsd"), "nats.conf", fmt.Sprint(port), filepath.Join(dir, "store"))
	for i := range 2 {
		intake := fmt.Sprint("127.0.0.1:", freePort(t))
		c.intakes = append(c.intakes, "http://"+intake)
		c.add(dir, fmt.Sprint("ingest-", i), filepath.Join(bin, "wiredesk-ingest"), "--nats", c.address, "--http", intake)
		for _, role := range []string{"enrich", "publish"} {
			c.add(dir, fmt.Sprint(role, "-", i), filepath.Join(bin, "wiredesk-"+role), "--nats", c.address, "--http", "127.0.0.1:0")
		}
	}
	t.Cleanup(func() {
		for i := len(c.programs) - 1; i >= 0; i-- {
			c.programs[i].end()
		}
		if t.Failed() {
			c.tails()
		}
	})
	return c
}

func (c *city) add(dir, name, path string, args ...string) {
	log, err := os.Create(filepath.Join(dir, name+".log"))
	if err != nil {
		c.t.Fatal(err)
	}
	c.programs = append(c.programs, &program{t: c.t, name: name, path: path, args: args, log: log})
}

func (c *city) named(prefix string) (out []*program) {
	for _, p := range c.programs {
		if strings.HasPrefix(p.name, prefix) {
			out = append(out, p)
		}
	}
	return out
}

// tails shows the end of each log of a failed run.
func (c *city) tails() {
	for _, p := range c.programs {
		f, err := os.Open(p.log.Name())
		if err != nil {
			continue
		}
		var lines []string
		for s := bufio.NewScanner(f); s.Scan(); {
			lines = append(lines, s.Text())
		}
		c.t.Logf("%s, %d deaths:\n%s", p.name, p.count(), strings.Join(lines[max(0, len(lines)-8):], "\n"))
		_ = f.Close()
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}
