package web

import (
	"maps"
	"slices"
)

// Patterns are those of everything that the server answers, as http.ServeMux spells them, sorted.
func (s *Server) Patterns() []string {
	all := append(slices.Collect(maps.Keys(s.options.Mount)), "GET /livez", "GET /readyz")
	if s.options.Metrics != nil {
		all = append(all, "GET /metrics")
	}
	slices.Sort(all)
	return all
}
