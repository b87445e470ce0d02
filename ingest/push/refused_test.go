package push_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// A sender that writes its whole document before it listens still reads why it was refused.
func TestARefusedSenderIsHeardOut(t *testing.T) {
	r := newRoom(t, nil, nil)
	for name, c := range map[string]struct {
		feed   string
		size   int
		status int
	}{
		"one byte over": {"kestrel", stream.MaxDocument + 1, http.StatusRequestEntityTooLarge},
		"much over":     {"kestrel", stream.MaxDocument + 5<<20, http.StatusRequestEntityTooLarge},
		"unknown feed":  {strings.Repeat("x", 81), 9 << 20, http.StatusNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(conn, "POST /v1/push/%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n", c.feed, c.size)
			if _, err := conn.Write([]byte(strings.Repeat("x", c.size))); err != nil {
				t.Fatalf("the sender is cut off: %v", err)
			}
			answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil || answer.StatusCode != c.status {
				t.Errorf("got %v, %v; want %d", answer, err, c.status)
			}
		})
	}
	r.benign(t, nil)
}
