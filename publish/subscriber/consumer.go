package subscriber

import (
	"context"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

func open(nc *nats.Conn, o Options) (jetstream.JetStream, error) {
	if o.Prefix != "" {
		return jetstream.NewWithAPIPrefix(nc, o.Prefix)
	}
	return jetstream.New(nc)
}

func subjects(o Options) []string {
	if len(o.Subjects) == 0 {
		return []string{stream.NewsPrefix + "wire.>"}
	}
	return o.Subjects
}

// ackWait is how long a durable subscription stands still after its subscriber died with a delivery in hand.
const ackWait = 10 * time.Second

// A durable subscription that handles several stories at a time is one copy's turn: the one that the broker has pinned.
const (
	turn   = "turn"
	pinned = 3 * time.Second // after which another copy is given the turn of one that has fallen silent
	inHand = 512             // deliveries in hand, most of them waiting
)

// config of the consumer. A durable one that handles one delivery at a time has no other in hand, whoever shares it:
// anything that was in hand at a crash would otherwise come again behind newer versions.
func config(o Options) jetstream.ConsumerConfig {
	c := jetstream.ConsumerConfig{
		Durable: o.Name, AckPolicy: jetstream.AckExplicitPolicy, AckWait: ackWait, MaxDeliver: -1, MaxAckPending: 1,
		DeliverPolicy: jetstream.DeliverLastPerSubjectPolicy,
	}
	if o.Name == "" {
		c.InactiveThreshold, c.MaxAckPending, c.AckWait = 5*time.Minute, 256, time.Hour
	}
	if o.AtOnce > 1 {
		c.MaxAckPending = inHand
		if o.Name != "" {
			c.PriorityPolicy, c.PriorityGroups, c.PinnedTTL = jetstream.PriorityPolicyPinned, []string{turn}, pinned
		}
	}
	if s := subjects(o); len(s) == 1 {
		c.FilterSubject = s[0]
	} else {
		c.FilterSubjects = s
	}
	switch {
	case !o.Since.IsZero():
		c.DeliverPolicy, c.OptStartTime = jetstream.DeliverByStartTimePolicy, &o.Since
	case o.From == All:
		c.DeliverPolicy = jetstream.DeliverAllPolicy
	case o.From == New:
		c.DeliverPolicy = jetstream.DeliverNewPolicy
	}
	return c
}

// standing keeps where a durable subscription that exists began, for the broker lets nobody change that, and what others
// have written to it.
func standing(ctx context.Context, js jetstream.JetStream, c jetstream.ConsumerConfig) jetstream.ConsumerConfig {
	if c.Durable == "" {
		return c
	}
	if had, err := js.Consumer(ctx, stream.NEWS, c.Durable); err == nil {
		began := had.CachedInfo().Config
		c.DeliverPolicy, c.OptStartTime, c.OptStartSeq = began.DeliverPolicy, began.OptStartTime, began.OptStartSeq
		c.Metadata = began.Metadata
	}
	return c
}
