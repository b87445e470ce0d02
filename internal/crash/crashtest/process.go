// Package crashtest is what tests share that kill: real processes of a whole line that can be ended, stopped and started
// again, stories with updates and kills pushed through them, and the ledger of what came out.
package crashtest

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/crash"
)

// Build makes real programs of packages of the module, and of the modules it requires, and returns their folder.
func Build(t *testing.T, packages ...string) string {
	t.Helper()
	dir := t.TempDir()
	c := exec.Command("go", append([]string{"build", "-o", dir + "/"}, packages...)...)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return dir
}

// Workers are the packages of the three worker binaries.
func Workers() []string {
	const cmd = "github.com/wiredesk/wiredesk/cmd/wiredesk-"
	return []string{cmd + "ingest", cmd + "enrich", cmd + "publish"}
}

// Process is one process of the line, started anew whenever it dies. Its methods may be called concurrently; Args and
// Env are read at each start.
type Process struct {
	Name string
	Args []string
	Env  []string // besides this process's own

	t    *testing.T
	path string
	log  *os.File

	mu     sync.Mutex
	cmd    *exec.Cmd
	gone   chan struct{} // closed when the process has died
	ended  bool
	deaths int
	fault  string // for the next start
}

// New makes a process of a program, with its log as a file in dir. It runs once Start is called.
func New(t *testing.T, dir, name, path string, args ...string) *Process {
	t.Helper()
	log, err := os.Create(filepath.Join(dir, name+".log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	return &Process{Name: name, Args: args, t: t, path: path, log: log}
}

// Start starts the process, unless it has been ended.
func (p *Process) Start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return
	}
	c := exec.Command(p.path, p.Args...)
	c.Env = append(os.Environ(), p.Env...)
	if p.fault != "" {
		c.Env = append(c.Env, crash.Variable+"="+p.fault)
		p.fault = ""
	}
	c.Stdout, c.Stderr = p.log, p.log
	if err := c.Start(); err != nil {
		p.t.Errorf("%s: %v", p.Name, err)
		return
	}
	p.cmd, p.gone = c, make(chan struct{})
	go p.watch(c, p.gone)
}

// watch starts the process again when it dies, as a service manager would.
func (p *Process) watch(c *exec.Cmd, gone chan struct{}) {
	_ = c.Wait()
	close(gone)
	p.mu.Lock()
	p.deaths++
	p.mu.Unlock()
	p.Start()
}

// Kill ends the process as kill -9 does; it starts again.
func (p *Process) Kill() { p.signal(syscall.SIGKILL) }

// Freeze stops the process where it stands: its connections stay open and nobody answers on them.
func (p *Process) Freeze() { p.signal(syscall.SIGSTOP) }

// Thaw lets a frozen process go on.
func (p *Process) Thaw() { p.signal(syscall.SIGCONT) }

func (p *Process) signal(s os.Signal) {
	p.mu.Lock()
	c := p.cmd
	p.mu.Unlock()
	if c != nil {
		_ = c.Process.Signal(s)
	}
}

// Next sets a fault for the next start, and makes that start happen.
func (p *Process) Next(fault string) {
	p.mu.Lock()
	p.fault = fault
	p.mu.Unlock()
	p.Kill()
}

// Deaths is how often the process has died.
func (p *Process) Deaths() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.deaths
}

func (p *Process) end() {
	p.mu.Lock()
	p.ended = true
	c, gone := p.cmd, p.gone
	p.mu.Unlock()
	if c == nil {
		return
	}
	_ = c.Process.Signal(syscall.SIGCONT)
	_ = c.Process.Signal(os.Interrupt)
	select {
	case <-gone:
	case <-time.After(15 * time.Second):
		_ = c.Process.Kill()
		<-gone
	}
}

// Processes are the processes of a line, those that others need first.
type Processes []*Process

// Named are the processes whose names begin so.
func (all Processes) Named(prefix string) (out Processes) {
	for _, p := range all {
		if strings.HasPrefix(p.Name, prefix) {
			out = append(out, p)
		}
	}
	return out
}

// Deaths is how many deaths there were in all.
func (all Processes) Deaths() (n int) {
	for _, p := range all {
		n += p.Deaths()
	}
	return n
}

// End ends the processes, the last first, and shows the end of each log of a failed test.
func (all Processes) End() {
	for i := len(all) - 1; i >= 0; i-- {
		all[i].end()
	}
	for _, p := range all {
		if p.t.Failed() {
			p.tail()
		}
	}
}

func (p *Process) tail() {
	f, err := os.Open(p.log.Name())
	if err != nil {
		return
	}
	defer f.Close()
	var lines []string
	for s := bufio.NewScanner(f); s.Scan(); {
		lines = append(lines, s.Text())
	}
	p.t.Logf("%s, %d deaths:\n%s", p.Name, p.Deaths(), strings.Join(lines[max(0, len(lines)-8):], "\n"))
}

// Port is a free port of this machine.
func Port(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}
