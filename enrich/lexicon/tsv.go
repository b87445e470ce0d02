package lexicon

import (
	"errors"
	"fmt"
	"strings"
)

// Rows reads a data file: a row a line, fields parted by tabs, # at the beginning of a line for comments, empty lines
// left out. Each row is handed to read; its errors come back joined, each with the file and the line.
func Rows(file, data string, read func(fields []string) error) error {
	var faults []error
	for n, line := range strings.Split(data, "\n") {
		line = strings.TrimRight(line, "\r")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := read(strings.Split(line, "\t")); err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", file, n+1, err))
		}
	}
	return errors.Join(faults...)
}
