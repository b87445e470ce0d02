package stream

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
)

// Names of the streams.
const (
	RAW      = "RAW"
	ARTICLES = "ARTICLES"
	NEWS     = "NEWS"
	HOLD     = "HOLD"
	DEAD     = "DEAD"
	TOMBS    = "TOMBS"
	CURSORS  = "KV_" + CursorBucket
)

// CursorBucket is the key-value bucket in which polled feeds keep their place: "cursor.<feed>" what was seen, "lease.<feed>"
// which worker polls. Its stream is CURSORS.
const CursorBucket = "CURSORS"

// Names of the durable consumers of the stages.
const (
	EnrichConsumer  = "enrich"
	PublishConsumer = "publish"
	ReleaseConsumer = "release"
)

// OutputPrefix begins the name of an output's durable consumer on NEWS, and of its stage in dead letters.
const OutputPrefix = "out-"

// ReaderPrefix begins the name of a consumer on NEWS that readers over HTTP share. It lives no longer than they do.
const ReaderPrefix = "http-"

// Every subject the line publishes to begins with one of these literals.
const (
	RawPrefix     = "wire.raw."
	ArticlePrefix = "wire.article."
	FatePrefix    = "wire.fate."
	NewsIn        = "wire.news."
	NewsPrefix    = "news."
	HoldPrefix    = "wire.hold."
	ReleasePrefix = "wire.release."
	DeadPrefix    = "wire.dead."
	TombPrefix    = "wire.tomb."
	ConfirmPrefix = "wire.confirm."
	PushPrefix    = "wire.push."
)

// EdictSubject is where RAW keeps the operator's own word. Token never makes its last part, so that no feed's copy can
// come in by it.
const EdictSubject = RawPrefix + "_operator"

// EdictFeed is the feed that an operator's word is said to have come down.
const EdictFeed = "operator"

// RawSubject is where ingest stores what came down a feed.
func RawSubject(feed string) (string, error) { return subject(RawPrefix, feed) }

// ArticleSubject holds every revision of a story; the last message is its state.
func ArticleSubject(story string) string { return ArticlePrefix + story }

// FateSubject holds the decisions on versions of a story that made no revision: duplicate, stale.
func FateSubject(story string) string { return FatePrefix + story }

// TombSubject holds what must never be forgotten of a killed story.
func TombSubject(story string) string { return TombPrefix + story }

// ConfirmSubject says that an output has taken the notice of a story's kill.
func ConfirmSubject(output, story string) (string, error) {
	t, err := Token(output)
	if err != nil {
		return "", err
	}
	return checked(ConfirmPrefix + t + "." + story)
}

// HoldSubject holds the timer of an embargoed story for one end. Every end has a subject of its own, so that a timer that
// was set on what turned out not to be the story's state takes no other's place.
func HoldSubject(story string, until time.Time) string {
	return HoldPrefix + story + "-" + strconv.FormatInt(until.UnixNano(), 36)
}

// ReleaseSubject is where a held story's timer fires.
func ReleaseSubject(story string) string { return ReleasePrefix + story }

// PushSubject is where an adapter sends requests for a feed.
func PushSubject(feed string) (string, error) { return subject(PushPrefix, feed) }

// DeadSubject holds what a stage could not do with the copy of a feed.
func DeadSubject(stage, feed string) (string, error) {
	s, err := Token(stage)
	if err != nil {
		return "", err
	}
	return subject(DeadPrefix+s+".", feed)
}

// CursorKeys are the keys of a polled feed in the bucket: of its cursor and of its lease.
func CursorKeys(feed string) (cursor, lease string, err error) {
	t, err := Token(feed)
	return "cursor." + t, "lease." + t, err
}

// News is where a story stands for one audience, as subscribers and the stream itself spell it.
func News(f wiredesk.Facet, story string) (string, error) {
	name, err := Token(f.Name)
	if err != nil {
		return "", err
	}
	value, err := Token(f.Value)
	if err != nil {
		return "", err
	}
	return checked(NewsPrefix + name + "." + value + "." + story)
}

// NewsAll matches every audience of a story.
func NewsAll(story string) string { return NewsPrefix + "*.*." + story }

// NewsInput is the subject that publish writes to so that NEWS stores the message under the given news subject.
func NewsInput(news string) string { return NewsIn + strings.TrimPrefix(news, NewsPrefix) }

// ParseNews takes a stored news subject apart.
func ParseNews(s string) (f wiredesk.Facet, story string, ok bool) {
	t := strings.Split(s, ".")
	if len(t) != 4 || t[0]+"." != NewsPrefix {
		return f, "", false
	}
	name, err := Untoken(t[1])
	if err != nil {
		return f, "", false
	}
	value, err := Untoken(t[2])
	if err != nil {
		return f, "", false
	}
	return wiredesk.Facet{Name: name, Value: value}, t[3], true
}

// LastToken is what stands after the last dot.
func LastToken(subject string) string { return subject[strings.LastIndexByte(subject, '.')+1:] }

func subject(prefix, text string) (string, error) {
	t, err := Token(text)
	if err != nil {
		return "", err
	}
	return checked(prefix + t)
}

func checked(s string) (string, error) {
	if len(s) > MaxSubject {
		return "", fmt.Errorf("subject of %d bytes: the limit is %d", len(s), MaxSubject)
	}
	return s, nil
}
