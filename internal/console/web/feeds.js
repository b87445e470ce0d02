// How every feed stands: what came within a day, hour by hour, and what became of it.
import {h, show, time, span, plain, count, empty} from './dom.js';
import {get} from './api.js';
import {poll} from './poll.js';

const fates = ['published', 'held', 'duplicate', 'stale', 'filtered', 'rejected', 'dead'];

export function open(main) {
  const polling = poll(main, () => get('feeds'), draw, 5000);
  return {title: 'Feeds', close: polling.close};
}

function draw(place, {feeds, complete, now}) {
  if (!feeds.length) {
    return show(place, h('h1', {}, 'Feeds'), empty('No feed is configured, and nothing came within a day', 'Any name may push to /v1/push/NAME from this machine; name feeds in the configuration to know them by provider, zone and rhythm.'));
  }
  const troubled = feeds.filter((f) => f.quiet || f.poll?.fails || f.dead);
  const total = feeds.reduce((n, f) => n + f.in, 0);
  show(place, h('h1', {}, 'Feeds'), h('p', {class: 'lead'}, `${count(feeds.length, 'feed', 'feeds')}, ${count(total, 'document', 'documents')} within a day. `, troubled.length ? `${count(troubled.length, 'feed wants', 'feeds want')} a look.` : 'All is well.', !complete && ' The day is still being read.'),
    h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Feeds'}, h('table', {class: 'feeds'}, h('thead', {}, h('tr', {}, ['Feed', 'State', 'The last day, by hour', 'Last copy', 'In = Σ out', 'Last trouble', 'Next look'].map((x) => h('th', {scope: 'col'}, x)))),
      h('tbody', {}, feeds.map((f) => row(f, Date.parse(now)))))));
}

function row(f, now) {
  const [word, kind] = state(f);
  const sums = Object.entries(f.out || {}).sort((a, b) => fates.indexOf(a[0]) - fates.indexOf(b[0])).map(([fate, n]) => `${n} ${fate}`);
  const decided = Object.values(f.out || {}).reduce((a, b) => a + b, 0);
  const how = {poll: 'polled', dir: 'watched folder', push: 'pushed'}[f.how] || 'pushed, not configured';
  return h('tr', {class: kind !== 'good' && kind}, h('th', {scope: 'row'}, plain(f.name), h('span', {class: 'faint'}, [f.provider !== f.name && plain(f.provider), how].filter(Boolean).join(' · '))),
    h('td', {}, h('span', {class: ['pill', kind]}, word), f.quiet && h('span', {class: 'faint'}, `Its longest silence of the day was ${span(f.silence || 0)}.`)),
    h('td', {}, bars(f)),
    h('td', {class: 'num'}, time(f.last), f.last && h('span', {class: 'faint'}, `${span((now - Date.parse(f.last)) / 1000)} ago`)),
    h('td', {class: decided + f.pending !== f.in && 'bad'}, h('span', {class: 'num'}, `${f.in} in = ${sums.join(' + ') || '0'}${f.pending ? ` + ${f.pending} pending` : ''}`), decided + f.pending !== f.in && h('strong', {}, ' does not add up')),
    h('td', {}, f.dead ? [time(f.dead), ' ', h('a', {href: '/console/dead', dir: 'auto', class: 'reason'}, plain(f.reason))] : f.poll?.error ? h('span', {class: 'reason', dir: 'auto'}, plain(f.poll.error)) : h('span', {class: 'faint'}, 'none')),
    h('td', {class: 'num'}, f.poll ? [time(f.poll.next), f.poll.success && h('span', {class: 'faint'}, ['well at ', time(f.poll.success)])] : h('span', {class: 'faint'}, '–')));
}

function state(f) {
  if (f.poll?.fails) return [`Fails, ${count(f.poll.fails, 'time', 'times')}`, 'bad'];
  if (f.quiet) return ['Quiet', 'wait'];
  if (f.poll?.waiting) return ['Waits for the line', 'wait'];
  if (f.dead) return ['Has dead letters', 'wait'];
  if (!f.in) return ['Nothing yet', ''];
  return ['Well', 'good'];
}

const svg = 'http://www.w3.org/2000/svg';
function bars(f) {
  const most = Math.max(1, ...f.hours);
  const el = document.createElementNS(svg, 'svg');
  const set = (e, all) => Object.entries(all).forEach(([k, v]) => e.setAttribute(k, v));
  set(el, {viewBox: '0 0 240 36', class: 'bars', role: 'img', 'aria-label': `By hour, oldest first: ${f.hours.join(', ')}`});
  f.hours.forEach((n, i) => {
    const bar = document.createElementNS(svg, 'rect');
    const tall = n ? Math.max(3, (n / most) * 34) : 1;
    set(bar, {x: i * 10 + 1, width: 8, y: 36 - tall, height: tall, class: n ? 'some' : 'none', rx: 1});
    el.append(bar);
  });
  return h('div', {}, el, h('span', {class: 'faint num'}, `most in an hour ${Math.max(...f.hours)}`));
}
