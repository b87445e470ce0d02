package notice

import (
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk"
)

// end is what must follow a word that stands for itself: nothing, or punctuation that sets it off from the rest.
const end = `\s*(?:$|[:;)\]*!/]|[-–—]+(?:\s|$)|\.\s*$|\.{2,})`

// addressees are the words with which a note turns to its readers: "Eds:", "Attention editors -".
var addressees = regexp.MustCompile(`^(?i:(?:attention|attn|note to|notice to|advisory to|bulletin)?\s*` +
	`(?:eds|editors?|all editors|subscribers|clients|newsrooms|editor'?s note|note|notice|nota|hinweis|anm(?:erkung)?\.? d(?:er|\.)? red(?:aktion|\.)?|` +
	`redaktionen|achtung redaktionen|attention rédactions?|avis aux rédactions|atención editores|внимание редакций))\s*[:\-–—]+\s*`)

// decoration is what stands in front of a notice to catch the eye.
const decoration = " \t*#=>-–—+[({<\"'“«•_/!~\u00a0\u200e\u200f\ufeff"

// bare cuts the decoration off.
func bare(line string) string {
	if line != "" && letter(line[0]) {
		return line
	}
	return strings.TrimLeft(line, decoration)
}

// undecorated cuts off what only frames a notice: stars, brackets, dashes, and whom it addresses.
func undecorated(line string) string {
	line = bare(line)
	for range 2 {
		line = line[len(addressees.FindString(line)):]
	}
	return strings.TrimRight(line, " \t*#=<]\u00a0")
}

// kills are the words that take copy back for good. One-word forms must be in capitals and set off: "KILL:" is an
// order, "Kill Bill" is a film.
var kills = regexp.MustCompile(`^(?:` +
	`(?i:(?:mandatory|bulletin|urgent)[ -]+kill|kill[ -]+mandatory|kill[ -]+(?:notice|advisory|order))\b` +
	`|(?i:(?:please\s+)?(?:kill|disregard|eliminate)\s+(?:the\s+|this\s+|our\s+|an?\s+)?(?:earlier\s+|previous\s+|entire\s+)?(?:story|item|report|copy|dispatch|article|alert)\b)` +
	`|(?:BC-\S+\s+)?(?:KILL|KILLED|ELIMINATION|ELIM|CANCELLATION|CANCELED|CANCELLED|RECALL)` + end +
	`|(?:[A-Z]{2}-)?[A-Z][\w/&-]*,\s*(?:\S+\s+)?KILL` + end +
	`|(?i:annullierung|annulliert|meldung (?:wird )?(?:annulliert|zurückgezogen)|bitte (?:die )?meldung nicht verwenden)` + `(?:[^\p{L}]|$)` +
	`|(?i:dépêche annulée|prière d['’]annuler|veuillez annuler)` + `(?:[^\p{L}]|$)|(?:ANNULATION|ANNULÉE?)` + end +
	`|(?i:rogamos anul|por favor anul)|(?:ANULACIÓN|ANULADA|ANULADO|ANULAÇÃO|CANCELAMENTO|ANNULLAMENTO|ANULOWANIE|İPTAL)` + end +
	`|(?i:(?:сообщение|новость) аннулир|просьба аннулировать)|(?:АННУЛИРОВАНИЕ|АННУЛЯЦИЯ|АННУЛИРОВАНО|АНУЛЬОВАНО)` + end +
	`|(?:إلغاء (?:ال)?خبر|الغاء (?:ال)?خبر|يلغى الخبر|يرجى إلغاء)` +
	`|(?:ابطال خبر|لغو خبر|حذف خبر)|(?:撤稿|作废|废稿)` + `)`)

// withdrawals are milder: stop using it, without a duty to remove what went out.
var withdrawals = regexp.MustCompile(`^(?:(?:STORY )?(?:WITHDRAWN|WITHDRAWAL|WITHHELD|WITHHOLD)` + end +
	`|(?i:(?:this|the) (?:story|item|report|article|dispatch) (?:has been|is|was) (?:withdrawn|withheld))` +
	`|(?i:(?:story|item|report) withdrawn)` + end +
	`|(?:ZURÜCKGEZOGEN|RETIRÉE?|RETIRADA|RETIRADO|ОТОЗВАНО)` + end + `|(?:سحب (?:ال)?خبر))`)

// corrects are the words that say this version mends an earlier one.
var corrects = regexp.MustCompile(`^(?:` +
	`(?i:(?:correction|corrected|corrective|corrected repeat|correction official)` + end + `)` +
	`|(?:CORRECTS|CORRECTED|CORRECTING)\b|(?i:corrects)\s+(?i:in|to|spelling|name|date|figure|day|headline|typo|paragraph|\w+ (?:para|paragraph|graf))` +
	`|(?i:corrected (?:version|repeat)|(?:this )?(?:story )?(?:has been )?corrected (?:to|throughout|in))\b` +
	`|(?i:(?:berichtigung|korrektur|korrigierte wiederholung|berichtigte (?:fassung|meldung)|korrigiert)` + end + `)` +
	`|(?i:(?:rectificatif|annule et remplace|rectificación|corrección|fe de errata[s]?|correção|retificação|rettifica|correzione|korekta|sprostowanie|düzeltme|rectificatie)` + end + `)` +
	`|(?i:(?:исправление|поправка|уточнение|виправлення)` + end + `)` +
	`|(?:تصحيح|اصلاحیه|تصحیح)(?:\s*(?:$|[:：\-–—(])|\s+(?:ال)?خبر)|(?:更正|订正|訂正)(?:$|[:：\s(（]))`)

// privates are the classes of copy that is for editors only, in the trade's words.
var privates = []struct {
	reason string
	bears  bearing
	form   *regexp.Regexp
}{
	{"not for publication", unpublished, regexp.MustCompile(`^(?:(?i:(?:the following (?:information )?is )?not (?:intended )?for publication|(?:strictly )?not for (?:broadcast or )?publication|do not publish|for (?:editorial )?information only|for internal use only)` +
		`|(?i:nicht zur veröffentlichung|die folgenden informationen sind nicht zur veröffentlichung|nur zur information)` +
		`|(?i:ne pas publier|non destiné à (?:la )?publication|no publicar|no (?:apto )?para (?:su )?publicación|não publicar|da non pubblicare|non per la pubblicazione)` +
		`|(?i:не для публикации|не для друку)|(?:ليس للنشر|غير مخصص للنشر|غیر قابل انتشار))` + end)},
	{"test line", tests, regexp.MustCompile(`^(?:(?:TEST|TESTING)(?:[ .!*\-–—/]+(?:TEST|TESTING))*[ .!*\-–—]*$|(?i:test[ -]+(?:line|message|story|only|item|please ignore|ignore|transmission|alert|copy|meldung)|this is (?:only )?a test|line[ -]+(?:check|test)|testmeldung|test de ligne|prueba de línea|проверка линии|тестовое сообщение)(?:[^\p{L}]|$))`)},
	{"daybook", daybooks, regexp.MustCompile(`^(?:(?:[A-Z]{2}-)?(?:DAYBOOK|DAY BOOK)` + end + `|(?i:(?:\w+ ){0,2}(?:daybook|day book|diary of events|news diary|tagesvorschau|terminvorschau))` + end + `)`)},
	{"news schedule", schedules, regexp.MustCompile(`^(?i:(?:\w+ ){0,2}(?:news (?:schedule|digest|budget|planner|list|advisory schedule)|list of stories|story list|coverage (?:plan|schedule)|themenliste|themenvorschau|agenda de coberturas|prévisions))` + end)},
	{"service message", services, regexp.MustCompile(`^(?i:service message|servicemeldung|technical note|message de service|mensaje de servicio|служебное сообщение)` + end)},
	{"advisory", advisories, regexp.MustCompile(`^(?:(?:[A-Z]{2}-)?(?:\w+-)?(?:ADVISORY|ADVISORIES)` + end + `|(?i:(?:media|news|press|editorial|editors'?|photo|video|coverage|wire|desk) advisory|advisory to editors|avis aux rédactions|aviso a (?:los )?editores|hinweis an (?:die )?redaktionen)` + end + `)`)},
}

func status(line string) string {
	switch {
	case kills.MatchString(line):
		return wiredesk.Canceled
	case withdrawals.MatchString(line):
		return wiredesk.Withheld
	}
	return ""
}

func private(line string, bears bearing) string {
	for _, p := range privates {
		if bears&p.bears != 0 && p.form.MatchString(line) {
			return p.reason
		}
	}
	return ""
}

// below are sentences that close the publishable part of a text: whatever follows is for editors only.
var below = regexp.MustCompile(`(?i)^(?:the following (?:information |text |note )?is not (?:intended )?for publication` +
	`|(?:end of publishable text|not for publication below(?: this line)?|below this line not for publication)` +
	`|die folgenden informationen sind nicht zur veröffentlichung|nicht zur veröffentlichung` +
	`|les informations suivantes ne sont pas destinées à (?:la |être )?publi|ne pas publier` +
	`|la siguiente información no es para publica|no publicar|not for publication|(?:далее )?не для публикации|ليس للنشر)` +
	`(?:[^\p{L}]|$)`)

// Cut is where the publishable part of a text ends, as a byte offset: the start of the first line after the story has
// begun that says the rest is not for publication, or len(text).
func Cut(text string) int {
	at, begun := 0, false
	for at < len(text) {
		stop := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			stop = at + i + 1
		}
		line := strings.TrimSpace(text[at:stop])
		if begun && len(line) <= longest && closes(line) && plausible(line) != 0 && below.MatchString(undecorated(line)) {
			return at
		}
		begun = begun || line != "" && isStory(line)
		at = stop
	}
	return len(text)
}

// isStory says whether a line is not one that says itself that it is not for publication.
func isStory(line string) bool {
	bears := plausible(line)
	return bears == 0 || private(undecorated(line), bears) == ""
}
