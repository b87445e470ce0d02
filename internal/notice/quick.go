package notice

import "strings"

// bearing says what a line may bear on: one bit for each set of rules.
type bearing uint16

const (
	embargoes bearing = 1 << iota
	statuses
	corrections
	unpublished
	tests
	daybooks
	schedules
	services
	advisories
	everything bearing = 1<<iota - 1
)

// stems are how the words begin that make a notice, in lower case, by what they bear on: each form of a rule that is in
// Latin letters holds a word with one of the rule's stems.
var stems = byFirst(map[bearing][]string{
	embargoes: {
		"adv", "advan", "ambarg", "antes", "avant", "broadcast", "embarg", "frei", "gesperrt", "hasta", "hfr", "hold", "nicht", "not", "pas",
		"prohib", "pubblic", "publi", "releas", "sperrfrist", "use", "verö", "veröff",
	},
	statuses:    {"annul", "anul", "cancel", "disregard", "elim", "kill", "meldung", "recall", "retir", "withd", "withh", "zurück"},
	corrections: {"annul", "berichtig", "corre", "düzel", "errata", "korek", "korrekt", "korrig", "rectif", "retific", "rettif", "sprost"},
	unpublished: {"broadcast", "informati", "internal", "nicht", "not", "pas", "pubblic", "publi", "verö", "veröff"},
	tests:       {"check", "prueba", "test"},
	daybooks:    {"book", "daybook", "diary", "tagesvorschau", "terminvorschau"},
	schedules:   {"agenda", "coverage", "digest", "list", "news", "planner", "prév", "schedul", "themen"},
	services:    {"mensaje", "message", "service", "technical"},
	advisories:  {"advis", "avis", "hinweis"},
})

// stem is one of the stems and what it bears on.
type stem struct {
	word  string
	bears bearing
}

// byFirst is the stems by their first letter.
func byFirst(words map[bearing][]string) (all [26][]stem) {
	for bears, list := range words {
		for _, w := range list {
			all[w[0]-'a'] = append(all[w[0]-'a'], stem{w, bears})
		}
	}
	return all
}

// foreign are parts of words of which each form in other letters holds one, by the letters: Cyrillic, Arabic, and those of
// East Asia with what is left.
var foreign = [3][]string{
	{"аннул", "анул", "эмбарго", "ембарго", "исправлен", "поправк", "уточнен", "виправлен", "публик", "публік", "друк", "отозван", "служебн", "тест", "проверк"},
	{"نشر", "حظر", "محظور", "لغاء", "يلغى", "تصحيح", "تصحیح", "اصلاحی", "سحب", "نتشار", "منتشر", "ممنوع", "ابطال", "لغو", "حذف", "تحریم"},
	{"禁发", "限时", "解禁", "엠바고", "撤稿", "作废", "废稿", "更正", "订正", "訂正", "i̇ptal"},
}

// farthest is within how many of a notice's first words one has a stem: two more than the longest of the rules needs.
const farthest = 9

// plausible says what a line may bear on at all; nothing where it is no notice. It looks at how the words begin and costs
// a small part of what the rules do; most lines of the wire are news and go no further.
func plausible(line string) bearing {
	line = bare(strings.TrimSpace(line))
	head := line
	if !nonLatinFrame(line) && !addressed.opens(line) {
		head = opening(line, farthest)
	}
	if inForeignLetters(head) {
		return everything
	}
	return stemmed(head)
}

// stemmed says what the words of a line bear on by their stems.
func stemmed(line string) (bears bearing) {
	inWord := false
	for i := 0; i < len(line); i++ {
		c := line[i]
		if c >= 0x80 {
			inWord = inWord || c >= 0xc3 && c != 0xe2
			continue
		}
		if !letter(c) {
			inWord = false
			continue
		}
		if !inWord {
			bears |= begins(line[i:])
		}
		for inWord = true; i+1 < len(line) && letter(line[i+1]); {
			i++
		}
	}
	return bears
}

// inForeignLetters says whether a line holds a part of a word in letters other than Latin.
func inForeignLetters(line string) bool {
	var letters [len(foreign)]bool
	for i := range len(line) {
		switch c := line[i]; {
		case c < 0x80:
		case c >= 0xd0 && c <= 0xd4:
			letters[0] = true
		case c >= 0xd5 && c <= 0xdf:
			letters[1] = true
		case c >= 0xe3 && c <= 0xed || c == 0xc4:
			letters[2] = true
		}
	}
	if letters == [len(foreign)]bool{} {
		return false
	}
	if letters[0] && holdsCyrillic(line) {
		return true
	}
	return letters[1] && holds(line, foreign[1]) || letters[2] && holds(strings.ToLower(line), foreign[2])
}

// holdsCyrillic is holds for Cyrillic letters, large or small, where each part begins a word.
func holdsCyrillic(line string) bool {
	for i := 0; i+4 <= len(line); i++ {
		if line[i] < 0x80 || i > 0 && line[i-1] >= 0x80 {
			continue
		}
		a, b := small(line[i], line[i+1])
		c, d := small(line[i+2], line[i+3])
		for _, part := range foreign[0] {
			if part[1] == b && part[3] == d && part[0] == a && part[2] == c && len(line)-i >= len(part) && strings.EqualFold(line[i:i+len(part)], part) {
				return true
			}
		}
	}
	return false
}

// small is the UTF-8 of a Cyrillic letter as the small one; anything else comes back as it is.
func small(first, second byte) (byte, byte) {
	switch {
	case first == 0xd0 && second >= 0x90 && second < 0xa0:
		return first, second + 0x20
	case first == 0xd0 && second >= 0xa0 && second < 0xb0:
		return first + 1, second - 0x20
	}
	return first, second
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func holds(line string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(line, p) {
			return true
		}
	}
	return false
}

// begins says what a word, which opens with a letter, bears on by its stem.
func begins(word string) (bears bearing) {
	first := (word[0] | 0x20) - 'a'
	if len(word) < 2 || letter(word[1]) && seconds[first]&(1<<((word[1]|0x20)-'a')) == 0 {
		return 0
	}
	for _, s := range stems[first] {
		if len(word) >= len(s.word) && word[1]|0x20 == s.word[1]|0x20 && strings.EqualFold(word[:len(s.word)], s.word) {
			bears |= s.bears
		}
	}
	return bears
}

// seconds are the second letters of the stems by their first, as bits.
var seconds = secondLetters()

func secondLetters() (bits [26]uint32) {
	for first, all := range stems {
		for _, s := range all {
			if letter(s.word[1]) {
				bits[first] |= 1 << (s.word[1] - 'a')
			}
		}
	}
	return bits
}

// closers are how a sentence begins that closes the publishable part, and addressed how a line begins that says whom it
// is for, in lower case.
var (
	closers = byLetter("the following", "end of publis", "not for publi", "below this li", "die folgenden", "nicht zur ver", "les informati", "ne pas publie",
		"la siguiente ", "no publicar", "далее не", "не для пуб", "ليس للنشر")
	addressed = byLetter("achtung", "advisory", "all editors", "anm", "attention", "attn", "avis", "atenci", "bulletin", "clients", "editor", "eds", "hinweis",
		"newsrooms", "nota", "note", "notice", "redaktionen", "subscribers", "внимание")
)

// forms are beginnings of lines by their first letter, last those in other letters than Latin.
type forms [27][]string

func byLetter(all ...string) (f forms) {
	for _, form := range all {
		at := len(f) - 1
		if letter(form[0]) {
			at = int(form[0] - 'a')
		}
		f[at] = append(f[at], form)
	}
	return f
}

// opens says whether a line may open with one of the forms.
func (f *forms) opens(line string) bool {
	head := line[:min(len(line), 16)]
	for i := range len(head) {
		if c := head[i]; c == 0xc5 || c == 0xe1 || c == 0xe2 || c < ' ' {
			return true // it may hold a letter that folds to another one's
		}
	}
	if head == "" {
		return false
	}
	all := f[len(f)-1]
	if letter(head[0]) {
		all = f[(head[0]|0x20)-'a']
	}
	for _, form := range all {
		if len(line) >= len(form) && strings.EqualFold(line[:len(form)], form) {
			return true
		}
	}
	return false
}

// holders are how each form of an embargo begins, in lower case, by its first three letters or fewer.
var holders = [...]string{
	"adv", "amb", "baj", "do ", "emb", "for", "fre", "ges", "hfr", "hol", "ne ", "new", "nic", "nie", "no ", "non", "not", "ond", "pro", "rel", "sob",
	"sot", "sou", "spe", "str", "the", "thi", "und", "zak",
}

// mayHold says whether a line may be an embargo. It costs a small part of what the rules do.
func mayHold(line string) bool {
	if len(line) < 3 || line[0] >= 0x80 || line[1] >= 0x80 || line[2] >= 0x80 {
		return true
	}
	for _, h := range holders {
		if line[0]|0x20 == h[0] && line[1]|0x20 == h[1] && line[2]|0x20 == h[2] {
			return true
		}
	}
	return false
}

// closes says whether a line may close the publishable part. It looks at how the line begins, and is for most lines all
// that is asked of them.
func closes(line string) bool {
	line = bare(line)
	return closers.opens(line) || addressed.opens(line)
}

// opening is how much of a line is its first words.
func opening(line string, words int) string {
	for i := 1; i < len(line); i++ {
		if blank(line[i-1]) && !blank(line[i]) {
			if words--; words == 0 {
				return line[:i]
			}
		}
	}
	return line
}

func blank(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }
