package stream_test

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	names "github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/stream"
)

// TestASlowReaderIsDroppedAndMissesNothing has one reader that stops reading. It is sent away, the other goes on, and
// what it missed comes when it resumes.
func TestASlowReaderIsDroppedAndMissesNothing(t *testing.T) {
	d := open(t, brokertest.New(t), func(o *stream.Options) { o.Behind = 20 })
	slow, quick := d.get(t, "/v1/stream/wire/*?format=ndjson"), d.get(t, "/v1/stream/wire/*")
	long := strings.Repeat("mill ", 40_000) // so that the sockets do not hold all of it
	const want = 60
	for n := range want {
		d.store(t, revision{story: "s" + strconv.Itoa(n), number: 1, text: long})
		quick.article(t)
	}
	got := 0
	var last line
	end := ""
	for slow.lines.Scan() {
		if text := slow.lines.Text(); strings.HasPrefix(text, `{"end"`) {
			end = text
		} else if text != "" {
			last = parse(t, text)[0]
			if last.Article.Story != "s"+strconv.Itoa(got) {
				t.Fatalf("story %.40s where s%d should come", last.Article.Story, got)
			}
			got++
		}
	}
	if !strings.Contains(end, fmt.Sprintf(`"since":%d`, last.Seq)) || got == want {
		t.Errorf("after %d stories of %d the last line is %s; want where to resume, %d", got, want, end, last.Seq)
	}
	again := d.get(t, "/v1/stream/wire/*?format=ndjson&since="+strconv.FormatUint(last.Seq, 10))
	for ; got < want && again.lines.Scan(); got++ {
		if l := parse(t, again.lines.Text())[0]; l.Article.Story != "s"+strconv.Itoa(got) {
			t.Fatalf("resumed: story %s where s%d should come", l.Article.Story, got)
		}
	}
	if got != want {
		t.Errorf("%d stories of %d with the resumption", got, want)
	}
}

// TestAReaderThatTakesNothingIsCutOff holds up nothing but itself.
func TestAReaderThatTakesNothingIsCutOff(t *testing.T) {
	left := make(chan string, 10)
	d := open(t, brokertest.New(t), func(o *stream.Options) {
		o.Patience = 100 * time.Millisecond
		o.Observe = func(_, what string) {
			if what == stream.Dropped || what == stream.Left {
				left <- what
			}
		}
	})
	conn, err := net.Dial("tcp", strings.TrimPrefix(d.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.(*net.TCPConn).SetReadBuffer(4096); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(conn, "GET /v1/stream/wire/*?from=all HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
	long := strings.Repeat("mill ", 100_000)
	var heard []string
	for n := 0; len(heard) < 2; n++ {
		if n == 500 {
			t.Fatalf("after %d stories the reader is still there; heard %s", n, heard)
		}
		d.store(t, revision{story: "s" + strconv.Itoa(n), number: 1, text: long})
		select {
		case what := <-left:
			heard = append(heard, what)
		default:
		}
	}
	if heard[0] != stream.Dropped || heard[1] != stream.Left {
		t.Errorf("heard %s; want that the reader was dropped and has left", heard)
	}
}

// TestReadersOfOneSetShareAConsumer counts consumers while many read, and after they have gone.
func TestReadersOfOneSetShareAConsumer(t *testing.T) {
	d := open(t, brokertest.New(t), func(o *stream.Options) { o.Linger = 10 * time.Millisecond })
	d.store(t, revision{story: "a", number: 1, text: "one"})
	consumers := func() int {
		news, err := d.JS.Stream(t.Context(), names.NEWS)
		if err != nil {
			t.Fatal(err)
		}
		return news.CachedInfo().State.Consumers
	}
	var readers []*client
	for n := range 60 {
		path := "/v1/stream/wire/*?from=all"
		if n%2 == 0 {
			path = "/v1/stream?subject=news.wire.>"
		}
		readers = append(readers, d.get(t, path))
	}
	d.store(t, revision{story: "b", number: 1, text: "two"})
	for n, c := range readers {
		want := "a/1 b/1"
		if n%2 == 0 {
			want = "b/1"
		}
		if got := c.revisions(t, len(strings.Fields(want))); got != want {
			t.Errorf("reader %d got %s; want %s", n, got, want)
		}
	}
	eventually(t, "60 readers of one set have one consumer", func() bool { return consumers() == 1 })
	for _, c := range readers {
		c.leave()
	}
	eventually(t, "nobody's consumers are gone", func() bool { return consumers() == 0 })
}

func BenchmarkReaders(b *testing.B) {
	for _, readers := range []int{1, 100, 1000} {
		b.Run(strconv.Itoa(readers), func(b *testing.B) {
			d := open(b, brokertest.New(b), nil)
			transport := &http.Transport{}
			defer transport.CloseIdleConnections()
			var got atomic.Int64
			for range readers {
				c := d.get(b, "/v1/stream/wire/*?view=row")
				go func() {
					for c.lines.Scan() {
						if strings.HasPrefix(c.lines.Text(), "id: ") {
							got.Add(1)
						}
					}
				}()
			}
			text := strings.Repeat("mill ", 800)
			b.ResetTimer()
			for n := range b.N {
				d.store(b, revision{story: "s" + strconv.Itoa(n), number: 1, text: text})
				if n%100 == 99 {
					eventually(b, "all have it", func() bool { return got.Load() >= int64(n-50)*int64(readers) })
				}
			}
			eventually(b, "all have it", func() bool { return got.Load() == int64(b.N)*int64(readers) })
			b.ReportMetric(float64(got.Load())/b.Elapsed().Seconds(), "events/s")
		})
	}
}
