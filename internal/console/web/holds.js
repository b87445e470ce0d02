// What no subscriber may see now: embargoes with the time that is left, holds without an end, kills not confirmed.
import {h, show, time, span, plain, storyLink, count, empty} from './dom.js';
import {get} from './api.js';
import {poll} from './poll.js';

export function open(main) {
  let skew = 0; // of this machine's clock to the console's
  const polling = poll(main, () => get('holds'), draw, 4000, () => main.contains(document.activeElement) && document.activeElement.closest('a, summary'));
  const tick = setInterval(() => {
    for (const el of main.querySelectorAll('[data-until]')) left(el);
  }, 1000);

  function left(el) {
    const s = (Number(el.dataset.until) - Date.now() - skew) / 1000;
    el.textContent = s > 0 ? `in ${span(s)}` : 'due now';
  }

  function draw(place, {held, kills, total, now, complete}) {
    skew = Date.parse(now) - Date.now();
    const timed = held.filter((x) => x.until);
    const open = held.filter((x) => !x.until);
    show(place, h('h1', {}, 'Holds'), h('p', {class: 'lead'}, `${count(total, 'story is', 'stories are')} held. `, kills.length ? `${count(kills.length, 'kill notice is', 'kill notices are')} not confirmed.` : 'Every kill is confirmed.', !complete && ' The stories are still being read.'),
      h('section', {}, h('h2', {}, 'Kills that somebody has not confirmed'), kills.length ? table(['Story', 'Way out', 'Since'], kills.map((k) => h('tr', {class: 'bad'}, h('th', {scope: 'row'}, h('a', {href: storyLink(k.story), dir: 'auto'}, plain(k.uri || k.story)), h('span', {class: 'faint'}, plain(k.provider))),
        h('td', {}, plain(k.sink), k.letter && h('span', {class: 'faint'}, `its notice is dead letter ${k.letter}`)), h('td', {class: 'num'}, time(k.since), h('span', {class: 'faint'}, `${span((Date.now() + skew - Date.parse(k.since)) / 1000)} ago`)))))
        : h('p', {class: 'faint'}, 'None: each output and each durable subscriber has acknowledged every kill notice.')),
      h('section', {}, h('h2', {}, 'Embargoes'), timed.length ? table(['Story', 'Released', 'Held since'], timed.map((x) => h('tr', {}, name(x), h('td', {class: 'num'}, h('strong', {'data-until': Date.parse(x.until)}), h('span', {class: 'faint'}, time(x.until, 'long'))), h('td', {class: 'num'}, time(x.since)))))
        : h('p', {class: 'faint'}, 'No story waits for its hour.')),
      h('section', {}, h('h2', {}, 'Without a known end'), open.length ? table(['Story', 'Why', 'Held since'], open.map((x) => h('tr', {class: 'wait'}, name(x), h('td', {dir: 'auto'}, plain(x.reason)), h('td', {class: 'num'}, time(x.since)))))
        : h('p', {class: 'faint'}, 'No story is withheld, and every embargo has an end that could be read.')));
    for (const el of place.querySelectorAll('[data-until]')) left(el);
  }

  const name = (x) => h('th', {scope: 'row'}, h('a', {href: storyLink(x.story), dir: 'auto'}, plain(x.headline || x.uri)), h('span', {class: 'faint'}, `${plain(x.provider)} · revision ${x.revision}`));
  const table = (heads, rows) => h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': heads.join(', ')}, h('table', {}, h('thead', {}, h('tr', {}, heads.map((x) => h('th', {scope: 'col'}, x)))), h('tbody', {}, rows)));

  return {
    title: 'Holds',
    close() {
      clearInterval(tick);
      polling.close();
    },
  };
}
