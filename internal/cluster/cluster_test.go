package cluster_test

import (
	"context"
	"flag"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/crash/crashtest"
	"github.com/wiredesk/wiredesk/internal/stream"
)

var (
	long    = flag.Bool("long", false, "the long form: as many stories as -stories says, and a minute without one broker")
	stories = flag.Int("stories", 50_000, "of the long form")
)

// TestCluster runs three brokers with the files operators deploy and two processes of each worker. While stories come in
// it kills the leader of RAW and one worker of each kind and cuts one broker off for a while; then it holds what came out
// against what was accepted. The long form: go test ./internal/cluster -long -timeout 60m -v.
func TestCluster(t *testing.T) {
	n, away := 500, 4*time.Second
	if *long {
		n, away = *stories, time.Minute
	}
	c := newCluster(t)
	nc, js := c.open(t)
	ctx, stopReading := context.WithCancel(t.Context())
	reading, read := crashtest.Follow(ctx, nc)
	all := crashtest.Plans(n, rand.New(rand.NewPCG(1, 2)))

	receipts := &crashtest.Pulse{}
	began := time.Now()
	fatal := make(chan struct{})
	go func() { defer close(fatal); c.misfortunes(t, js, receipts, n, away) }()
	unknown := crashtest.Adapters{Intakes: c.intakes, Many: 24, Deadline: began.Add(50 * time.Minute), Receipts: receipts}.Push(t, all)
	took := time.Since(began)
	<-fatal
	crashtest.Settle(t, js, time.Minute)
	stopReading()
	if err := <-read; err != nil {
		t.Errorf("subscriber: %v", err)
	}
	t.Logf("%d stories, %d documents pushed in %s (%.0f a second); %d processes died, one broker was cut off for %s", n, receipts.Beats(),
		took.Round(time.Second), float64(receipts.Beats())/took.Seconds(), c.processes.Deaths(), away)
	t.Logf("the longest pause: %s without a receipt, %s without a delivery", receipts.Longest().Round(time.Millisecond), reading.Pulse.Longest().Round(time.Millisecond))
	crashtest.Audit(t, js, reading, all, unknown)
}

// misfortunes befall the cluster as the receipts come in: each at a share of the n that there are at least.
func (c *cluster) misfortunes(t *testing.T, js jetstream.JetStream, receipts *crashtest.Pulse, n int, away time.Duration) {
	for i, strike := range []func(){
		func() { c.leader(t, js, stream.RAW).Kill() },
		c.processes.Named("ingest-0")[0].Kill,
		c.processes.Named("enrich-1")[0].Kill,
		c.processes.Named("publish-0")[0].Kill,
		func() {
			p := c.leader(t, js, stream.ARTICLES)
			t.Logf("%s is cut off", p.Name)
			p.Freeze()
			<-time.After(away)
			p.Thaw()
		},
	} {
		for receipts.Beats() < n*(2*i+1)/10 {
			select {
			case <-t.Context().Done():
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
		strike()
	}
}

// leader is the broker that leads a stream; where none does, or none says so in time, any of them.
func (c *cluster) leader(t *testing.T, js jetstream.JetStream, name string) *crashtest.Process {
	for range 20 {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		s, err := js.Stream(ctx, name)
		cancel()
		if err != nil || s.CachedInfo().Cluster == nil {
			continue
		}
		if found := c.processes.Named(s.CachedInfo().Cluster.Leader); len(found) == 1 {
			return found[0]
		}
	}
	t.Logf("nobody says who leads %s", name)
	return c.processes[0]
}
