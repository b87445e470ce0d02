// One story: its text with the credits marked, its revisions, its way through the line, who got it, and its originals.
import {h, show, put, copy, time, span, storyLink, plain, tongue, languageName, countryName, count, alone} from './dom.js';
import {get, post} from './api.js';
import {watch} from './live.js';
import {ask, mayAct, tellOff, session, say, title, go} from './app.js';
import {marked, about, roles} from './marks.js';
import {changes as changed} from './diff.js';

const events = {
  new: 'New', update: 'Update', correction: 'Correction', kill: 'Killed', withhold: 'Withheld', embargo: 'Embargoed', release: 'Released',
};

export function open(main, {rest}) {
  const id = rest[0] || '';
  let closed = false;
  let again = 0;
  let shown = 0; // the revision that stands there
  let latest = null;

  async function load() {
    clearTimeout(again);
    try {
      const told = await get('story/' + encodeURIComponent(id));
      if (closed) return;
      latest = told;
      draw(told);
    } catch (err) {
      if (closed) return;
      if (!latest) show(main, alone(err.status === 404 ? 'No such story here' : 'The story cannot be had now', plain(err.message), h('a', {href: '/console/wire'}, 'Back to the wire')));
      if (err.status !== 404) again = setTimeout(load, 2000);
    }
  }

  function draw(told) {
    const a = told.article;
    shown = a.revision;
    title(plain(told.versions.findLast((v) => v.headline)?.headline || a.item?.uri || 'Story'));
    const text = h('section', {class: 'text', 'aria-label': 'The text'});
    const aside = h('aside', {'aria-label': 'What is known of it'});
    const more = h('div', {class: 'more-of-it'});
    show(main, head(told), h('div', {class: 'two'}, text, aside), more);
    body(text, a, told);
    put(aside, facts(told), credits(a), found(a));
    put(more, timeline(told, text), way(told), destinations(told), related(told), originals(told));
  }

  function head(told) {
    const a = told.article;
    const v = told.versions.findLast((x) => x.headline) || {};
    const state = told.versions.at(-1) || {};
    const killed = state.event === 'kill';
    const held = state.event === 'embargo' || state.event === 'withhold';
    return h('header', {class: ['story-head', killed && 'killed', held && 'held']},
      h('p', {class: 'kicker'}, h('span', {class: ['badge', 'b-' + (killed ? 'kill' : held ? 'bulletin' : state.event)]}, events[state.event] || state.event || 'unknown'),
        h('strong', {}, plain(a.provider || told.fate.provider)), h('span', {}, `revision ${state.revision ?? '–'}`), time(told.stored, 'long'),
        a.item?.urgency && h('span', {}, `urgency ${a.item.urgency}`), a.alert && h('span', {class: 'badge b-' + a.alert}, a.alert)),
      copy('h1', v.headline || a.item?.uri || told.story, a.item?.language),
      killed && h('p', {class: 'verdict kill'}, h('strong', {}, 'Killed. Do not use. '), copy('bdi', state.note || state.reason || '')),
      held && h('p', {class: 'verdict held'}, h('strong', {}, 'Held: no subscriber sees it. '), copy('bdi', state.reason || ''), state.until && !state.until.startsWith('0001') && [' Until ', time(state.until, 'long')]),
      h('div', {class: 'buttons'},
        h('button', {type: 'button', class: 'plain danger', disabled: killed, on: {click: () => decree('kill', told)}}, 'Kill …'),
        held && state.event === 'withhold' ? h('button', {type: 'button', class: 'plain', on: {click: () => decree('lift', told)}}, 'Lift the hold …')
          : h('button', {type: 'button', class: 'plain', disabled: killed, on: {click: () => decree('hold', told)}}, 'Hold …'),
        h('a', {class: 'plain', href: '/console/routes?story=' + told.story}, 'Why it goes where')));
  }

  // body shows one revision's text.
  function body(text, a, told) {
    const tip = h('div', {class: 'tip', role: 'tooltip', id: 'tip', hidden: true});
    let pinned = false;
    const askAbout = (what, el, pin) => {
      if (!what) {
        if (!pinned) close();
        return;
      }
      pinned = pin;
      close();
      show(tip, about(what, a));
      tip.hidden = false;
      tip.classList.toggle('pinned', pin);
      const box = el.getClientRects()[0];
      const frame = text.getBoundingClientRect();
      tip.style.left = Math.max(0, Math.min(box.left - frame.left, frame.width - tip.offsetWidth)) + 'px';
      tip.style.top = box.bottom - frame.top + 6 + 'px';
      el.setAttribute('aria-describedby', 'tip');
      if (what.credit) for (const s of text.querySelectorAll(`[data-said*=" ${CSS.escape(what.credit.id)} "]`)) s.classList.add('lit');
    };
    const close = () => {
      tip.hidden = true;
      for (const s of text.querySelectorAll('.lit')) s.classList.remove('lit');
      for (const s of text.querySelectorAll('[aria-describedby]')) s.removeAttribute('aria-describedby');
    };
    open.unpin = () => { const was = !tip.hidden; pinned = false; close(); return was; };
    const old = a.revision !== told.article.revision;
    show(text, old && h('p', {class: 'older', role: 'status'}, `This is revision ${a.revision}, not the newest. `, h('button', {type: 'button', class: 'plain', on: {click: () => body(text, told.article, told)}}, 'Show the newest')),
      a.text ? once(marked(a, askAbout)) : h('p', {class: 'faint'}, a.event === 'kill' ? 'The kill carries no text. Earlier revisions are below.' : 'This revision carries no text.'),
      a.item?.edNote && h('p', {class: 'ednote'}, h('strong', {}, 'Editors’ note '), copy('bdi', a.item.edNote)), legend(a), tip);
  }

  // once leaves out a headline that says no more than the one above.
  function once(copied) {
    const first = copied.firstElementChild;
    if (first?.tagName === 'H2' && !first.querySelector('.mark') && first.textContent.trim() === main.querySelector('h1')?.textContent.trim()) first.remove();
    return copied;
  }

  const legend = (a) => a.attributions?.length > 0 && h('p', {class: 'legend'}, h('span', {class: 'mark m-outlet'}, 'outlet'), ' ', h('span', {class: 'mark m-person'}, 'speaker, byline, document'), ' ',
    h('span', {class: 'm-cue'}, 'the words that credit'), ' ', h('span', {class: 'mark m-place'}, 'place'), ' Hover, or go through them with Tab.');

  function facts(told) {
    const a = told.article;
    const it = a.item || {};
    const sums = Object.entries(told.fate.out || {}).map(([fate, n]) => `${n} ${fate}`);
    const rows = [
      ['Language', it.language && languageName(it.language)], ['Dateline', a.dateline && [a.dateline.city, a.dateline.country && countryName(a.dateline.country)].filter(Boolean).join(', ')],
      ['By', it.by || a.byline?.name], ['Slug', it.slugline], ['Credit line', a.credit], ['Usage', it.usageTerms], ['Feed', a.feed], ['Format', a.original?.format],
      ['Sender’s version', it.version], ['Address', it.uri], ['Story', told.story],
      ['Arrivals', told.fate.in !== undefined && `${told.fate.in} in = ${sums.join(' + ') || '0'}` + (told.fate.pending ? ` + ${told.fate.pending} pending` : '')],
      ['Mended', a.repairs?.join('; ')], ['Missing', a.missing?.join(', ')],
    ].filter(([, v]) => v);
    return h('section', {}, h('h2', {}, 'About it'), h('dl', {class: 'facts'}, rows.map(([k, v]) => [h('dt', {}, k), h('dd', {dir: 'auto'}, plain(v))])));
  }

  function credits(a) {
    const all = a.attributions || [];
    if (!a.text) return null;
    return h('section', {}, h('h2', {}, 'Credits'), all.length ? h('ul', {class: 'credit-list'}, all.map((at) => h('li', {},
      h('button', {type: 'button', class: 'link', dir: 'auto', on: {click: () => point(at)}}, plain(at.source.name || '?')),
      h('span', {class: 'faint'}, roles[at.role] || at.role), h('span', {class: 'score'}, `${Math.round(100 * at.confidence)} %`))))
      : h('p', {class: 'faint'}, 'The text credits nobody that was found.'));
  }

  function point(at) {
    const el = main.querySelector(`.mark[data-credit="${CSS.escape(at.id)}"]`);
    if (!el) return say('It stands nowhere in the text by name.');
    el.scrollIntoView({block: 'center'});
    el.focus();
  }

  const found = (a) => [
    ['Topics', (a.topics || []).map((t) => `${t.name} ${Math.round(100 * t.score)} %`)],
    ['Places', [...new Set((a.places || []).map((p) => (p.country ? `${p.name}, ${p.country}` : p.name)))]],
    ['People', [...new Set((a.people || []).map((p) => p.name))]],
  ].filter(([, all]) => all.length).map(([name, all]) => h('section', {}, h('h2', {}, name), h('ul', {class: 'tags'}, all.slice(0, 24).map((x) => h('li', {dir: 'auto'}, plain(x))))));

  // timeline is the revisions, the newest first, each with what it changed.
  function timeline(told, text) {
    const list = told.versions.toReversed();
    if (!list.length) return null;
    return h('section', {}, h('h2', {}, 'Revisions'), h('ol', {class: 'timeline'}, list.map((v, i) => {
      const before = list[i + 1];
      const place = h('div', {class: 'diff', hidden: true});
      const changes = before && h('button', {type: 'button', class: 'plain', 'aria-expanded': 'false', on: {click: async (e) => {
        place.hidden = !place.hidden;
        e.target.setAttribute('aria-expanded', String(!place.hidden));
        if (place.firstChild) return;
        try {
          const {pieces} = await get(`story/${told.story}/${v.revision}/changes`);
          show(place, changed(pieces, tongue(told.article.item?.language)));
        } catch (err) {
          show(place, plain(err.message));
        }
      }}}, `What changed since revision ${before.revision}`);
      return h('li', {class: 'is-' + v.event}, h('div', {class: 'line'}, h('strong', {}, `Revision ${v.revision}`), h('span', {class: ['badge', 'b-' + v.event]}, events[v.event] || v.event), time(v.stored, 'exact'),
        !v.public && h('span', {class: 'badge'}, 'not public'), v.version && h('span', {class: 'faint'}, `sender’s version ${plain(v.version)}`)),
      copy('p', v.headline, told.article.item?.language), copy('p', [v.reason, v.note].filter(Boolean).join(' · '), undefined, {class: 'faint'}),
      h('div', {class: 'buttons'}, h('button', {type: 'button', class: 'plain', on: {click: () => revision(told, v, text)}}, 'Show its text'), changes), place);
    })));
  }

  async function revision(told, v, text) {
    try {
      body(text, await get(`story/${told.story}/${v.revision}`), told);
      text.scrollIntoView({block: 'start'});
      say(`Revision ${v.revision} is shown.`);
    } catch (err) {
      tellOff(err.message);
    }
  }

  // way is every station with its time, from the arrival to the news.
  function way(told) {
    const steps = [];
    for (const f of told.fate.fates || []) {
      const last = steps.at(-1);
      if (f.what === 'news' && last?.what === 'news' && last.revision === f.revision) steps[steps.length - 1] = {...last, at: f.at, subjects: last.subjects + 1};
      else if (f.what !== 'output') steps.push({...f, subjects: 1});
    }
    const hops = (told.article.hops || []).map((x) => ({at: x.at, what: 'hop', reason: [x.stage, x.by, x.software].filter(Boolean).join(' · ')}));
    const all = [...steps, ...hops].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    if (!all.length) return null;
    const first = Date.parse(all[0].at);
    const names = {received: 'Received', revision: 'Decided', fate: 'Decided', news: 'In the news', dead: 'Dead letter', hop: 'Worked on'};
    return h('section', {}, h('h2', {}, 'Its way through the line'), h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Its way through the line'}, h('table', {},
      h('thead', {}, h('tr', {}, ['Time', 'After', 'What', 'Detail'].map((x) => h('th', {scope: 'col'}, x)))),
      h('tbody', {}, all.slice(-200).map((f) => h('tr', {class: f.what === 'dead' && 'bad'}, h('td', {class: 'num'}, time(f.at, 'exact')), h('td', {class: 'num faint'}, after(Date.parse(f.at) - first)),
        h('td', {}, names[f.what] || f.what), h('td', {dir: 'auto'}, plain(detail(f)))))))));
  }

  const after = (ms) => (ms < 1000 ? `${Math.max(0, ms)} ms` : ms < 60000 ? `${(ms / 1000).toFixed(1)} s` : span(ms / 1000));
  function detail(f) {
    if (f.what === 'hop') return f.reason;
    if (f.what === 'news') return `r${f.revision} ${f.event} on ${count(f.subjects, 'subject', 'subjects')}`;
    return [f.revision && `r${f.revision}`, f.event, f.fate && f.fate !== f.event && f.fate, f.what === 'received' && [f.feed, f.via].filter(Boolean).join(' by '), f.subject, f.version && `version ${f.version}`, f.reason && `(${f.reason})`]
      .filter(Boolean).join('  ');
  }

  // destinations says where the story stands and who has taken it.
  function destinations(told) {
    const news = new Map();
    for (const f of told.fate.fates || []) if (f.what === 'news') news.set(f.subject, f);
    const outputs = (told.fate.fates || []).filter((f) => f.what === 'output');
    return h('section', {}, h('h2', {}, 'Where it went'), news.size ? h('ul', {class: 'where'}, [...news.values()].map((f) => h('li', {}, h('code', {}, plain(f.subject)), ' ', h('span', {class: 'faint'}, `r${f.revision} ${f.event}`))))
      : h('p', {class: 'faint'}, 'It stands on no subject of the news.'),
    outputs.length ? h('ul', {class: 'where'}, outputs.map((f) => h('li', {}, h('strong', {}, plain(f.subject)), ' ', h('span', {class: f.fate === 'taken' ? 'good' : 'wait'}, f.fate === 'taken' ? `has taken r${f.revision}` : f.fate === 'seen' ? `was offered r${f.revision}: ${plain(f.reason)}` : `has not taken r${f.revision} yet`))))
      : h('p', {class: 'faint'}, 'No configured output follows it; subscribers on NATS are not counted here.'));
  }

  function related(told) {
    const all = told.related || [];
    if (!all.length) return null;
    const earlier = all.filter((r) => r.earlier).length;
    return h('section', {}, h('h2', {}, 'Related stories'), h('p', {class: 'faint'}, earlier ? `${count(earlier, 'came', 'came')} before this one.` : 'This one was first.'),
      h('ul', {class: 'where'}, all.map((r) => h('li', {}, time(r.first, 'long'), ' ', h('strong', {}, plain(r.provider || '')), ' ', h('a', {href: storyLink(r.story), dir: 'auto'}, plain(r.headline || r.uri || r.story)), ' ',
        h('span', {class: 'faint'}, `${r.relation} ${Math.round(100 * r.score)} %${r.earlier ? ', earlier' : ''}`)))));
  }

  function originals(told) {
    if (!told.originals?.length) return null;
    return h('section', {}, h('h2', {}, 'As it came'), told.originals.toReversed().map((seq) => {
      const place = h('div', {});
      const details = h('details', {on: {toggle: async () => {
        if (!details.open || place.firstChild) return;
        try {
          show(place, paper(await get(`original/${seq}?view=text`)));
        } catch (err) {
          show(place, plain(err.message));
        }
      }}}, h('summary', {}, `Document ${seq} of RAW`), h('p', {}, h('a', {href: `/console/api/original/${seq}`, download: `original-${seq}.bin`}, 'Keep the bytes as a file')), place);
      return details;
    }));
  }

  async function decree(act, told) {
    if (!(await mayAct())) return;
    const words = {kill: ['Kill this story for good?', 'Kill it', 'Everyone who had it is told, its text is taken back, and no later version brings it back.'],
      hold: ['Hold this story?', 'Hold it', 'Its text is taken back from subscribers until the hold is lifted.'], lift: ['Lift the hold?', 'Lift it', 'The newest version goes out again.']}[act];
    const given = await ask(words[0], [copy('p', told.versions.findLast((v) => v.headline)?.headline || told.story, undefined, {class: 'strong'}), h('p', {}, words[2]),
      h('label', {for: 'reason'}, act === 'kill' ? 'Reason, for everyone who had it' : 'Reason'), h('textarea', {id: 'reason', name: 'reason', rows: '3', maxlength: '900', required: act === 'kill'}),
      h('label', {for: 'by'}, 'Your name, for the record'), h('input', {id: 'by', name: 'by', type: 'text', maxlength: '80', value: localStorage.getItem('by') || ''})], words[1], act === 'kill');
    if (!given) return;
    localStorage.setItem('by', given.by);
    try {
      await post('edict', {act, story: told.story, reason: given.reason, by: given.by});
      say('The order is given.');
      setTimeout(load, 400);
    } catch (err) {
      tellOff(err.message);
    }
  }

  const unwatch = watch((came) => {
    if (came.some((r) => r.story === id && r.revision > shown)) load();
  });
  load();
  return {
    title: 'Story',
    key: (e) => e.key === 'Escape' && open.unpin?.(),
    close() {
      closed = true;
      clearTimeout(again);
      unwatch();
    },
  };
}

// paper is a document as it came, as text.
export function paper(p, line, column) {
  const about = [p.name, p.format, p.mediaType, p.charset, count(p.bytes, 'byte', 'bytes')].filter(Boolean).map(plain).join(' · ');
  return [h('p', {class: 'faint', dir: 'auto'}, about + (p.dump ? ' · not text: its first bytes' : '') + (p.cut ? ' · the beginning' : '')),
    h('pre', {class: 'paper', dir: p.dump ? 'ltr' : 'auto', tabindex: '0', 'aria-label': 'The document'}, line ? lined(p.text, line, column) : plain(p.text))];
}

// lined numbers the lines around a place and marks it.
function lined(text, line, column) {
  const lines = text.split('\n');
  const from = Math.max(0, line - 6);
  return lines.slice(from, line + 5).map((l, i) => {
    const number = from + i + 1;
    const here = number === line;
    const chars = [...l];
    const at = Math.min(Math.max(column - 1, 0), Math.max(chars.length - 1, 0));
    return h('span', {class: ['numbered', here && 'here']}, h('span', {class: 'number', 'aria-hidden': 'true'}, String(number).padStart(5)),
      here ? [plain(chars.slice(Math.max(0, at - 200), at).join('')), h('mark', {}, plain(chars.slice(at, at + 1).join('')) || '⏎'), plain(chars.slice(at + 1, at + 300).join(''))] : plain(l.slice(0, 500)), '\n');
  });
}
