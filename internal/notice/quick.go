package notice

import "strings"

// stems are how the words begin that make a notice, in lower case, by their first letter: each form in the rules that is
// in Latin letters holds a word with one of these stems.
var stems = [26][]string{
	'a' - 'a': {"advis", "advan", "adv", "annul", "anul", "ambarg", "agenda", "antes", "avis", "avant"},
	'b' - 'a': {"berichtig", "book", "broadcast"},
	'c' - 'a': {"cancel", "check", "correc", "correz", "correç", "corre", "coverage"},
	'd' - 'a': {"daybook", "diary", "digest", "disregard", "düzel"},
	'e' - 'a': {"elim", "embarg", "errata"},
	'f' - 'a': {"frei"},
	'g' - 'a': {"gesperrt"},
	'h' - 'a': {"hasta", "hfr", "hinweis", "hold"},
	'i' - 'a': {"informati", "internal"},
	'k' - 'a': {"kill", "korrekt", "korrig", "korek"},
	'l' - 'a': {"list"},
	'm' - 'a': {"meldung", "mensaje", "message"},
	'n' - 'a': {"nicht", "not", "news"},
	'p' - 'a': {"pas", "planner", "prohib", "prueba", "prév", "pubblic", "publi"},
	'r' - 'a': {"recall", "rectif", "releas", "retific", "retir", "rettif"},
	's' - 'a': {"schedul", "service", "sperrfrist", "sprost"},
	't' - 'a': {"tagesvorschau", "technical", "terminvorschau", "test", "themen"},
	'u' - 'a': {"use"},
	'v' - 'a': {"verö", "veröff"},
	'w' - 'a': {"withd", "withh"},
	'z' - 'a': {"zurück"},
}

// foreign are parts of words of which each form in other letters holds one.
var foreign = []string{
	"аннул", "анул", "эмбарго", "ембарго", "исправлен", "поправк", "уточнен", "виправлен", "публик", "друк", "отозван", "служебн", "тест", "проверк",
	"نشر", "حظر", "محظور", "لغاء", "يلغى", "تصحيح", "تصحیح", "اصلاحی", "سحب", "نتشار", "منتشر", "ممنوع", "ابطال", "لغو", "حذف", "تحریم",
	"禁发", "限时", "解禁", "엠바고", "撤稿", "作废", "废稿", "更正", "订正", "訂正", "i̇ptal",
}

// plausible says whether a line may be a notice at all. It looks at how the words begin and costs a small part of what
// the rules do; most lines of the wire are news and go no further.
func plausible(line string) bool {
	inWord, other := false, false
	for i := 0; i < len(line); i++ {
		c := line[i]
		if c >= 0x80 {
			other = other || c >= 0xd0 && c <= 0xdf || c >= 0xe3 && c <= 0xed || c == 0xc4
			inWord = inWord || c >= 0xc3 && c != 0xe2
			continue
		}
		if !letter(c) {
			inWord = false
			continue
		}
		if !inWord && begins(line[i:]) {
			return true
		}
		for inWord = true; i+1 < len(line) && letter(line[i+1]); {
			i++
		}
	}
	return other && holds(strings.ToLower(line), foreign)
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

// begins says whether a word, which opens with a letter, has one of the stems.
func begins(word string) bool {
	first := (word[0] | 0x20) - 'a'
	if len(word) < 2 || letter(word[1]) && seconds[first]&(1<<((word[1]|0x20)-'a')) == 0 {
		return false
	}
	for _, s := range stems[first] {
		if len(word) >= len(s) && word[1]|0x20 == s[1]|0x20 && strings.EqualFold(word[:len(s)], s) {
			return true
		}
	}
	return false
}

// seconds are the second letters of the stems by their first, as bits.
var seconds = secondLetters()

func secondLetters() (bits [26]uint32) {
	for first, words := range stems {
		for _, s := range words {
			if letter(s[1]) {
				bits[first] |= 1 << (s[1] - 'a')
			}
		}
	}
	return bits
}

// closers are how a line begins that may close the publishable part, in lower case: the sentences themselves, and whom
// they address.
var closers = []string{
	"the following", "end of publis", "not for publi", "below this li", "die folgenden", "nicht zur ver", "les informati", "ne pas publie",
	"la siguiente ", "no publicar",
	"achtung", "advisory", "all editors", "anm", "attention", "attn", "avis", "atenci", "bulletin", "clients", "editor", "eds", "hinweis",
	"newsrooms", "nota", "note", "notice", "redaktionen", "subscribers",
}

// closes says whether a line may close the publishable part. It looks at how the line begins, and is for most lines all
// that is asked of them.
func closes(line string) bool {
	line = strings.TrimLeft(line, decoration)
	head := line[:min(len(line), 13)]
	for i := range len(head) {
		if head[i] >= 0x80 || head[i] < ' ' {
			return true // in other letters
		}
	}
	for _, c := range closers {
		if len(line) >= len(c) && line[0]|0x20 == c[0] && strings.EqualFold(line[:len(c)], c) {
			return true
		}
	}
	return false
}
