package bench_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/atom"
	"github.com/wiredesk/wiredesk/ingest/rss"
)

// items is how many stories a feed of the benchmark holds.
const items = 100

// body is a story's text as news sites put it into feeds: paragraphs of HTML with a link here and there.
func body(i int) string {
	var b strings.Builder
	for p := range 6 {
		fmt.Fprintf(&b, `<p>PORT MAREN, paragraph %d of story %d: the harbour council of Port Maren voted to keep the <b>old grain pier</b> open for another `+
			`ten years, after a debate that lasted until midnight &amp; a <a href="https://maren.example/pier/%d">recount</a> on Tuesday.</p>`, p, i, i)
	}
	return b.String()
}

func rssFeed() []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Maren Courier</title><link>https://maren.example/</link><language>en</language>`)
	for i := range items {
		fmt.Fprintf(&b, "<item><title>Council keeps pier %d open &amp; dry</title><link>https://maren.example/news/%d?utm_source=rss</link>"+
			`<guid isPermaLink="false">maren-%d</guid><pubDate>Tue, 03 Mar 2026 %02d:%02d:00 GMT</pubDate><dc:creator>Ida Ferrant</dc:creator>`+
			"<category>Harbour</category><category>Politics</category><description>The council of Port Maren keeps its pier.</description>"+
			"<content:encoded><![CDATA[%s]]></content:encoded></item>\n", i, i, i, i/60, i%60, body(i))
	}
	b.WriteString("</channel></rss>")
	return b.Bytes()
}

func atomFeed() []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Maren Courier</title>` +
		`<id>tag:maren.example,2026:feed</id><updated>2026-03-03T10:00:00Z</updated><link href="https://maren.example/"/>`)
	for i := range items {
		fmt.Fprintf(&b, `<entry><id>tag:maren.example,2026:%d</id><title>Council keeps pier %d</title><link href="https://maren.example/news/%d"/>`+
			"<published>2026-03-03T%02d:%02d:00Z</published><updated>2026-03-03T12:%02d:00Z</updated><author><name>Ida Ferrant</name></author>"+
			`<category term="harbour"/><summary>The council keeps its pier.</summary><content type="html"><![CDATA[%s]]></content></entry>`+"\n",
			i, i, i, i/60, i%60, i%60, body(i))
	}
	b.WriteString("</feed>")
	return b.Bytes()
}

func ours(b *testing.B, doc []byte, parse wiredesk.Parser) {
	raw := wiredesk.Raw{Provider: "maren", Feed: "maren", Bytes: doc, Received: time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)}
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		stories, err := parse(raw)
		if err != nil || len(stories) != items {
			b.Fatal(len(stories), err)
		}
	}
}

func theirs(b *testing.B, doc []byte) {
	parser := gofeed.NewParser()
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		feed, err := parser.Parse(bytes.NewReader(doc))
		if err != nil || len(feed.Items) != items {
			b.Fatal(err)
		}
	}
}

func BenchmarkRSS(b *testing.B) {
	b.Run("wiredesk", func(b *testing.B) { ours(b, rssFeed(), rss.Parse) })
	b.Run("gofeed", func(b *testing.B) { theirs(b, rssFeed()) })
}

func BenchmarkAtom(b *testing.B) {
	b.Run("wiredesk", func(b *testing.B) { ours(b, atomFeed(), atom.Parse) })
	b.Run("gofeed", func(b *testing.B) { theirs(b, atomFeed()) })
}
