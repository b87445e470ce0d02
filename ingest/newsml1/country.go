package newsml1

import (
	"strings"

	"golang.org/x/text/language"

	"github.com/wiredesk/wiredesk/internal/draft"
)

// alpha2 is a country's two-letter code: agencies send the one of three letters. A name is left as it is.
func alpha2(country string) string {
	country = strings.TrimSpace(country)
	if len(country) != 3 || strings.ToUpper(country) != country {
		return country
	}
	r, err := language.ParseRegion(country)
	if err != nil || !r.IsCountry() {
		return country
	}
	if code := r.String(); len(code) == 2 {
		return code
	}
	return country
}

func (it *item) pressRelease() {
	it.Genre(draft.Coded{Name: "Press Release", QCode: "genre:Press_Release"})
}
