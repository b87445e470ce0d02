// Package newscodes knows the codes of the trade: the aliases of IPTC's vocabularies and where they live on the web,
// statuses, item classes and urgencies as the standards spell them. Readers and writers of every format share it.
package newscodes

import "strings"

const root = "http://cv.iptc.org/newscodes/"

// schemes are the aliases that catalogs of IPTC give to its vocabularies, and the aliases that agencies are known to
// use for the same.
func scheme(alias string) string {
	switch strings.ToLower(alias) {
	case "medtop", "mediatopic", "iptcmediatopic":
		return root + "mediatopic/"
	case "subj", "subject", "iptcsubj", "subjectcode", "iptcsubjectcode", "iptcsubjectcodes":
		return root + "subjectcode/"
	case "ninat":
		return root + "ninature/"
	case "cpnat":
		return root + "cpnature/"
	case "stat":
		return root + "pubstatusg2/"
	case "sig":
		return root + "signal/"
	case "genre":
		return root + "genre/"
	case "isrol":
		return root + "infosourcerole/"
	case "crol":
		return root + "creatorrole/"
	case "ctrol":
		return root + "contentprodpartyrole/"
	case "drol":
		return root + "descriptionrole/"
	case "hlrol", "hld":
		return root + "headlinerole/"
	case "nprov":
		return root + "newsprovider/"
	case "rnd":
		return root + "rendition/"
	case "irel":
		return root + "itemrelation/"
	case "scene":
		return root + "scene/"
	case "digsrctype":
		return root + "digitalsourcetype/"
	case "why":
		return root + "whypresent/"
	case "hopaction":
		return root + "hopaction/"
	case "wldreg":
		return root + "worldregion/"
	case "trin":
		return root + "trustindicator/"
	}
	return ""
}

// Split takes a qualified code apart: "medtop:20000007" is alias and code. ok is false where there is no alias.
func Split(qcode string) (alias, code string, ok bool) {
	alias, code, ok = strings.Cut(strings.TrimSpace(qcode), ":")
	return alias, code, ok && alias != "" && code != ""
}

// URI is where a code is at home, empty where its vocabulary is not a known one of IPTC's.
func URI(qcode string) string {
	alias, code, ok := Split(qcode)
	if !ok || strings.ContainsAny(code, " <>\"{}|\\^`") {
		return ""
	}
	if base := scheme(alias); base != "" {
		return base + code
	}
	return ""
}

// Code is the qualified code that a URI of IPTC's stands for: the reverse of [URI] for topics, subject codes and
// genres. Empty for any other.
func Code(uri string) string {
	for alias, path := range map[string]string{"medtop": "mediatopic/", "subj": "subjectcode/", "genre": "genre/", "digsrctype": "digitalsourcetype/"} {
		for _, base := range []string{root, "https" + strings.TrimPrefix(root, "http")} {
			if code, ok := strings.CutPrefix(uri, base+path); ok && code != "" {
				return alias + ":" + code
			}
		}
	}
	return ""
}

// SubjectCode says whether a code is one of IPTC's old eight-digit subject codes, and which level it stands on: 1
// subject, 2 matter, 3 detail.
func SubjectCode(code string) (level int, ok bool) {
	if len(code) != 8 || strings.Trim(code, "0123456789") != "" {
		return 0, false
	}
	switch {
	case code[2:] == "000000":
		return 1, true
	case code[5:] == "000":
		return 2, true
	}
	return 3, true
}
