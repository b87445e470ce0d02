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
		lower := c | 0x20
		letter := lower >= 'a' && lower <= 'z'
		if letter && !inWord && begins(line[i:], stems[lower-'a']) {
			return true
		}
		inWord = letter
	}
	return other && holds(strings.ToLower(line), foreign)
}

func holds(line string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(line, p) {
			return true
		}
	}
	return false
}

func begins(word string, stems []string) bool {
	for _, s := range stems {
		if len(word) >= len(s) && word[1]|0x20 == s[1]|0x20 && strings.EqualFold(word[:len(s)], s) {
			return true
		}
	}
	return false
}
