package score

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// Half says which documents of a set to read: rules are tuned on one half only and reported on the other.
type Half int

// The halves of a set, by the index of the document.
const (
	Tuning Half = iota // even
	Held               // odd
)

// lines decodes the documents of one half of a JSON Lines file.
func lines[T any](path string, half Half, see func(n int, doc T)) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("score: %w", err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 16<<20)
	for n := 0; in.Scan(); n++ {
		if n%2 != int(half) {
			continue
		}
		var doc T
		if err := json.Unmarshal(in.Bytes(), &doc); err != nil {
			return fmt.Errorf("score: %s:%d: %w", path, n+1, err)
		}
		see(n, doc)
	}
	return in.Err()
}
