package inflect_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/enrich/inflect"
)

func TestForms(t *testing.T) {
	for _, c := range []struct{ term, has string }{
		{"ceasefire", "ceasefire"},
		{"войн%а", "войной"},
		{"мирн%ый договор", "мирного договор"},
		{"ремонт[а|у] моста", "ремонту моста"},
		{"syrisch%de", "syrischen"},
		{"سور%ar", "سورية"},
		{"attack%s", "attacks"},
		{"мирн[ый|ого] план[|а]", "мирного плана"},
	} {
		forms, err := inflect.Forms(c.term)
		if err != nil || !slices.Contains(forms, c.has) {
			t.Errorf("Forms(%q) = %q, %v; want %q among them", c.term, forms, err, c.has)
		}
	}
}

func TestFormsRefusesUnknownPatterns(t *testing.T) {
	for _, term := range []string{"war%zz", "war[s", "a%м b%ый c%o d%s"} {
		if got, err := inflect.Forms(term); err == nil {
			t.Errorf("Forms(%q) = %d forms; want an error", term, len(got))
		}
	}
}

func TestRussian(t *testing.T) {
	for name, want := range map[string]string{
		"Россия": "Россию", "Москва": "Москве", "Пекин": "Пекине", "Тегеран": "Тегерана", "Северная Корея": "Северной Корее",
		"Казань": "Казани", "Токио": "Токио", "Прага": "Праги", "Нью-Йорк": "Нью-Йорке", "Китай": "Китаем", "Путин": "Путиным",
	} {
		if got := inflect.Russian(name); !slices.Contains(got, want) || got[0] != name {
			t.Errorf("Russian(%q) = %s; want %q among them and the name first", name, strings.Join(got, ", "), want)
		}
	}
}
