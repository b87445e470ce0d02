package lexicon

import "fmt"

// Tag says what part a word plays in the grammar of credit. A word may play several, in several languages.
type Tag uint64

// The parts, with an English example each.
const (
	Report       Tag = 1 << iota // said, warned
	Weak                         // verbs that report only with a clause: believes, found, showed
	Participle                   // saying, adding
	According                    // according to
	Postposed                    // göre, zufolge: according to, standing after the name
	By                           // reported by, quoted by
	Citing                       // citing
	Venue                        // in an interview with
	Tell                         // told: who hears it comes next
	Media                        // news agency, newspaper, television
	MediaQuality                 // state-run, official: makes "media" a source
	Document                     // communiqué, report
	Title                        // president, spokesman: a person who speaks
	Group                        // officials, ministry: a body that speaks
	Pronoun                      // he, they
	Auxiliary                    // has, was
	Determiner                   // the, their
	Preposition                  // of, in
	Conjunction                  // and, but
	Adverb                       // also, later
	Month                        // January; Weight says which
	Weekday                      // Friday
	Kicker                       // Breaking News
	SignOff                      // Reporting by, Enditem
	SourceLabel                  // Source: at the end of a text
	Byline                       // By at the beginning of a line
	Negation                     // not, declined
	Abbreviation                 // Mr, Gov: the stop after it ends no sentence
	Agencies                     // agencies, wire services: several, unnamed
	Clause                       // that: opens reported content
	Region                       // Calif, Ont: after the place of a dateline; Weight says whose, see RegionOf
	Acting                       // what an outlet does for itself: launched, hired
	Given                        // a name by which people are called
	Relay                        // carried, نقلت: what only an outlet does
	Plain                        // said, according to: means nothing else
)

var tagNames = map[string]Tag{
	"report": Report, "weak": Weak, "participle": Participle, "according": According, "postposed": According | Postposed,
	"by": By, "citing": Citing, "venue": Venue, "tell": Tell | Report, "media": Media, "media-quality": MediaQuality,
	"document": Document, "title": Title, "group": Group, "pronoun": Pronoun, "auxiliary": Auxiliary, "determiner": Determiner,
	"preposition": Preposition, "conjunction": Conjunction, "adverb": Adverb, "month": Month, "weekday": Weekday,
	"kicker": Kicker, "sign-off": SignOff, "source-label": SourceLabel, "byline": Byline, "negation": Negation,
	"abbreviation": Abbreviation, "agencies": Agencies, "clause": Clause, "region": Region, "acting": Acting, "given": Given, "plain": Plain, "relay": Relay | Report,
}

var regions = [...]string{1: "US", 2: "CA", 3: "GB"}

// RegionOf is the country that the region named by a cue with the tag Region lies in, as ISO 3166-1 alpha-2, or "".
func RegionOf(e *Entry) string {
	if n := int(e.Weight); e.Tags&Region != 0 && n > 0 && n < len(regions) {
		return regions[n]
	}
	return ""
}

func tagNamed(name string) (Tag, error) {
	t, ok := tagNames[name]
	if !ok {
		return 0, fmt.Errorf("unknown class %q", name)
	}
	return t, nil
}
