package stream

import (
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Limits of what the line carries, in bytes. A refusal names the limit.
const (
	MaxDocument = 10 << 20 // a document, after decompression
	MaxStory    = 4 << 20  // one story's bytes
	MaxText     = 1 << 20  // one story's text
	MaxMessage  = 8 << 20  // a message: the broker's max_payload
)

// Settings are what an operator may change about the streams.
type Settings struct {
	Replicas int   // 1 embedded, 3 in a cluster
	MaxBytes int64 // of all streams together

	KeepRaw, KeepArticles, KeepNews, KeepDead time.Duration
}

// Defaults keep a week of raw copy and news, and a month of articles and dead letters, in 20 GiB.
func Defaults() Settings {
	const day = 24 * time.Hour
	return Settings{
		Replicas: 1, MaxBytes: 20 << 30,
		KeepRaw: 7 * day, KeepArticles: 30 * day, KeepNews: 7 * day, KeepDead: 30 * day,
	}
}

// Streams are the streams of the line, as they should be.
func Streams(s Settings) []jetstream.StreamConfig {
	base := func(name string, share int64, keep time.Duration, subjects ...string) jetstream.StreamConfig {
		return jetstream.StreamConfig{
			Name: name, Subjects: subjects, Storage: jetstream.FileStorage, Retention: jetstream.LimitsPolicy,
			Discard: jetstream.DiscardOld, Replicas: max(s.Replicas, 1), MaxAge: keep, MaxBytes: s.MaxBytes / 100 * share,
			Duplicates: min(2*time.Minute, keep), DenyDelete: true, AllowAtomicPublish: true,
		}
	}
	raw := base(RAW, 25, s.KeepRaw, RawPrefix+"*")
	raw.Description, raw.DenyPurge = "documents as they came, byte for byte", true

	articles := base(ARTICLES, 35, s.KeepArticles, ArticlePrefix+"*", FatePrefix+"*")
	articles.Description, articles.DenyPurge = "every revision of every story, enriched, also the held ones", true
	articles.Duplicates = min(10*time.Second, s.KeepArticles)

	news := base(NEWS, 30, s.KeepNews, NewsIn+">")
	news.Description = "what subscribers may see, one message per destination"
	news.SubjectTransform = &jetstream.SubjectTransformConfig{Source: NewsIn + ">", Destination: NewsPrefix + ">"}
	news.RePublish = &jetstream.RePublish{Source: NewsPrefix + ">", Destination: NewsPrefix + ">"}
	news.AllowRollup, news.AllowDirect, news.Duplicates = true, true, min(10*time.Second, s.KeepNews)

	hold := base(HOLD, 2, 0, HoldPrefix+"*", ReleasePrefix+"*")
	hold.Description = "release times of embargoed stories, no content"
	hold.AllowMsgSchedules, hold.AllowRollup, hold.Duplicates = true, true, 2*time.Minute
	hold.AllowMsgTTL = true

	dead := base(DEAD, 5, s.KeepDead, DeadPrefix+"*.*")
	dead.Description = "what could not be done, why, and the original"
	dead.DenyDelete = false // an operator drops a dead letter

	tombs := base(TOMBS, 1, 0, TombPrefix+"*", ConfirmPrefix+"*.*")
	tombs.Description = "killed stories, for good: what keeps them from coming back, no content; for a while, who confirmed"
	tombs.MaxMsgsPerSubject, tombs.Discard, tombs.AllowRollup = 1, jetstream.DiscardNew, true
	tombs.Duplicates, tombs.AllowMsgTTL = 10*time.Second, true

	cursors := base(CURSORS, 2, 0, "$KV."+CursorBucket+".>")
	cursors.Description = "where polled feeds stand, and who polls them"
	cursors.MaxMsgsPerSubject, cursors.Discard, cursors.AllowRollup = 1, jetstream.DiscardNew, true
	return []jetstream.StreamConfig{raw, articles, news, hold, dead, tombs, cursors}
}

// Consumers are the durable consumers of the stages, by stream. The loop counts the tries itself, so the server sets
// no limit of its own that would leave a message unsettled with nobody told.
func Consumers() map[string][]jetstream.ConsumerConfig {
	stage := func(name, filter string) jetstream.ConsumerConfig {
		return jetstream.ConsumerConfig{
			Durable: name, FilterSubject: filter, AckPolicy: jetstream.AckExplicitPolicy, AckWait: 5 * time.Second,
			MaxDeliver: -1, MaxAckPending: 4096, DeliverPolicy: jetstream.DeliverAllPolicy,
		}
	}
	return map[string][]jetstream.ConsumerConfig{
		RAW:      {stage(EnrichConsumer, RawPrefix+"*")},
		ARTICLES: {stage(PublishConsumer, ArticlePrefix+"*")},
		HOLD:     {stage(ReleaseConsumer, ReleasePrefix+"*")},
	}
}
