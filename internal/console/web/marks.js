// The text of a story with what was found in it marked: who is credited, by which words, for what; speakers, places,
// names. Spans count bytes of UTF-8; a browser counts otherwise.
import {h, plain, tongue} from './dom.js';

const outlets = ['origin', 'cited_outlet', 'venue'];
export const roles = {
  origin: 'Whose copy it is', cited_outlet: 'Credited outlet', venue: 'Where it was said', speaker: 'Speaker', document: 'Document',
  byline: 'Byline', affiliation: 'Affiliation', poll: 'Poll',
};
const cues = {
  verb: 'a verb of saying', prep_front: 'words before it', prep_tail: 'words after it', verb_medial: 'a verb in the middle',
  headline_colon_prefix: 'the name before a colon', headline_colon_suffix: 'the name after a colon', paren: 'brackets', slash: 'slashes',
  dateline: 'the dateline', signoff: 'the sign-off', continuation: 'what was said before',
};

// offsets turns byte offsets into those of the string.
function offsets(text, wanted) {
  const sorted = [...new Set(wanted)].sort((a, b) => a - b);
  const out = new Map();
  let bytes = 0;
  let at = 0;
  let next = 0;
  while (next < sorted.length && at <= text.length) {
    while (next < sorted.length && sorted[next] <= bytes) out.set(sorted[next++], at);
    if (at === text.length) break;
    const code = text.codePointAt(at);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += code > 0xffff ? 2 : 1;
  }
  for (; next < sorted.length; next++) out.set(sorted[next], text.length);
  return out;
}

// layers are all marks of an article: what may be asked about first, then what only shows.
function layers(a) {
  const all = [];
  const add = (kind, span, about, weight) => {
    if (span && span.end > span.start) all.push({kind, start: span.start, end: span.end, about, weight});
  };
  const credits = [...(a.attributions || [])].sort((x, y) => outlets.includes(y.role) - outlets.includes(x.role));
  for (const at of credits) {
    add(outlets.includes(at.role) ? 'outlet' : 'person', at.source, {credit: at}, 1);
    if (at.cue) add('cue', at.cue, {credit: at}, 0);
    for (const c of at.content || []) add('said', c, {credit: at}, 0);
  }
  for (const p of a.places || []) add('place', p, {place: p}, 1);
  for (const p of a.people || []) add('name', p, {person: p}, 1);
  for (const o of a.organisations || []) add('name', o, {organisation: o}, 1);
  for (const q of a.quotes || []) add('quote', q, {}, 0);
  if (a.dateline) add('dateline', a.dateline, {dateline: a.dateline}, 0);
  if (a.headline) add('title', a.headline, {}, 0);
  for (const s of a.sections || []) if (s.title) add('section', {start: s.start, end: s.start + new TextEncoder().encode(s.title).length}, {}, 0);
  return all;
}

// marked is the article's text as paragraphs. Asking about a mark calls ask with it and its element.
export function marked(article, ask) {
  const text = article.text || '';
  const all = layers(article);
  const at = offsets(text, all.flatMap((m) => [m.start, m.end]));
  for (const m of all) {
    m.from = at.get(m.start);
    m.to = at.get(m.end);
  }
  // Of marks that may be asked about, none stands in another: outlets win, then what begins first.
  const askable = [];
  for (const m of all.filter((m) => m.weight)) if (!askable.some((o) => m.from < o.to && o.from < m.to)) askable.push(m);
  askable.sort((a, b) => a.from - b.from);
  const quiet = all.filter((m) => !m.weight);
  const body = h('div', {class: 'copy', lang: tongue(article.item?.language)});
  for (const [from, to] of paragraphs(text)) {
    const title = quiet.some((m) => m.kind === 'title' && m.from <= from && m.to >= to);
    const section = quiet.some((m) => m.kind === 'section' && m.from === from);
    const p = h(title ? 'h2' : section ? 'h3' : 'p', {dir: 'auto'});
    const lang = (article.languages || []).find((l) => at.has(l.start) && at.get(l.start) <= from);
    if (lang) p.lang = tongue(lang.language) || '';
    fill(p, text, from, to, askable, quiet, ask);
    body.append(p);
  }
  return body;
}

function paragraphs(text) {
  const out = [];
  for (const m of text.matchAll(/\S[^]*?(?=\s*\n[ \t\u3000]*\n|\s*$(?![^]))/g)) out.push([m.index, m.index + m[0].length]);
  return out;
}

function fill(p, text, from, to, askable, quiet, ask) {
  let last = from;
  for (const m of askable.filter((m) => m.from >= from && m.from < to)) {
    pieces(p, text, last, m.from, quiet);
    const el = h('span', {
      class: ['mark', 'm-' + m.kind], role: 'button', tabindex: '0', 'aria-haspopup': 'dialog', 'data-credit': m.about.credit?.id,
    });
    pieces(el, text, m.from, Math.min(m.to, to), quiet);
    el.addEventListener('mouseenter', () => ask(m.about, el, false));
    el.addEventListener('focus', () => ask(m.about, el, false));
    el.addEventListener('mouseleave', () => ask(null));
    el.addEventListener('blur', () => ask(null));
    el.addEventListener('click', () => ask(m.about, el, true));
    el.addEventListener('keydown', (e) => {
      if (e.key === 'Enter' || e.key === ' ') {
        e.preventDefault();
        e.stopPropagation();
        ask(m.about, el, true);
      }
    });
    p.append(el);
    last = Math.min(m.to, to);
  }
  pieces(p, text, last, to, quiet);
}

// pieces appends text, cut where a quiet mark begins or ends.
function pieces(parent, text, from, to, quiet) {
  if (from >= to) return;
  const here = quiet.filter((m) => m.from < to && m.to > from);
  const cuts = [...new Set([from, to, ...here.flatMap((m) => [m.from, m.to])])].filter((c) => c >= from && c <= to).sort((a, b) => a - b);
  for (let i = 0; i + 1 < cuts.length; i++) {
    const over = here.filter((m) => m.from <= cuts[i] && m.to >= cuts[i + 1]);
    const words = plain(text.slice(cuts[i], cuts[i + 1]));
    const kinds = [...new Set(over.map((m) => m.kind))].filter((k) => k !== 'title' && k !== 'section');
    if (!kinds.length) {
      parent.append(words);
      continue;
    }
    const ids = over.filter((m) => m.kind === 'said').map((m) => m.about.credit.id);
    parent.append(h('span', {class: kinds.map((k) => 'm-' + k), 'data-said': ids.length ? ' ' + ids.join(' ') + ' ' : undefined}, words));
  }
}

const percent = (x) => `${Math.round(100 * x)} %`;

// about tells what is known of a mark.
export function about(what, article) {
  if (what.credit) return credit(what.credit, article);
  if (what.place) return [h('strong', {}, plain(what.place.name)), h('p', {}, 'Place', what.place.country && ` in ${what.place.country}`)];
  const one = what.person || what.organisation;
  return [h('strong', {dir: 'auto'}, plain(one.name)), h('p', {}, what.person ? 'Person' : 'Organisation', one.id && ` · ${plain(one.id)}`)];
}

function credit(at, article) {
  const inside = (article.attributions || []).find((o) => o.id === at.parent);
  const rows = [
    ['Role', roles[at.role] || at.role],
    at.source.id && ['Known as', plain(at.source.id)],
    at.cue && ['By', cues[at.cue.type] || at.cue.type],
    (at.scope || at.inferredScope) && ['For the', at.scope || at.inferredScope],
    at.speech && at.speech !== 'none' && ['Speech', at.speech],
    inside && ['Inside', plain(inside.source.name)],
    at.via && ['Through', plain(at.via)],
    at.rules?.length && ['Rules', at.rules.join(', ')],
  ].filter(Boolean);
  return [h('div', {class: 'sure'}, h('strong', {dir: 'auto'}, plain(at.source.name || '?')), h('span', {class: 'score'}, percent(at.confidence))),
    h('dl', {class: 'facts'}, rows.map(([k, v]) => [h('dt', {}, k), h('dd', {dir: 'auto'}, v)]))];
}
