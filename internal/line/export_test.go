package line

// Patterns are those of everything that the line's HTTP server answers.
func (l *Line) Patterns() []string { return l.web.Patterns() }
