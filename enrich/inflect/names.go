package inflect

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Russian is the cases of a Russian proper name in the singular, the name itself first. Names of several words inflect
// in the last one only, unless the words before are adjectives. Names in -о, -е, -и, -у, -э keep their form.
func Russian(name string) []string {
	words := strings.Split(name, " ")
	last := len(words) - 1
	forms := russianNoun(words[last])
	if last == 0 {
		return forms
	}
	lead := strings.Join(words[:last], " ") + " "
	if ending(words[0], "ая") && last == 1 {
		return feminine(words[0], words[1])
	}
	for i := range forms {
		forms[i] = lead + forms[i]
	}
	return forms
}

// feminine declines adjective and noun together: Северная Корея, Северной Кореи and so on.
func feminine(adjective, noun string) []string {
	stem := strings.TrimSuffix(adjective, "ая")
	var out []string
	for i, n := range russianNoun(noun) {
		end := "ой"
		switch {
		case i == 0:
			end = "ая"
		case ending(n, "у"), ending(n, "ю"):
			end = "ую"
		}
		out = append(out, stem+end+" "+n)
	}
	return out
}

func russianNoun(w string) []string {
	last, size := utf8.DecodeLastRuneInString(w)
	stem := w[:len(w)-size]
	switch {
	case ending(w, "ия"):
		return attach(stem, []string{"я", "и", "ю", "ей"}, "")
	case ending(w, "ский"), ending(w, "цкий"):
		return attach(w[:len(w)-2*size], []string{"ий", "ого", "ому", "им", "ом"}, "")
	case last == 'а' && hushing(stem):
		return attach(stem, []string{"а", "и", "е", "у", "ой", "ей"}, "")
	case last == 'а':
		return attach(stem, []string{"а", "ы", "е", "у", "ой"}, "")
	case last == 'я':
		return attach(stem, []string{"я", "и", "е", "ю", "ей"}, "")
	case last == 'ь':
		return attach(stem, []string{"ь", "и", "ью", "я", "ю", "ем", "е"}, "")
	case last == 'й':
		return attach(stem, []string{"й", "я", "ю", "ем", "е"}, "")
	case ending(w, "ов"), ending(w, "ев"), ending(w, "ин"), ending(w, "ын"):
		return attach(w, []string{"", "а", "у", "ым", "ом", "е"}, "")
	case strings.ContainsRune("бвгдзклмнпрстфхцчшщж", last):
		return attach(w, []string{"", "а", "у", "ом", "е"}, "")
	}
	return []string{w}
}

func hushing(stem string) bool {
	r, _ := utf8.DecodeLastRuneInString(stem)
	return strings.ContainsRune("гкхжчшщ", r)
}

func ending(w, end string) bool { return len(w) > len(end) && strings.HasSuffix(w, end) }

// RussianPerson is the cases of a person's name, each word declined: Владимир Путин, Владимира Путина … The name
// itself stands first. Words that keep their form, foreign ones and the first names of women among them, may come in
// mixtures that no text has; they do no harm in a table of names to look for.
func RussianPerson(name string) []string {
	words := strings.Split(name, " ")
	if len(words) == 1 {
		return russianNoun(name)
	}
	cases := make([][]string, len(words))
	most := 1
	for i, w := range words {
		cases[i] = russianNoun(w)
		most = max(most, len(cases[i]))
	}
	var out []string
	for n := range most {
		parts := make([]string, len(words))
		for i, forms := range cases {
			parts[i] = forms[min(n, len(forms)-1)]
		}
		if joined := strings.Join(parts, " "); !slices.Contains(out, joined) {
			out = append(out, joined)
		}
	}
	return out
}
