package newsmlg2

import (
	"regexp"
	"strings"
)

// revision is what stands behind the item's name in a guid of the form urn:newsml:provider:date:name:revision (RFC 3085).
var revision = regexp.MustCompile(`^(urn:newsml:[^:]*:[^:]*:[^:]+):(\d+)[A-Z]?$`)

// cutVersion takes a version off a guid that ends in it: the family is what stands before. In a urn:newsml that is where
// the revision has its place. Elsewhere "…:1132689232" beside version="1132689232" is one; a small number is one where
// what stands before it is a name with a number, as in "item_L8N4712:3", and belongs to the name otherwise.
func cutVersion(guid, version string) (family, suffix string, ok bool) {
	if m := revision.FindStringSubmatch(guid); m != nil && (version == "" || m[2] == version) {
		return m[1], m[2], true
	}
	family, ok = strings.CutSuffix(guid, ":"+version)
	if !ok || version == "" || strings.Trim(version, "0123456789") != "" {
		return guid, version, false
	}
	if name := family[strings.LastIndexByte(family, ':')+1:]; len(version) < 6 && (digits(name) < 3 || digits(name) == len(name)) {
		return guid, version, false
	}
	return family, version, family != ""
}

func digits(s string) int {
	return len(s) - len(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, s))
}
