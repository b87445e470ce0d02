package wiretime

import (
	"strings"
	"time"
)

// monthOf is the month a word names, in the languages of the wire and their short forms; 0 when it names none. Arabic
// names come in both manners, that of Cairo and that of Damascus; where the latter is two words, they are joined by a
// space.
func monthOf(word string) int {
	if word == "" {
		return 0
	}
	return months[word]
}

var months = index([12]string{
	"january jan januar jänner janvier janv enero ene gennaio gen janeiro janv januari stycznia styczeń sty января январь янв يناير كانون_الثاني ocak ιανουαρίου leden ledna ianuarie januára januara tammikuu tammikuuta ژانویه січня січень",
	"february feb februar februari février fevrier févr fevr febrero febbraio fevereiro fev lutego luty lut февраля февраль фев فبراير شباط şubat φεβρουαρίου únor února februarie helmikuu helmikuuta فوریه лютого лютий",
	"march mar märz mrz maerz mars marzo março maart marca marzec марта март мар مارس آذار mart μαρτίου březen března martie maaliskuu maaliskuuta березня березень",
	"april apr avril avr abril abr aprile apr kwietnia kwiecień kwi апреля апрель апр أبريل ابريل إبريل نيسان nisan απριλίου duben dubna aprilie huhtikuu huhtikuuta آوریل квітня квітень",
	"may mai mayo maggio mag maio mei maja maj мая май مايو أيار ايار mayıs μαΐου květen května toukokuu toukokuuta مه травня травень",
	"june jun juni juin junio giugno giu junho czerwca czerwiec cze июня июнь июн يونيو حزيران haziran ιουνίου červen června iunie kesäkuu kesäkuuta ژوئن червня червень",
	"july jul juli juillet juil julio luglio lug julho lipca lipiec lip июля июль июл يوليو تموز temmuz ιουλίου červenec července iulie heinäkuu heinäkuuta ژوئیه липня липень",
	"august aug août aout agosto ago augustus sierpnia sierpień sie августа август авг أغسطس اغسطس آب ağustos αυγούστου srpen srpna elokuu elokuuta اوت серпня серпень",
	"september sep sept septembre septiembre settembre set setembro września wrzesień wrz сентября сентябрь сен сент سبتمبر أيلول ايلول eylül σεπτεμβρίου září septembrie syyskuu syyskuuta سپتامبر вересня вересень",
	"october oct oktober okt octobre octubre ottobre ott outubro out października październik paź октября октябрь окт أكتوبر اكتوبر تشرين_الأول ekim οκτωβρίου říjen října octombrie lokakuu lokakuuta اکتبر жовтня жовтень",
	"november nov novembre noviembre novembro listopada listopad lis ноября ноябрь ноя نوفمبر تشرين_الثاني kasım νοεμβρίου noiembrie marraskuu marraskuuta نوامبر листопада листопад",
	"december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro grudnia grudzień gru декабря декабрь дек ديسمبر كانون_الأول aralık δεκεμβρίου prosinec prosince decembrie joulukuu joulukuuta دسامبر грудня грудень",
})

func index(rows [12]string) map[string]int {
	m := make(map[string]int, 300)
	for i, row := range rows {
		for word := range strings.FieldsSeq(row) {
			m[strings.ReplaceAll(word, "_", " ")] = i + 1
		}
	}
	return m
}

// weekdayOf is the weekday a word names.
func weekdayOf(word string) (time.Weekday, bool) {
	d, ok := weekdays[word]
	return d, ok
}

var weekdays = days([7]string{
	"sunday sun sonntag so dimanche dim domingo domenica zondag воскресенье воскресенья niedziela niedzielę الأحد الاحد یکشنبه یک\u200cشنبه pazar",
	"monday mon montag mo lundi lun lunes lunedì segunda-feira maandag понедельник понедельника poniedziałek الاثنين الإثنين دوشنبه pazartesi",
	"tuesday tue tues dienstag di mardi martes martedì terça-feira dinsdag вторник вторника wtorek الثلاثاء سه\u200cشنبه salı",
	"wednesday wed mittwoch mi mercredi mer miércoles mercoledì quarta-feira woensdag среда среду среды środa środę الأربعاء الاربعاء چهارشنبه çarşamba",
	"thursday thu thur thurs donnerstag do jeudi jeu jueves giovedì quinta-feira donderdag четверг четверга czwartek الخميس پنجشنبه پنج\u200cشنبه perşembe",
	"friday fri freitag fr vendredi ven viernes venerdì sexta-feira vrijdag пятница пятницу пятницы piątek الجمعة جمعه cuma",
	"saturday sat samstag sonnabend sa samedi sam sábado sabato zaterdag суббота субботу субботы sobota sobotę السبت شنبه cumartesi",
})

func days(rows [7]string) map[string]time.Weekday {
	m := make(map[string]time.Weekday, 120)
	for i, row := range rows {
		for word := range strings.FieldsSeq(row) {
			m[word] = time.Weekday(i)
		}
	}
	return m
}

// dayWord is how many days after the receipt a word points.
func dayWord(word string) (int, bool) {
	switch word {
	case "today", "tonight", "heute", "hoy", "oggi", "hoje", "vandaag", "сегодня", "اليوم":
		return 0, true
	case "tomorrow", "demain", "mañana", "domani", "amanhã", "завтра", "غدا", "غداً":
		return 1, true
	}
	return 0, false
}

// filler are words that may stand in a time field and mean nothing.
func filler(word string) bool {
	switch word {
	case "at", "on", "of", "the", "um", "am", "den", "der", "le", "à", "a", "de", "del", "la", "las", "el", "em", "às", "alle",
		"ore", "op", "om", "uur", "uhr", "h", "hrs", "hours", "в", "г", "года", "час", "часов", "time", "local", "und", "et", "y", "heure", "hora", "ora", "zeit", "времени", "время", "по", "st", "nd",
		"rd", "th", "er", "º", "ª", "o", "'", "kl", "klo", "klokken", "m":
		return true
	}
	return false
}
