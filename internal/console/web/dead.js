// The dead letters, by what went wrong; each with its original and the place of the error; retry and drop.
import {h, show, time, plain, count, storyLink, empty} from './dom.js';
import {get, post} from './api.js';
import {ask, mayAct, tellOff, say} from './app.js';
import {poll} from './poll.js';
import {paper} from './story.js';

export function open(main, {rest}) {
  const picked = new Set();
  const opened = new Map(); // letters that are looked at
  if (/^\d+$/.test(rest[0] || '')) opened.set(Number(rest[0]), null);
  let busy = false;
  const polling = poll(main, () => get('dead'), draw, 5000, () => busy || picked.size > 0 || opened.size > 0 || main.contains(document.activeElement?.closest('details, .letters')));

  function draw(place, {total, listed, piles}) {
    if (!total) return show(place, h('h1', {}, 'Dead letters'), empty('No dead letters', 'Whatever the line cannot read, enrich or deliver is kept here with its reason and its bytes, until somebody tries it again or drops it.'));
    const all = piles.flatMap((p) => p.letters.map((l) => l.seq));
    for (const seq of picked) if (!all.includes(seq)) picked.delete(seq);
    const sum = h('span', {class: 'faint', role: 'status'});
    const buttons = [h('button', {type: 'button', class: 'plain', on: {click: () => mend('retry')}}, 'Try again'), h('button', {type: 'button', class: 'plain danger', on: {click: () => mend('drop')}}, 'Drop')];
    const boxes = [];
    const picture = () => {
      sum.textContent = picked.size ? `${count(picked.size, 'letter', 'letters')} chosen` : 'Choose letters, or whole groups';
      for (const b of buttons) b.disabled = !picked.size;
      for (const refresh of boxes) refresh();
    };
    show(place, h('h1', {}, 'Dead letters'), h('p', {class: 'lead'}, count(total, 'letter', 'letters') + (listed < total ? `, the newest ${listed} are listed` : '')),
      h('div', {class: 'tools'}, buttons, sum), h('div', {class: 'letters'}, piles.map((p) => pile(p, picture, boxes))));
    picture();
  }

  function pile(p, picture, boxes) {
    const seqs = p.letters.map((l) => l.seq);
    const box = h('input', {type: 'checkbox', 'aria-label': `All ${p.count} of: ${plain(p.reason)}`, on: {change: () => {
      for (const seq of seqs) box.checked ? picked.add(seq) : picked.delete(seq);
      picture();
    }}});
    boxes.push(() => {
      const n = seqs.filter((s) => picked.has(s)).length;
      box.checked = n === seqs.length;
      box.indeterminate = n > 0 && n < seqs.length;
    });
    return h('section', {class: 'pile'}, h('h2', {}, h('label', {class: 'pick'}, box), h('span', {dir: 'auto'}, plain(p.reason)), h('span', {class: 'badge'}, plain(p.stage)), h('span', {class: 'faint num'}, String(p.count))),
      p.letters.slice(0, 200).map((l) => letter(l, picture, boxes)), p.count > 200 && h('p', {class: 'faint'}, `and ${p.count - 200} more like these`));
  }

  function letter(l, picture, boxes) {
    const box = h('input', {type: 'checkbox', 'aria-label': `Letter ${l.seq}`, on: {change: () => {
      box.checked ? picked.add(l.seq) : picked.delete(l.seq);
      picture();
    }}});
    boxes.push(() => { box.checked = picked.has(l.seq); });
    const place = h('div', {class: 'letter-body'});
    const details = h('details', {open: opened.has(l.seq), on: {toggle: () => look(details, l.seq, place)}},
      h('summary', {}, h('span', {class: 'num faint'}, `${l.seq}`), time(l.stored), h('strong', {}, plain(l.feed)), h('span', {class: 'reason', dir: 'auto'}, plain(l.reason)), l.name && h('span', {class: 'faint', dir: 'auto'}, plain(l.name))), place);
    if (opened.has(l.seq)) look(details, l.seq, place);
    return h('div', {class: 'letter'}, h('label', {class: 'pick'}, box), details);
  }

  async function look(details, seq, place) {
    if (!details.open) return void opened.delete(seq);
    opened.set(seq, true);
    if (place.firstChild) return;
    try {
      const l = await get('dead/' + seq);
      show(place, h('dl', {class: 'facts'}, [['Stage', l.stage], ['Reason', l.reason], ['Tries', l.tries], ['From', l.from], ['Receipt', l.receipt], ['Address', l.uri]].filter(([, v]) => v).map(([k, v]) => [h('dt', {}, k), h('dd', {dir: 'auto'}, plain(v))])),
        l.story && h('p', {}, h('a', {href: storyLink(l.story)}, 'Its story')), !l.again && h('p', {class: 'faint'}, 'An output refused it: mend the cause there; see wiredesk outputs.'), paper(l.original, l.line, l.column));
    } catch (err) {
      show(place, h('p', {class: 'faint'}, plain(err.message)));
    }
  }

  async function mend(what) {
    if (!(await mayAct())) return;
    const n = count(picked.size, 'letter', 'letters');
    if (what === 'drop' && !(await ask(`Drop ${n} for good?`, [h('p', {}, 'What they hold is deleted.')], 'Drop', true))) return;
    busy = true;
    try {
      const {done, failed} = await post('dead/' + what, {seqs: [...picked]});
      for (const seq of done) {
        picked.delete(seq);
        opened.delete(seq);
      }
      say(`${count(done.length, 'letter was', 'letters were')} ${what === 'drop' ? 'dropped' : 'tried again'}.`);
      if (failed?.length) {
        await ask(`${count(failed.length, 'letter', 'letters')} could not be ${what === 'drop' ? 'dropped' : 'tried again'}`, [h('ul', {}, failed.slice(0, 20).map((f) => h('li', {dir: 'auto'}, plain(f.error))))], null);
        picked.clear();
      }
    } catch (err) {
      await tellOff(err.message);
    }
    busy = false;
    opened.clear();
    picked.clear();
    document.activeElement?.blur();
    polling.again();
  }

  return {title: 'Dead letters', close: polling.close};
}
