package linebench

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
)

const (
	feed      = "bench"
	uriPrefix = "urn:wiredesk:bench:"
	storySize = 4096 // bytes, about
)

func uri(n int) string { return uriPrefix + strconv.Itoa(n) }

// number is which story a URI names; -1 for a stranger's.
func number(uri string) int {
	digits, ours := strings.CutPrefix(uri, uriPrefix)
	n, err := strconv.Atoi(digits)
	if !ours || err != nil {
		return -1
	}
	return n
}

var (
	datelines = []string{
		"GENEVA, Switzerland, May 14 (Reuters) - ", "NAIROBI, Kenya, May 14 (AFP) - ", "LIMA, Peru, May 14 (AP) - ", "OSLO, Norway, May 14 (dpa) - ",
	}
	credits = []string{
		", according to TASS.", ", the state news agency SANA reported.", ", Xinhua reported.", ", according to Anadolu.", ", Yonhap News Agency reported.",
	}
	who = []string{
		"the harbour master", "a spokeswoman for the ministry of transport", "engineer Ida Ferrant", "the mayor of the old town",
		"the director of the observatory", "Nadia Haddad, who leads the workshop,", "the chairman of the cooperative", "a group of retired pilots",
	}
	did = []string{
		"said the repairs would be finished before the first frost", "asked the council for another %d metres of rail",
		"counted %d boats at the northern quay, more than in any spring before", "told reporters that the budget of %d million would be enough",
		"opened the archive to the public for the first time in %d years", "expects the talks between the two governments to go on until Friday",
		"called the agreement on fishing rights a good day for both coasts", "warned that the bridge could carry no more than %d lorries an hour",
		"presented a plan to plant %d trees along the canal", "declined to comment on the number of people who had been evacuated",
	}
	where = []string{
		" on Monday", " after a meeting that lasted until midnight", " in front of several hundred residents", " at the opening of the exhibition",
		" during a visit to the flooded villages", "", " in a statement", " on the second day of the summit",
	}
)

// document is the n-th story: wire copy of about 4 KB with a dateline and the credits of two agencies, the same on
// every machine and unlike every other.
func document(n int) wiredesk.Raw {
	r := rand.New(rand.NewPCG(14, uint64(n)))
	var b strings.Builder
	fmt.Fprintf(&b, "Port council keeps pier %d open after long debate\n\n%s", n, datelines[n%len(datelines)])
	first := r.IntN(len(credits))
	sentence(&b, r, credits[first])
	for paragraph := 1; b.Len() < storySize-300; paragraph++ {
		b.WriteString("\n\n")
		for range 3 {
			sentence(&b, r, ".")
		}
		if paragraph == 2 {
			sentence(&b, r, credits[(first+1)%len(credits)])
		}
	}
	b.WriteByte('\n')
	return wiredesk.Raw{Feed: feed, Via: "bench", URI: uri(n), Version: "1", Bytes: []byte(b.String()), Received: time.Time{}}
}

func sentence(b *strings.Builder, r *rand.Rand, end string) {
	if s := b.String(); s[len(s)-1] == '.' {
		b.WriteByte(' ')
	}
	text := who[r.IntN(len(who))] + " " + did[r.IntN(len(did))] + where[r.IntN(len(where))] + end
	text = strings.ToUpper(text[:1]) + text[1:]
	if strings.Contains(text, "%d") {
		text = fmt.Sprintf(text, 2+r.IntN(900))
	}
	b.WriteString(text)
}
