package text

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var byForm = regexp.MustCompile(`^(?:By|BY|by|Von|Par|Por|Di|Da|Door|Av|От|Автор:?|بقلم|كتب[ت]?:?|نوشته)[:\s]+(\S.{1,80})$`)

// byline is who a line such as "By Ana Brück and Lee Oduya" names; empty where the line is none.
func byline(line string) string {
	g := byForm.FindStringSubmatch(line)
	if g == nil || strings.HasSuffix(line, ".") && !initialled(line) || len(strings.Fields(g[1])) > 10 || !named(g[1]) {
		return ""
	}
	return strings.TrimSpace(g[1])
}

// initialled says that a final full stop belongs to an initial.
func initialled(line string) bool {
	words := strings.Fields(line)
	return utf8.RuneCountInString(words[len(words)-1]) <= 4
}

// particles are small words within names.
var particles = map[string]bool{
	"and": true, "und": true, "et": true, "y": true, "e": true, "de": true, "da": true, "del": true, "della": true, "di": true, "du": true, "la": true, "le": true,
	"van": true, "von": true, "der": true, "den": true, "ten": true, "bin": true, "ibn": true, "al": true, "el": true, "dos": true, "in": true, "for": true, "with": true,
}

// named says that every word is a name's: capitalised, or of a script without capitals, or a particle.
func named(words string) bool {
	for _, w := range strings.Fields(words) {
		w = strings.Trim(w, ",.;()/")
		first, _ := utf8.DecodeRuneInString(w)
		if w == "" || particles[strings.ToLower(w)] || unicode.IsUpper(first) || strings.HasPrefix(w, "al-") || strings.HasPrefix(w, "d'") {
			continue
		}
		if unicode.IsLower(first) || !unicode.IsLetter(first) {
			return false
		}
	}
	return true
}

// signed is the name that closes a text on a line of its own: "Nadia Orsini", "By Lee Oduya", "N.O.".
func signed(last string) string {
	line := strings.TrimSpace(last)
	if strings.Contains(line, "\n") {
		line = strings.TrimSpace(line[strings.LastIndexByte(line, '\n')+1:])
	}
	if by := byline(line); by != "" {
		return by
	}
	words := strings.Fields(line)
	if len(words) < 2 || len(words) > 4 || strings.ContainsAny(line, ".:!?()[]/*\"0123456789") {
		return ""
	}
	upper := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			upper++
		} else if !particles[w] {
			return ""
		}
	}
	if upper < 2 || strings.ToUpper(line) == line {
		return ""
	}
	return line
}
