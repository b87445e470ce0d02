package linebench

import (
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
	deeds = strings.Fields(`repaired counted inspected described opened sold measured moved painted refused praised questioned
		surveyed restored borrowed drained named rebuilt closed weighed photographed mapped planted delivered`)
	things = strings.Fields(`bridge canal orchard lighthouse tramway quarry archive ferry chapel reservoir mill harbour tunnel
		greenhouse library warehouse observatory market dam footpath meadow cellar barge windmill railway museum kiln ditch pier well`)
	looks = strings.Fields(`old wooden narrow flooded empty crowded distant stone unfinished abandoned public frozen sunken
		white crooked private rusty steep quiet newly-built shallow red`)
	whens = strings.Split("on Monday|after midnight|in the spring|before the summit|during the talks|at the opening|last winter|without explanation", "|")
)

// syllables make names that no other story has.
var syllables = strings.Fields("ka ro mel tin vo sar dun il pa gre no bas ter lu fi hol")

// document is the n-th story: wire copy of about 4 KB with a dateline and the credits of two agencies, the same on
// every machine and unlike every other.
func document(n int) wiredesk.Raw {
	w := &writer{PCG: rand.NewPCG(14, uint64(n)), text: make([]byte, 0, storySize+512)}
	w.sentence("\n\n")
	w.add(datelines[n%len(datelines)])
	first := n / len(datelines) % len(credits)
	w.sentence(credits[first])
	for paragraph := 1; len(w.text) < storySize; paragraph++ {
		w.add("\n\n")
		for range 3 {
			w.sentence(". ")
		}
		if paragraph == 2 {
			w.sentence(credits[(first+1)%len(credits)])
		}
	}
	w.add("\n")
	return wiredesk.Raw{Feed: feed, Via: "bench", URI: uri(n), Version: "1", Bytes: w.text}
}

// writer writes copy without spending much: what it costs, only the line pays.
type writer struct {
	*rand.PCG
	text []byte
}

func (w *writer) add(text string) { w.text = append(w.text, text...) }

func (w *writer) word(before string, of []string) {
	w.add(before)
	w.add(of[w.Uint64()%uint64(len(of))])
}

func (w *writer) name(before string) {
	w.add(before)
	start := len(w.text)
	for range 4 {
		w.word("", syllables)
	}
	w.text[start] -= 'a' - 'A'
}

// sentence has a name in any five words running, so that no story looks like a reprint of another.
func (w *writer) sentence(end string) {
	w.name("")
	w.word(", the ", people)
	w.word(", ", deeds)
	w.name(" the ")
	w.word(" ", things)
	w.word(" and the ", looks)
	w.name(" ")
	w.word(" ", things)
	w.word(" ", whens)
	w.add(end)
}
