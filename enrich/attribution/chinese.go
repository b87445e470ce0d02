package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// chinese reads what Chinese copy says between an outlet and its verb: 新华社记者昨日从…获悉, X援引Y的话报道说, 据X消息. It
// says false where no outlet is concerned, and the order of words is the common one.
func (r *reading) chinese(tags lexicon.Tag, cue phrase, c clause) (event, bool) {
	switch {
	case !r.tok(cue.first).Is(lexicon.Single) || cue.first >= c.last:
		return event{}, false
	case tags&lexicon.According != 0:
		return r.fromOutlet(cue, c)
	case tags&lexicon.Citing != 0:
		return r.outletCites(cue, c)
	case tags&lexicon.Report != 0 && (cue.last-cue.first > 1 || r.speechRune(cue.first)):
		return r.outletSays(cue, c)
	}
	return event{}, false
}

// fromOutlet reads 据X报道，C and 据X援引Y的话说，C.
func (r *reading) fromOutlet(cue phrase, c clause) (event, bool) {
	end := r.nextMark(cue.last, c)
	who, at := r.pressAt(cue.last, end)
	if who.empty() || end >= c.last-1 {
		return event{}, false
	}
	e := event{cue: cue, cueType: "prep_front", who: who, starts: cue.first, press: true, resume: end, right: phrase{end + 1, c.last}}
	if cited := r.citedIn(at, end); !cited.empty() {
		e.quoted = cited
		return e, true
	}
	return e, r.onlyFiller(at, end)
}

// outletCites reads X援引Y的话说，C: the verb that follows in the same stretch belongs to X.
func (r *reading) outletCites(cue phrase, c clause) (event, bool) {
	first := r.lastMark(cue.first, c)
	who, at := r.pressAt(first, cue.first)
	if who.empty() || !r.onlyFiller(at, cue.first) {
		return event{}, false
	}
	last, verb := r.closingVerb(cue.last, c)
	if verb.empty() {
		return event{}, false
	}
	e := event{cue: cue, cueType: "verb", who: who, starts: first, press: true, resume: verb.last, quoted: r.sourceWords(phrase{cue.last, last})}
	e.right = phrase{r.pastColon(verb.last, c), c.last}
	return e, !e.right.empty()
}

// outletSays reads X此前报道说，C.
func (r *reading) outletSays(cue phrase, c clause) (event, bool) {
	first := r.lastMark(cue.first, c)
	who, at := r.pressAt(first, cue.first)
	if first == cue.first && cue.last-cue.first == 3 {
		who, at = r.pressAt(first, cue.first+2) // 报道称
	}
	if who.empty() || at < cue.first && !r.onlyFiller(at, cue.first) && !r.learned(at, cue) || r.has(cue.first-1, lexicon.Negation) {
		return event{}, false
	}
	e := event{cue: cue, cueType: "verb", who: who, starts: first, press: true}
	e.right = phrase{r.pastColon(cue.last, c), c.last}
	if q := r.quoteEnding(first); q >= 0 && e.right.last-e.right.first < 2 {
		e.left, e.right = r.quotes[q].phrase, phrase{}
	}
	return e, !e.right.empty() || !e.left.empty()
}

// learned says whether an outlet's own reporter found something out: 新华社记者从应急管理部获悉.
func (r *reading) learned(at int32, cue phrase) bool {
	return r.words(cue) == "获悉" && strings.HasPrefix(r.v.Text[r.tok(at).Start:], "记者")
}

// closingVerb is the verb of report after a token in the same stretch, and where the words before it end.
func (r *reading) closingVerb(i int32, c clause) (int32, phrase) {
	end := r.nextMark(i, c)
	for j := i + 1; j < end; j++ {
		tags, last := r.cueAt(j)
		if tags&lexicon.Report == 0 || tags&lexicon.Citing != 0 {
			continue
		}
		if last-j > 1 || last >= c.last || r.ends(last) || last == end {
			return j, phrase{j, last}
		}
	}
	if end < c.last && end > i {
		return end, phrase{end - 1, end}
	}
	return end, phrase{}
}

// pressAt is the outlet that a stretch begins with, whose country or kind may lead, and the token after it; or a word
// such as 该报 for one named before.
func (r *reading) pressAt(first, last int32) (phrase, int32) {
	i := first
	for i < last && r.leadsToOutlet(i) {
		i = max(i+1, r.leadEnd(i))
	}
	if i >= last {
		return phrase{}, first
	}
	if n := r.outletAt[i]; n > 0 {
		h := r.v.Hits(lexicon.Outlet)[n-1]
		if h.Last > last {
			return phrase{}, first
		}
		end := h.Last
		for end < last && (r.mark(end) == '》' || r.mark(end) == '”') {
			end++
		}
		return phrase{h.First, end}, end
	}
	if end := r.chineseReference(i); end > i && end <= last {
		return phrase{i, end}, end
	}
	return phrase{}, first
}

// leadsToOutlet says whether a token may stand between the beginning of a stretch and an outlet's name.
func (r *reading) leadsToOutlet(i int32) bool {
	if r.outletAt[i] > 0 {
		return false
	}
	if r.leadEnd(i) > i || r.has(i, lexicon.Conjunction|lexicon.Adverb) {
		return true
	}
	switch r.surface(i) {
	case "《", "“", "而", "但", "另", "则", "在", "国", "家", "的":
		return true
	}
	return false
}

// leadEnd is the token after a country, a place or a quality of outlets that begins at i.
func (r *reading) leadEnd(i int32) int32 {
	if tags, last := r.cueAt(i); tags&(lexicon.Media|lexicon.MediaQuality|lexicon.Adverb|lexicon.Conjunction) != 0 {
		return last
	}
	if hits := r.v.HitsIn(lexicon.Place, i, i+1); len(hits) > 0 && hits[0].First == i {
		return hits[0].Last
	}
	return i
}

// chineseReference is the token after 该报, 该社 and their like that begin at i, or i.
func (r *reading) chineseReference(i int32) int32 {
	if r.v.Text[r.tok(i).Start:r.tok(min(i+2, int32(len(r.v.Tokens)))-1).End] == "报道" && (i == 0 || r.ends(i-1)) {
		return i + 2
	}
	if r.surface(i) != "该" && r.surface(i) != "这" {
		return i
	}
	rest := r.v.Text[r.tok(i).End:]
	for _, noun := range chineseOutlets {
		if strings.HasPrefix(rest, noun) {
			return i + 1 + runes(noun)
		}
	}
	return i
}

var chineseOutlets = []string{"通讯社", "电视台", "广播公司", "新闻网", "媒体", "网站", "报纸", "电台", "频道", "家媒体", "家报纸", "家通讯社", "报", "社", "台", "刊"}

// referenceSource resolves 该报 to the newest outlet of its section; without one it stays an outlet without an id.
func (r *reading) referenceSource(p phrase) (source, bool) {
	if p.empty() || !r.tok(p.first).Is(lexicon.Single) || r.chineseReference(p.first) != p.last {
		return source{}, false
	}
	m, ok := r.outletCalled(strings.TrimLeft(r.words(p), "该这"))
	if !ok {
		return source{role: wiredesk.RoleCited, name: r.words(p), by: "name", kind: outlet, rules: []string{"press-noun-unlicensed"}}, true
	}
	return source{role: wiredesk.RoleCited, id: m.id, name: m.name, by: "coref_np", kind: outlet, rules: []string{"reference"}}, true
}

// citedIn is whom an outlet cites between two tokens: 援引Y的话.
func (r *reading) citedIn(first, last int32) phrase {
	for i := first; i < last; i++ {
		tags, end := r.cueAt(i)
		if tags&lexicon.Citing == 0 {
			continue
		}
		stop, _ := r.closingVerb(end, clause{first: first, last: min(last+1, int32(len(r.v.Tokens)))})
		return r.sourceWords(phrase{end, min(stop, last)})
	}
	return phrase{}
}

// sourceWords cuts 的话, 的消息 and the like off whom an outlet cites.
func (r *reading) sourceWords(p phrase) phrase {
	text := r.words(p)
	for _, tail := range []string{"的报道", "的消息", "的分析", "的说法", "的话", "报道", "消息", "的", "话"} {
		if strings.HasSuffix(text, tail) {
			p.last -= runes(tail)
			break
		}
	}
	return p
}

// onlyFiller says whether the words between an outlet and its verb tell when, where and in what form it said it.
func (r *reading) onlyFiller(i, last int32) bool {
	for i < last {
		next := r.fillerEnd(i, last)
		if next <= i {
			return false
		}
		i = next
	}
	return true
}

func (r *reading) fillerEnd(i, last int32) int32 {
	if r.mark(i) == '(' {
		return max(i, r.bracketEnd(i, last))
	}
	if r.tok(i).Is(lexicon.Digit) {
		return i + 1
	}
	if r.mark(i) == '《' {
		for j := i + 1; j < last; j++ {
			if r.mark(j) == '》' {
				return j + 1 // 题为《…》的文章
			}
		}
	}
	rest := r.v.Text[r.tok(i).Start:r.tok(last-1).End]
	for _, w := range chineseFillers {
		if strings.HasPrefix(rest, w) {
			return i + runes(w)
		}
	}
	if hits := r.v.HitsIn(lexicon.Place, i, i+1); len(hits) > 0 && hits[0].First == i {
		return hits[0].Last
	}
	return i
}

// chineseFillers stand between an outlet and its verb without being part of either.
var chineseFillers = []string{
	"评论文章", "头版文章", "早些时候", "晚些时候", "官方网站", "网络版", "社论", "评论", "文章", "网站", "刊文", "发文", "撰文", "刊登", "播发", "发表",
	"报道", "消息", "快讯", "记者", "日前", "此前", "近日", "今天", "今日", "昨天", "昨日", "当天", "当日", "随后", "稍早", "稍后", "目前", "凌晨", "上午",
	"下午", "晚间", "晚上", "早间", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "分析", "独家", "最新", "头版", "最早", "首先", "最先", "称",
	"从", "在", "的", "中", "里", "上", "也", "还", "又", "则", "就", "曾", "已", "网", "电", "讯", "日", "月", "年", "时", "》", "”", "一篇",
	"题为", "另外", "同时", "此外", "不过",
}

// nextMark is the mark that ends the stretch of a clause at i.
func (r *reading) nextMark(i int32, c clause) int32 {
	high := min(c.last, i+reachMark)
	for i < high && (!r.ends(i) || r.mark(i) == '”' || r.mark(i) == '“') {
		i++
	}
	return i
}

// lastMark is where the stretch of a clause that holds i begins.
func (r *reading) lastMark(i int32, c clause) int32 {
	low := max(c.first, i-reachMark)
	for i > low {
		if m := r.mark(i - 1); r.ends(i-1) && m != '“' && (m != '”' || i > c.first+1 && r.ends(i-2)) {
			break
		}
		i--
	}
	return i
}

// pastColon is the token after a comma or colon at i.
func (r *reading) pastColon(i int32, c clause) int32 {
	if i < c.last && (r.mark(i) == ',' || r.mark(i) == ':') {
		return i + 1
	}
	return i
}

func runes(s string) int32 { return int32(len([]rune(s))) }
