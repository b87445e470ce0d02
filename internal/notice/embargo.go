package notice

import (
	"regexp"
	"strings"
	"time"
)

// held are openings that mean an embargo whatever follows: where the rest is no time, the end is unknown.
var held = regexp.MustCompile(`^(?i:(?:(?:this|the) (?:story|item|report|copy|article|release|material|text|information) (?:is|are) )?(?:strictly |under (?:strict |an? )?)?` +
	`(?:embargoed (?:until|till|til|for (?:release|publication|use|broadcast)|copy|story|material|by|through)|embargo until|embargo til|embargo till)` +
	`|under (?:a )?(?:strict )?embargo\b|hold for release|hold until|hold till|hfr\b` +
	`|not (?:for|to be) (?:release[d]?|publication|publish(?:ed)?|use[d]?|broadcast)(?: or \w+)? (?:before|until|till|prior to)` +
	`|do not (?:publish|use|release|broadcast|run) (?:before|until|till|prior to)` +
	`|sperrfrist|gesperrt bis|nicht vor \S+.* (?:veröffentlichen|verwenden)|frei(?:gegeben)? ab` +
	`|sous embargo|embargo jusqu|embargo strict|ne pas (?:diffuser|publier|utiliser) avant` +
	`|embargad[oa]s? (?:hasta|para)|embargo hasta|bajo embargo|no (?:publicar|difundir|usar) (?:hasta|antes)|prohibida su (?:difusión|publicación) (?:hasta|antes)` +
	`|(?:embargado|embargo) até|sob embargo|não publicar antes|(?:sotto )?embargo fino a|sotto embargo|non pubblicare prima` +
	`|onder embargo|embargo tot|embargo do|zakaz publikacji do|nie publikować przed|ambargolu|ambargo:` +
	`|эмбарго до|под эмбарго|не публиковать до|не для публикации до|запрет на публикацию до|ембарго до|не публікувати до)` +
	`|^(?:محظور (?:ال)?نشر|حظر (?:ال)?نشر|محظور حتى|يحظر (?:ال)?نشر|لا ينشر (?:قبل|حتى)|غير قابل للنشر (?:قبل|حتى)|ممنوع (?:ال)?نشر (?:قبل|حتى)|النشر محظور` +
	`|ممنوع.?الانتشار|انتشار تا |انتشار قبل|قبل از .+ منتشر ن|تا .+ منتشر ن|غیر.?قابل انتشار تا|(?:اعمال )?تحریم خبری تا|آماده انتشار (?:از|در)` +
	`|禁发|限时发布|解禁时间|解禁|엠바고)`)

// maybe are openings that mean an embargo only where a time or the trade's own words follow: an embargo is also a
// trade ban, and a release also a press officer's.
var maybe = regexp.MustCompile(`^(?i:(?:strict |news )?embargo(?:ed)?(?:\s*[:\-–—]+|\s+(?:lifts?|lifted|ends?|expires?|at|to|time|date|for)\b|\s*\(|\s+\d)|embargoed\s*$|embargo\s*$` +
	`|for (?:release|use|publication)(?:\s*[:,\-–—]+|\s+(?:at|on|after|by|from)\b|\s+(?:\d|(?:` + weekdayNames + `|` + monthNames + `)\b))|release (?:at|on|after|date|time)\b|advance for\b|adv(?:ance)? for\b|adv\s?\d\d\b` +
	`|(?:эмбарго|ембарго|ambargo)\s*[:\-–—]+)`)

// free are openings of the second kind that say the opposite.
var free = regexp.MustCompile(`^(?i:for immediate (?:release|use)|for release (?:immediately|on receipt|at will)|embargo (?:lifted|aufgehoben|levé|levantado)|embargo\s*[:\-–—]+\s*(?:none|lifted|no|kein\w*|aucun|ninguno|нет)\s*$)`)

// trade are words that make an opening of the second kind a notice even where no time can be read.
var trade = regexp.MustCompile(`(?i)\b(?:until|till|before|release[d]?|publication|publish\w*|further notice|a\.?m\.?|p\.?m\.?|gmt|utc|cet|cest|est|edt|bst|hrs|hours|midnight|noon|uhr|tonight|tomorrow|hold|newspapers|delivery|delivered|check against delivery)\b` +
	`|\d{1,2}[:.h]\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|jusqu|hasta|до\s`)

// embargo reads the end of an embargo from a line. It says found where the line is an embargo notice; the time is zero
// where it has no end that can be read with certainty.
func embargo(line string, clock Clock) (until time.Time, found bool) {
	if !mayHold(line) || free.MatchString(line) {
		return time.Time{}, false
	}
	opening := held.FindString(line)
	sure := opening != ""
	if !sure {
		if opening = maybe.FindString(line); opening == "" {
			return time.Time{}, false
		}
	}
	rest := line[len(opening):]
	if strings.ContainsAny(opening, "0123456789۰٠") || nonLatinFrame(opening) {
		rest = line
	}
	for _, words := range []string{before(rest), rest} {
		if t, ok := Until(words, clock); ok {
			return t, true
		}
	}
	bare := strings.Trim(rest, " .*:!)]-–—") == ""
	return time.Time{}, sure || bare && !strings.HasPrefix(strings.ToLower(opening), "for ") || trade.MatchString(rest) || hasDay(rest)
}

// readable says that the end of the embargo could be read if only its zone were known.
func readable(line string, received time.Time) bool {
	until, _ := embargo(line, Clock{Received: received, Zone: time.UTC})
	return !until.IsZero()
}

// before is the part of a line in front of a dash set in spaces: dpa writes the embargo and then the headline.
func before(line string) string {
	for _, dash := range []string{" - ", " – ", " — "} {
		if head, _, ok := strings.Cut(line, dash); ok {
			return head
		}
	}
	return line
}

// nonLatinFrame says that the opening wraps around its time, as Persian does: "until 10:00 is not to be published".
func nonLatinFrame(opening string) bool {
	return strings.HasPrefix(opening, "تا ") || strings.HasPrefix(opening, "قبل از ")
}
