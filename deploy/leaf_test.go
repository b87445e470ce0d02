package deploy_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// TestBureau runs the newsroom's broker with the hub's block and a bureau's leaf node: a push goes through with its
// answer, and nothing else does.
func TestBureau(t *testing.T) {
	for _, name := range variables(t, "accounts.conf", `\$(WIRE_\w+)`) {
		t.Setenv(name, password(name))
	}
	t.Setenv("WIRE_LEAF_LISTEN", "127.0.0.1:-1")
	opts, err := server.ProcessConfigFile("nats.conf")
	if err != nil {
		t.Fatal(err)
	}
	block, err := server.ProcessConfigFile("leaf/hub.conf")
	if err != nil {
		t.Fatal(err)
	}
	opts.LeafNode = block.LeafNode
	opts.StoreDir = t.TempDir()
	hub := serve(t, opts)
	t.Setenv("WIRE_HUB", fmt.Sprintf("nats-leaf://adapter-sana:%s@127.0.0.1:%d", password("WIRE_ADAPTER_PASSWORD"), opts.LeafNode.Port))
	away, err := server.ProcessConfigFile("leaf/leaf.conf")
	if err != nil {
		t.Fatal(err)
	}
	leaf := serve(t, away)

	ingest := dial(t, hub, "ingest", "WIRE_INGEST_PASSWORD")
	if _, err := ingest.QueueSubscribe("wire.push.*", "wiredesk-push", func(m *nats.Msg) { _ = m.Respond([]byte("stored " + string(m.Data))) }); err != nil {
		t.Fatal(err)
	}
	admin := dial(t, hub, "admin", "WIRE_ADMIN_PASSWORD")
	heard, err := admin.SubscribeSync("wire.push.*")
	if err != nil || ingest.Flush() != nil || admin.Flush() != nil {
		t.Fatal("the hub does not answer", err)
	}
	nc, err := nats.Connect(leaf.ClientURL(), nats.CustomInboxPrefix("_INBOX_adapter-sana"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	var answer *nats.Msg
	for deadline := time.Now().Add(20 * time.Second); answer == nil; {
		if answer, err = nc.Request("wire.push.sana", []byte("copy"), 500*time.Millisecond); err != nil && time.Now().After(deadline) {
			t.Fatalf("no answer to a push through the leaf: %v", err)
		}
	}
	if string(answer.Data) != "stored copy" {
		t.Errorf("the answer is %q", answer.Data)
	}
	for _, subject := range []string{"wire.push.tass", "wire.raw.sana", "wire.push.sana"} {
		if err := nc.Publish(subject, []byte("later")); err != nil {
			t.Fatal(err)
		}
	}
	for {
		m, err := heard.NextMsg(10 * time.Second)
		if err != nil {
			t.Fatalf("the push after the forbidden ones is not heard: %v", err)
		}
		if m.Subject != "wire.push.sana" {
			t.Fatalf("%s came through the leaf", m.Subject)
		}
		if string(m.Data) == "later" {
			return
		}
	}
}

// serve runs a server on free ports until the test ends.
func serve(t *testing.T, opts *server.Options) *server.Server {
	t.Helper()
	opts.Port, opts.NoSigs, opts.NoLog = -1, true, true
	s, err := server.NewServer(opts)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("the server did not start")
	}
	return s
}
