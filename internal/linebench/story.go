package linebench

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

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
	datelines = strings.Split("GENEVA, Switzerland, May 14 (Reuters) - |NAIROBI, Kenya, May 14 (AFP) - |LIMA, Peru, May 14 (AP) - |OSLO, Norway, May 14 (dpa) - ", "|")
	credits   = strings.Split(", according to TASS.|, the state news agency SANA reported.|, Xinhua reported.|, according to Anadolu.|, Yonhap News Agency reported.", "|")

	people = strings.Fields(`councillor engineer pilot surveyor minister mayor archivist farmer skipper nurse teacher baker geologist auditor
		painter driver envoy botanist judge carpenter fireman ranger curator postman chemist weaver`)
	kinds = strings.Fields(`retired local senior northern young deputy chief visiting elected famous former careful eastern stubborn
		experienced foreign independent southern tired acting`)
	deeds = strings.Fields(`repaired counted inspected described opened sold measured moved painted refused praised questioned
		surveyed restored borrowed drained named rebuilt closed weighed photographed mapped planted delivered`)
	things = strings.Fields(`bridge canal orchard lighthouse tramway quarry archive ferry chapel reservoir mill harbour tunnel
		greenhouse library warehouse observatory market dam footpath meadow cellar barge windmill railway museum kiln ditch pier well`)
	looks = strings.Fields(`old wooden narrow flooded empty crowded distant stone unfinished abandoned public frozen sunken
		white crooked private rusty steep quiet newly-built shallow red`)
	whens = strings.Split("on Monday|after midnight|in the spring|before the summit|during the talks|at the opening|on the second day|last winter|in front of residents|under an agreement|without explanation|for the first time", "|")
)

const sentences = 8192

// desk writes the stories, the same on every machine. Its sentences are written beforehand, because writing copy must
// not cost the line what it costs the bare broker nothing.
type desk struct{ sentences [sentences]string }

func newDesk() *desk {
	var d desk
	r := rand.New(rand.NewPCG(14, 5))
	one := func(of []string) string { return of[r.IntN(len(of))] }
	for i := range d.sentences {
		d.sentences[i] = fmt.Sprintf("The %s %s %s the %s %s and %d other %ss %s",
			one(kinds), one(people), one(deeds), one(looks), one(things), 2+r.IntN(900), one(things), one(whens))
	}
	return &d
}

// document is the n-th story: wire copy of about 4 KB with a dateline and the credits of two agencies, unlike every
// other.
func (d *desk) document(n int) wiredesk.Raw {
	r := rand.NewPCG(14, uint64(n))
	one := func() string { return d.sentences[r.Uint64()%sentences] }
	text := make([]byte, 0, storySize+512)
	text = append(text, one()...)
	text = append(text, "\n\n"...)
	text = append(text, datelines[n%len(datelines)]...)
	first := n / len(datelines) % len(credits)
	text = append(append(text, one()...), credits[first]...)
	for paragraph := 1; len(text) < storySize; paragraph++ {
		text = append(text, "\n\n"...)
		for range 3 {
			text = append(append(text, one()...), ". "...)
		}
		if paragraph == 2 {
			text = append(append(text, one()...), credits[(first+1)%len(credits)]...)
		}
	}
	return wiredesk.Raw{Feed: feed, Via: "bench", URI: uri(n), Version: "1", Bytes: append(text, '\n')}
}
