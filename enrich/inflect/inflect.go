// Package inflect writes out the forms that a word takes in running text, so that a table of names and terms can give
// one form and be found in all of them. It knows regular patterns only: an irregular form belongs in the table.
package inflect

import (
	"fmt"
	"strings"
)

// patterns are the endings of the classes that tables may name after a stem: "войн%а" is война and its cases.
var patterns = map[string][]string{
	// Russian
	"м":  {"", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"},  // завод
	"к":  {"", "а", "у", "ом", "е", "и", "ов", "ам", "ами", "ах"},  // банк
	"ь":  {"ь", "я", "ю", "ем", "е", "и", "ей", "ям", "ями", "ях"}, // водитель
	"ж":  {"ь", "и", "ью", "ей", "ям", "ями", "ях"},                // нефть
	"а":  {"а", "ы", "е", "у", "ой", "", "ам", "ами", "ах"},        // мина
	"г":  {"а", "и", "е", "у", "ой", "", "ам", "ами", "ах"},        // книга
	"я":  {"я", "и", "ю", "ей", "е", "ям", "ями", "ях", "й"},       // коалиция
	"о":  {"о", "а", "у", "ом", "е", "", "ам", "ами", "ах"},        // дело
	"е":  {"е", "я", "ю", "ем", "и", "й", "ям", "ями", "ях"},       // соглашение
	"ый": {"ый", "ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми"},
	"ий": {"ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими"},
	// German adjectives and nouns
	"de":  {"", "e", "er", "es", "en", "em"},
	"den": {"", "e", "en", "s", "es", "er", "ern"},
	// Spanish, Portuguese, Italian and French adjectives and nouns
	"o":   {"o", "a", "os", "as"},
	"n":   {"", "a", "es", "as"},
	"s":   {"", "s"},
	"es":  {"", "es"},
	"fr":  {"", "e", "s", "es"},
	"al":  {"al", "ale", "aux", "ales"},
	"ien": {"en", "enne", "ens", "ennes"},
	// Arabic adjectives of belonging: سوري سورية سوريون …
	"ar": {"ي", "ية", "يون", "يين", "يان", "يات", "يا"},
	// Turkish after a front vowel and after a back one
	"tre": {"", "i", "e", "in", "de", "den", "ler", "leri", "lerin", "lere", "lerde", "lerden", "le", "iyle", "inin", "ine", "ini", "inde", "inden"},
	"tra": {"", "ı", "a", "ın", "da", "dan", "lar", "ları", "ların", "lara", "larda", "lardan", "la", "ıyla", "ının", "ına", "ını", "ında", "ından"},
}

// Forms are the forms of a term. A word may end in % and the name of a pattern, or carry alternatives in brackets:
// "ремонт[а|у]" is ремонта and ремонту; a term with neither is its own only form. Words with as many forms as the word
// before agree with it, form by form: "мирн[ый|ого] план[|а]" is мирный план and мирного плана. Otherwise every form
// of one is combined with every form of the others; a term with more than 160 forms is an error, as is a pattern that
// does not exist.
func Forms(term string) ([]string, error) {
	forms := []string{""}
	var last []string
	for i, word := range strings.Fields(term) {
		next, err := variants(word)
		if err != nil {
			return nil, err
		}
		if len(next) > 1 && len(next) == len(last) {
			forms = agree(forms, next)
		} else {
			forms = join(forms, next, i > 0)
		}
		if len(forms) > maxForms {
			return nil, fmt.Errorf("inflect: %q has %d forms, the limit is %d", term, len(forms), maxForms)
		}
		last = next
	}
	return forms, nil
}

// agree adds to each form the variant that stands in the same place as its own last word.
func agree(forms, next []string) []string {
	for i := range forms {
		forms[i] += " " + next[i%len(next)]
	}
	return forms
}

const maxForms = 160

func variants(word string) ([]string, error) {
	if stem, name, ok := strings.Cut(word, "%"); ok {
		endings, known := patterns[name]
		if !known {
			return nil, fmt.Errorf("inflect: unknown pattern %%%s in %q", name, word)
		}
		return attach(stem, endings, ""), nil
	}
	stem, rest, ok := strings.Cut(word, "[")
	if !ok {
		return []string{word}, nil
	}
	inside, tail, ok := strings.Cut(rest, "]")
	if !ok {
		return nil, fmt.Errorf("inflect: no ] after [ in %q", word)
	}
	return attach(stem, strings.Split(inside, "|"), tail), nil
}

func attach(stem string, endings []string, tail string) []string {
	out := make([]string, len(endings))
	for i, e := range endings {
		out[i] = stem + e + tail
	}
	return out
}

func join(left, right []string, space bool) []string {
	sep := ""
	if space {
		sep = " "
	}
	out := make([]string, 0, len(left)*len(right))
	for _, l := range left {
		for _, r := range right {
			out = append(out, l+sep+r)
		}
	}
	return out
}
