package ingest_test

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/sample"
)

// size is what a hostile document may have at most, nearly.
const size = 10<<20 - 4096

// patience is more than the second that is promised, since the machine that tests may be busy with other things.
const patience = 5 * time.Second

// filled is a document of that size: head, as many pieces as fit, tail.
func filled(head string, piece func(i int) string, tail string) string {
	var b strings.Builder
	b.WriteString(head)
	for i := 0; b.Len()+len(tail) < size; i++ {
		b.WriteString(piece(i))
	}
	return b.String() + tail
}

func always(s string) func(int) string { return func(int) string { return s } }

// vicious are documents made to be slow or large, by the format that reads them.
func vicious() map[string][]func() string {
	return map[string][]func() string{
		"rss": viciousRSS(), "atom": viciousAtom(), "email": viciousMail(), "html": viciousHTML(), "iptc7901": vicious7901(), "anpa": viciousANPA(),
		"text": viciousText(), "ninjs": viciousJSON(`{"uri":"urn:x:1","`), "apjson": viciousJSON(`{"data":{"items":[{"item":{"`),
		"dpajson": viciousJSON(`{"urn":"urn:x:1","`), "fingerpost": viciousJSON(`{"uri":"urn:x:1","`),
		"jsonfeed": viciousJSON(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","`),
	}
}

func viciousRSS() []func() string {
	const rss = "<rss><channel>"
	entry := func(html string) func() string {
		return func() string { return rss + "<item><description>" + html + "</description></item></channel></rss>" }
	}
	return []func() string{
		func() string { return filled(rss, always("<b>"), "") },
		func() string { return filled(rss+"<title "+strings.Repeat("a='b' ", 99), always("c='d' "), "") },
		func() string {
			return filled(rss+strings.Repeat("<x>y</x>", 1900), func(i int) string { return fmt.Sprintf("<item><guid>%d</guid></item>", i) }, "")
		},
		func() string { return filled(rss, always("<item>"), "") },
		func() string { return filled(rss, always("<item></item>"), "") },
		func() string { return filled(rss, always("</item>"), "") },
		func() string { return filled("<!DOCTYPE rss [", always("<!ELEMENT a ANY>"), "]><rss/>") },
		entry("<![CDATA[" + strings.Repeat("<p>", 300_000) + "]]>"),
		entry("<![CDATA[" + strings.Repeat("<img src=", 100_000) + "]]>"),
		entry("<![CDATA[" + strings.Repeat("<a href=x ", 100_000) + "><p>]]>"),
		entry("<![CDATA[" + strings.Repeat("<a href=x>y</a>", 60_000) + "]]>"),
		entry("<![CDATA[<p>" + strings.Repeat("a\n\n<b>b</b>\nc ", 60_000) + "</p>]]>"),
		entry(strings.Repeat("&amp;lt;", 120_000)),
		entry("<![CDATA[" + strings.Repeat("&", 1_000_000) + "]]>"),
	}
}

func viciousAtom() []func() string {
	const atom = `<feed xmlns="http://www.w3.org/2005/Atom">`
	return []func() string{
		func() string { return filled(atom, always("<entry><id>a</id><link href='x'/></entry>"), "</feed>") },
		func() string { return filled(atom, always("<entry>"), "") },
	}
}

func viciousMail() []func() string {
	return []func() string{
		func() string {
			return filled("From: a@b.example\n", func(i int) string { return fmt.Sprintf("X-%d: y\n", i) }, "\nx")
		},
		func() string { return filled("From: a@b.example\nSubject: ", always("=?utf-8?q?=41?= "), "\n\nx") },
		func() string { return filled("From: a@b.example\nSubject: ", always("x\n "), "\n\nx") },
		func() string {
			return filled("From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n", always("--b\n\n"), "--b--\n")
		},
		func() string {
			return filled("From: a@b.example\nContent-Type: message/rfc822\n\n", always("Content-Type: message/rfc822\n\n"), "x")
		},
		func() string {
			return filled("From: a@b.example\nContent-Transfer-Encoding: base64\n\n", always("QUJD"), "")
		},
		func() string { return filled("From: a@b.example\n\n", always("word "), "") },
	}
}

func viciousHTML() []func() string {
	return []func() string{
		func() string { return filled("<!doctype html><body>", always("<div>"), "") },
		func() string { return "<!doctype html>" + strings.Repeat("<b><p>", 20_000) },
		func() string { return "<!doctype html>" + strings.Repeat("<table>", 40_000) },
		func() string {
			return "<!doctype html>" + strings.Repeat("<div><p>"+strings.Repeat("x", 30)+"</p>", 15_000)
		},
		func() string {
			return `<!doctype html><script type="application/ld+json">` + strings.Repeat(`[`, 500_000) + "</script>"
		},
		func() string { return "<!doctype html>" + strings.Repeat("<a ", 300_000) },
	}
}

func vicious7901() []func() string {
	return []func() string{
		func() string { return filled("\x01xea0412 4 i 74  xpa 0733\r\n\x02", always("word "), "\x03\x04") },
		func() string { return filled("\x01xea0412 4 i 74  xpa 0733\r\n\x02", always("("), "\x03\x04") },
		func() string { return filled("", always("\x01"), "") },
		func() string { return filled("", always("\x01xea0412 4 i 74\n\x02t\x03\x04"), "") },
	}
}

// viciousJSON are documents that begin as a format's do, up to the quote that opens the next name.
func viciousJSON(open string) []func() string {
	return []func() string{
		func() string { return filled(open+`x":`, always("["), "") },
		func() string { return filled(open+`x":`, always(`{"x":`), "") },
		func() string { return filled(open+`x":"`, always("\\u0061"), `"}`) },
		func() string { return filled(open+`x":"`, always("\n"), `"}`) },
		func() string {
			return filled(open+`y":1`, func(i int) string { return fmt.Sprintf(`,"x%d":0`, i) }, "}")
		},
		func() string { return filled(open+`x":[0`, always(",0"), "]}") },
		func() string { return filled("", always("{}\n"), "") },
		func() string { return filled("[{}", always(",{}"), "]") },
	}
}

func viciousText() []func() string {
	return []func() string{
		func() string { return filled("", always("word "), "") },
		func() string { return filled("", always("\n"), "") },
		func() string { return filled("Head\n\n", always("a line that a wire wrapped at some column\n"), "") },
		func() string { return filled("", always("EMBARGOED UNTIL "), "") },
		func() string { return filled("", always("&amp;lt;"), "") },
		func() string { return filled("", always("\xe9\xf1\xa4"), "") },
	}
}

func viciousANPA() []func() string {
	return []func() string{
		func() string {
			return filled("\x01W1204\x1fa\nr i\x13\x11 BC-A 03-03\n\x02", always("^x<\n"), "\x03\x04")
		},
		func() string { return filled("", always("ZCZC a1\nx\nNNNN\n"), "") },
		func() string { return filled("ZCZC a1\n", always("ZCZC"), "") },
		func() string {
			return filled("\x01W1204\x1fa\nr i\x13\x11 BC-A 03-03\n\x02", always("\x1e "), "\x03\x04")
		},
	}
}

// TestViciousDocuments holds the formats to the promise for whatever a stranger sends: an answer within a second, under
// 64 MB of extra heap, and a place and a reason for every refusal.
func TestViciousDocuments(t *testing.T) {
	for name, documents := range vicious() {
		format, ok := ingest.Find(name)
		if !ok {
			t.Errorf("no format %s", name)
			continue
		}
		for i, document := range documents {
			readVicious(t, fmt.Sprintf("%s document %d", name, i+1), format, []byte(document()))
		}
	}
}

func readVicious(t *testing.T, name string, format wiredesk.Format, doc []byte) {
	t.Helper()
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	started := time.Now()
	_, err := sample.Read(format, wiredesk.Raw{Provider: "kestrel", Feed: "kestrel", Bytes: doc, Received: sample.Received})
	took := time.Since(started)
	runtime.ReadMemStats(&after)
	t.Logf("%s: %v, %d MB, %.90q", name, took.Round(time.Millisecond), (int64(after.HeapSys)-int64(before.HeapSys))>>20, fmt.Sprint(err))
	if took > patience {
		t.Errorf("%s: took %v, want an answer within %v", name, took, patience)
	}
	if grew := int64(after.HeapSys) - int64(before.HeapSys); grew > 64<<20 {
		t.Errorf("%s: the heap grew by %d MB, want under 64", name, grew>>20)
	}
	var fault *wiredesk.Fault
	if err != nil && !errors.As(err, &fault) {
		t.Errorf("%s: refused without a place: %v", name, err)
	}
}
