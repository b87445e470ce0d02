package main

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

// rewrite puts the fitted factors into the file of rules. Names, order and what each rule is stay as they are.
func rewrite(path string, m *model) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var out strings.Builder
	for line := range strings.Lines(string(data)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(fields) != 3 {
			out.WriteString(line)
			continue
		}
		weight := m.weights[fields[0]]
		if fields[0] == base {
			weight -= m.shift
		}
		fields[1] = strconv.FormatFloat(math.Exp(weight), 'g', 3, 64)
		out.WriteString(strings.Join(fields, "\t") + "\n")
	}
	if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
