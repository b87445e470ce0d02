// The wire: what comes, the newest first. Only the rows in view are in the document, so that thousands cost no more than
// a screenful.
import {h, show, copy, time, tongue, storyLink, plain, languageName, countryName, count, empty} from './dom.js';
import {wire, watch, older} from './live.js';
import {get} from './api.js';
import {go, say} from './app.js';

const beyond = 6; // rows above and below the view
const facets = [
  ['wire', 'Provider', (r) => [r.provider], (v) => v],
  ['source', 'Credit', (r) => (r.credits || []).map((c) => c.id || c.name), (v) => creditNames.get(v) || v],
  ['lang', 'Language', (r) => (r.language ? [r.language.split('-')[0].toLowerCase()] : []), languageName],
  ['place', 'Place', (r) => (r.places || []).map((p) => p.toLowerCase()), countryName],
  ['topic', 'Topic', (r) => r.topics || [], (v) => v.replaceAll('-', ' ')],
  ['desk', 'Desk', (r) => r.desks || [], (v) => v],
  ['urgency', 'Urgency', (r) => ['1', '2', '3', '4', '5', '6'].filter((u) => r.urgency && r.urgency <= u), (v) => `${v} or higher`],
];
const creditNames = new Map();
const badges = {kill: 'Kill', withhold: 'Withheld', embargo: 'Embargo', correction: 'Correction', update: 'Update', release: 'Released'};

// place remembers where the list was left, for the way back to it.
const place = {story: null, top: 0};

export function open(main, {query}) {
  const ticker = query.has('ticker');
  const filter = {words: query.get('q') || '', facets: new Map()};
  for (const [name] of facets) if (query.get(name)) filter.facets.set(name, query.get(name));
  document.body.toggleAttribute('data-ticker', ticker);

  const words = h('input', {
    id: 'words', type: 'search', value: filter.words, placeholder: 'Filter words', 'aria-label': 'Filter by words', autocomplete: 'off', spellcheck: 'false',
    on: {input: () => { filter.words = words.value; changed(); }},
  });
  const selects = new Map(facets.map(([name, label]) => [name, h('select', {
    'aria-label': label, 'data-facet': name, on: {change: (e) => { set(name, e.target.value); }},
  })]));
  const clear = h('button', {type: 'button', class: 'quiet', on: {click: () => { filter.words = words.value = ''; filter.facets.clear(); changed(); }}}, 'Clear');
  const sum = h('span', {class: 'sum'});
  const fresh = h('button', {type: 'button', class: 'fresh', hidden: true, on: {click: () => top()}});
  const spacer = h('div', {class: 'spacer'});
  const list = h('div', {class: 'rows', role: 'feed', 'aria-label': 'The wire, newest first', tabindex: '-1'}, spacer);
  const nothing = h('div', {class: 'nothing'});
  const view = h('div', {class: 'view', tabindex: '0', role: 'region', 'aria-label': 'Stories'}, list, nothing);
  const clockface = h('div', {class: 'clock', 'aria-hidden': 'true'});
  const more = h('details', {class: 'more'}, h('summary', {}, 'Filters'), h('div', {class: 'selects'}, [...selects.values()], clear));
  show(main, h('h1', {class: 'unseen'}, 'Wire'), h('form', {class: 'filter', role: 'search', on: {submit: (e) => e.preventDefault()}}, words, more, sum), fresh, clockface, view);

  let rows = [];
  let height = 36;
  let chosen = place.story;
  let unread = 0;
  let scheduled = false;
  let loading = false;
  let bottom = false;
  const elements = new Map();

  const measure = () => { height = parseFloat(getComputedStyle(view).getPropertyValue('--row')) || 36; schedule(); };

  function matches(r) {
    for (const [name, , values] of facets) {
      const want = filter.facets.get(name);
      if (want && !values(r).includes(want)) return false;
    }
    if (!filter.words) return true;
    r.text ??= [r.headline, r.note, r.provider, r.uri, r.event, r.alert, r.language, ...(r.credits || []).flatMap((c) => [c.id, c.name]), ...(r.places || []), ...(r.desks || []), ...(r.topics || [])].join(' ').toLowerCase();
    return filter.words.toLowerCase().split(/\s+/).every((w) => r.text.includes(w));
  }

  function select() {
    rows = filter.words || filter.facets.size ? wire.order.filter(matches) : wire.order;
    const filtered = rows !== wire.order;
    sum.textContent = filtered ? `${rows.length.toLocaleString('en-GB')} of ${count(wire.order.length, 'story', 'stories')}` : count(rows.length, 'story', 'stories');
    clear.hidden = !filtered;
    spacer.style.height = rows.length * height + 'px';
    said();
  }

  function said() {
    if (rows.length) return void nothing.replaceChildren();
    const quiet = {
      connecting: ['Connecting …', 'The list fills as soon as the line answers.'],
      away: ['The broker does not answer', 'The list goes on by itself where it stopped, once the broker is back.'],
      live: ['Nothing has come yet', 'Push a story to /v1/push/FEED, or see Feeds for what is expected.'],
    }[wire.state] || [''];
    show(nothing, wire.order.length ? empty('No story fits', 'Fewer words or facets find more. Older stories are loaded when you scroll down.') : empty(...quiet));
  }

  function schedule() {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(draw);
  }

  // draw puts the rows in view into the document and takes the others out.
  function draw() {
    scheduled = false;
    const from = Math.max(0, Math.floor(view.scrollTop / height) - beyond);
    const to = Math.min(rows.length, Math.ceil((view.scrollTop + view.clientHeight) / height) + beyond);
    const wanted = new Set();
    for (let i = from; i < to; i++) wanted.add(rows[i].story);
    const focused = document.activeElement?.closest?.('.row')?.dataset.story;
    for (const [story, el] of elements) {
      if (!wanted.has(story) && story !== focused) {
        el.remove();
        elements.delete(story);
      }
    }
    let before = null; // the document has them in the order of the list
    for (let i = from; i < to; i++) {
      const el = lay(rows[i], i);
      const next = before ? before.nextSibling : spacer.firstChild;
      if (el !== next) spacer.insertBefore(el, next);
      before = el;
    }
    if (to >= rows.length - beyond && !loading && !bottom && wire.order.length) below();
  }

  function lay(row, i) {
    let el = elements.get(row.story);
    if (!el || el.seq !== row.seq) {
      const made = line(row);
      if (el) {
        if (el.contains(document.activeElement)) queueMicrotask(() => made.focus({preventScroll: true}));
        el.replaceWith(made);
      }
      el = made;
      elements.set(row.story, el);
    }
    if (el.at !== i) {
      el.at = i;
      el.style.transform = `translateY(${i * height}px)`;
      el.setAttribute('aria-posinset', i + 1);
    }
    el.setAttribute('aria-setsize', bottom ? rows.length : -1);
    el.tabIndex = row.story === chosen || (!chosen && i === 0) ? 0 : -1;
    el.classList.toggle('chosen', row.story === chosen);
    return el;
  }

  function line(row) {
    for (const c of row.credits || []) if (c.id) creditNames.set(c.id, c.name);
    const headline = h('a', {class: 'headline', href: storyLink(row.story), id: 'h' + row.story, tabindex: '-1', dir: 'auto', lang: tongue(row.language)}, plain(row.headline || row.uri));
    const label = row.alert && row.event !== 'kill' ? row.alert : badges[row.event];
    const el = h('article', {
      class: ['row', 'is-' + row.event, row.alert && 'has-' + row.alert, row.urgency && row.urgency <= 3 && 'urgent', row.live && Date.now() - Date.parse(row.time) < 20000 && 'new'],
      'aria-labelledby': 'h' + row.story, 'data-story': row.story,
    },
    h('span', {class: 'when'}, time(row.time)),
    h('span', {class: 'urgency', title: row.urgency ? `Urgency ${row.urgency}` : 'No urgency given'}, row.urgency || '·'),
    chip('wire', row.provider, row.provider, 'provider'),
    h('span', {class: 'head'}, label && h('span', {class: ['badge', 'b-' + (row.event === 'kill' ? 'kill' : row.alert || row.event)]}, label), headline, row.note && copy('span', row.note, undefined, {class: 'note'})),
    h('span', {class: 'credits'}, (row.credits || []).slice(0, 3).map((c) => chip('source', c.id || c.name, c.name)), more3(row.credits)),
    h('span', {class: 'lang', title: row.language && languageName(row.language)}, row.language || ''),
    h('span', {class: 'places', title: (row.places || []).map(countryName).join(', ')}, (row.places || []).slice(0, 3).map((p) => p.toUpperCase()).join(' ')),
    h('span', {class: 'desks'}, (row.desks || []).slice(0, 2).map((d) => chip('desk', d, d, 'desk'))));
    el.seq = row.seq;
    return el;
  }

  const more3 = (all) => all && all.length > 3 && h('span', {class: 'faint', title: all.slice(3).map((c) => plain(c.name)).join(', ')}, `+${all.length - 3}`);

  function chip(facet, value, text, kind) {
    return h('button', {type: 'button', class: ['chip', kind], tabindex: '-1', title: `Only ${facet} ${plain(text)}`, dir: 'auto', on: {click: () => set(facet, value)}}, plain(text));
  }

  function set(name, value) {
    value ? filter.facets.set(name, value) : filter.facets.delete(name);
    changed();
  }

  function changed() {
    const q = new URLSearchParams();
    if (filter.words) q.set('q', filter.words);
    for (const [name, value] of filter.facets) q.set(name, value);
    if (ticker) q.set('ticker', '1');
    history.replaceState({}, '', '/console/wire' + (q.size ? '?' + q : ''));
    view.scrollTop = 0;
    bottom = false;
    select();
    offer();
    schedule();
  }

  // offer fills the choices of each facet with what stands in the list.
  function offer() {
    for (const [name, label, values, word] of facets) {
      const el = selects.get(name);
      const have = new Map();
      for (const r of wire.order) for (const v of values(r)) have.set(v, (have.get(v) || 0) + 1);
      const now = filter.facets.get(name) || '';
      if (now && !have.has(now)) have.set(now, 0);
      const key = [...have.keys()].sort().join('\n') + '\n' + now;
      el.hidden = !have.size;
      el.classList.toggle('set', !!now);
      if (el.key === key || document.activeElement === el) continue;
      el.key = key;
      const choices = [...have.keys()].map((v) => [v, plain(word(v))]).sort((a, b) => a[1].localeCompare(b[1]));
      show(el, h('option', {value: ''}, `${label}: any`), choices.map(([v, text]) => h('option', {value: v, selected: v === now}, text)));
      el.value = now;
    }
  }

  // below asks for what stands below the oldest row.
  async function below() {
    loading = true;
    try {
      const {rows: past} = await get(`wire/before?seq=${wire.order[wire.order.length - 1].seq}`);
      bottom = !older(past);
      select();
      offer();
      loading = false;
      schedule();
    } catch {
      setTimeout(() => { loading = false; }, 3000);
    }
  }

  function top() {
    view.scrollTop = 0;
    unread = 0;
    fresh.hidden = true;
    chosen = null;
    schedule();
  }

  let spoken = 0;
  let gathered = 0;
  const unwatch = watch((came) => {
    const stood = view.scrollTop > height / 2 && !ticker;
    const anchor = stood ? rows[Math.floor(view.scrollTop / height)] : null;
    select();
    if (anchor) {
      const at = rows.findIndex((r) => r.story === anchor.story);
      if (at >= 0) view.scrollTop = at * height + (view.scrollTop % height);
      unread += came.filter((r) => r.live && matches(r)).length;
      fresh.hidden = !unread;
      fresh.textContent = `${count(unread, 'new story', 'new stories')} ↑`;
    }
    gathered += came.filter((r) => r.live).length;
    if (gathered && Date.now() - spoken > 8000 && !document.hidden) {
      spoken = Date.now();
      say(`${count(gathered, 'new story', 'new stories')}. ${plain(wire.order[0].headline)}`);
      gathered = 0;
    }
    schedule();
    refresh();
  });

  let refreshing = 0;
  function refresh() {
    if (refreshing) return;
    refreshing = setTimeout(() => { refreshing = 0; offer(); }, 1500);
  }

  function choose(step) {
    if (!rows.length) return;
    const at = rows.findIndex((r) => r.story === chosen);
    const next = Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step));
    chosen = rows[next].story;
    const y = next * height;
    if (y < view.scrollTop) view.scrollTop = y;
    else if (y + height > view.scrollTop + view.clientHeight) view.scrollTop = y + height - view.clientHeight;
    draw();
    elements.get(chosen)?.focus({preventScroll: true});
  }

  const tick = setInterval(() => {
    if (ticker) clockface.textContent = new Date().toLocaleTimeString('en-GB');
  }, 500);
  const resized = new ResizeObserver(measure);
  resized.observe(view);
  view.addEventListener('scroll', () => {
    if (view.scrollTop < height / 2 && unread) {
      unread = 0;
      fresh.hidden = true;
    }
    schedule();
  }, {passive: true});
  list.addEventListener('click', (e) => {
    const row = e.target.closest('.row');
    if (row && !e.target.closest('a, button')) go(storyLink(row.dataset.story));
  });
  list.addEventListener('focusin', (e) => {
    const row = e.target.closest('.row');
    if (!row || row.dataset.story === chosen) return;
    chosen = row.dataset.story;
    schedule();
  });
  measure();
  select();
  offer();
  view.scrollTop = place.top;
  schedule();

  return {
    title: ticker ? 'Ticker' : 'Wire',
    key(e) {
      if (e.key === 'j' || (e.key === 'ArrowDown' && e.target.closest('.row'))) choose(1);
      else if (e.key === 'k' || (e.key === 'ArrowUp' && e.target.closest('.row'))) choose(-1);
      else if (e.key === 'Enter' && chosen && !e.target.closest('a, button, summary')) go(storyLink(chosen));
      else if (e.key === '/') { words.focus(); words.select(); }
      else if (e.key === 'n') top();
      else if (e.key === 't') go('/console/wire' + (ticker ? '' : '?ticker=1'));
      else if (e.key === 'Escape' && ticker) go('/console/wire');
      else if (e.key === 'Escape' && (filter.words || filter.facets.size) && !document.body.dataset.alarmed) clear.click();
      else return false;
      return true;
    },
    close() {
      place.story = chosen;
      place.top = view.scrollTop;
      document.body.removeAttribute('data-ticker');
      unwatch();
      resized.disconnect();
      clearInterval(tick);
      clearTimeout(refreshing);
    },
  };
}
