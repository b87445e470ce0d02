package cluster_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/crash/crashtest"
)

// copies is how the workers are told that the streams are kept on all three brokers.
const copies = "streams.replicas=3"

// cluster is a whole line on three brokers.
type cluster struct {
	bin       string
	clients   []string // host and port of each broker
	intakes   []string
	processes crashtest.Processes
}

func newCluster(t *testing.T) *cluster {
	t.Helper()
	c := &cluster{bin: crashtest.Build(t, append(crashtest.Workers(), "github.com/wiredesk/wiredesk/cmd/wiredesk", "github.com/nats-io/nats-server/v2")...)}
	dir := t.TempDir()
	c.brokers(t, dir)
	for i := range 2 {
		intake := fmt.Sprint("127.0.0.1:", crashtest.Port(t))
		c.intakes = append(c.intakes, "http://"+intake)
		for _, role := range []string{"ingest", "enrich", "publish"} {
			listen := "127.0.0.1:0"
			if role == "ingest" {
				listen = intake
			}
			p := crashtest.New(t, dir, fmt.Sprint(role, "-", i), filepath.Join(c.bin, "wiredesk-"+role),
				"--nats", c.address(role), "--http", listen, "--set", "streams.manage=false", "--set", copies)
			c.processes = append(c.processes, p)
		}
	}
	t.Cleanup(c.processes.End)
	return c
}

// brokers are three nats-servers with deploy/cluster/nats.conf; what differs comes from their environments.
func (c *cluster) brokers(t *testing.T, dir string) {
	t.Helper()
	shared := passwords(t)
	var nodes [][]string
	for i := 1; i <= 3; i++ {
		client, route := fmt.Sprint("127.0.0.1:", crashtest.Port(t)), fmt.Sprint("127.0.0.1:", crashtest.Port(t))
		c.clients = append(c.clients, client)
		shared = append(shared, fmt.Sprintf("WIRE_ROUTE_%d=nats-route://%s", i, route))
		nodes = append(nodes, []string{
			fmt.Sprint("WIRE_NODE=wire-", i), "WIRE_LISTEN=" + client, "WIRE_CLUSTER_LISTEN=" + route, "WIRE_STORE=" + filepath.Join(dir, fmt.Sprint("wire-", i)),
		})
	}
	for i, node := range nodes {
		p := crashtest.New(t, dir, fmt.Sprint("wire-", i+1), filepath.Join(c.bin, "nats-server"), "-c", "../../deploy/cluster/nats.conf")
		p.Env = append(node, shared...)
		c.processes = append(c.processes, p)
	}
}

// passwords are one for each user that accounts.conf names.
func passwords(t *testing.T) (out []string) {
	t.Helper()
	file, err := os.ReadFile("../../deploy/accounts.conf")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`\$WIRE_\w+`).FindAllString(string(file), -1) {
		out = append(out, name[1:]+"="+password(name[1:]))
	}
	return out
}

func password(variable string) string { return "secret-" + strings.ToLower(variable) }

// address is that of all brokers, for a role.
func (c *cluster) address(role string) string {
	all := make([]string, len(c.clients))
	for i, client := range c.clients {
		all[i] = "nats://" + role + ":" + password("WIRE_"+strings.ToUpper(role)+"_PASSWORD") + "@" + client
	}
	return strings.Join(all, ",")
}

// open starts the brokers, makes the streams as an operator does, and starts the workers.
func (c *cluster) open(t *testing.T) (*nats.Conn, jetstream.JetStream) {
	t.Helper()
	for _, p := range c.processes.Named("wire-") {
		p.Start()
	}
	c.streams(t)
	for _, role := range []string{"ingest", "enrich", "publish"} {
		for _, p := range c.processes.Named(role) {
			p.Start()
		}
	}
	nc, err := broker.Dial(t.Context(), c.address("admin"), broker.DialOptions{Name: "admin", Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	return nc, js
}

// streams runs wiredesk streams until the brokers have found each other and their streams stand.
func (c *cluster) streams(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; {
		out, err := exec.Command(filepath.Join(c.bin, "wiredesk"), "streams", "--nats", c.address("admin"), "--set", copies).CombinedOutput()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the streams cannot be made: %v\n%s", err, out)
		}
		<-time.After(200 * time.Millisecond)
	}
}
