// Where a story goes, and why not elsewhere: one of the wire, or one that is pasted and never stored.
import {h, show, plain, storyLink, count, empty} from './dom.js';
import {get, send} from './api.js';
import {wire} from './live.js';
import {session, say} from './app.js';

export function open(main, {query}) {
  const answer = h('div', {class: 'answer', 'aria-live': 'polite'});
  const pick = h('select', {id: 'pick', on: {change: () => pick.value && explain(pick.value)}}, h('option', {value: ''}, 'Pick one of the newest'),
    wire.order.slice(0, 200).map((r) => h('option', {value: r.story}, `${plain(r.provider)}: ${plain(r.headline || r.uri).slice(0, 90)}`)));
  const text = h('textarea', {id: 'paste', rows: '9', dir: 'auto', spellcheck: 'false', placeholder: 'Headline\n\nCITY, June 1 (Agency) - The text …'});
  const form = h('form', {on: {submit: (e) => { e.preventDefault(); paste(); }}}, h('label', {for: 'paste'}, 'Or paste one, in any format the line reads. Nothing of it is stored.'), text, h('button', {class: 'main', type: 'submit'}, 'Why, and why not'));
  show(main, h('div', {class: 'page'}, h('h1', {}, 'Routes'), h('p', {class: 'lead'}, 'Every desk of the configuration and every subject of the news: why a story goes there, and why not.'),
    h('div', {class: 'ways'}, h('div', {}, h('label', {for: 'pick'}, 'A story of the wire'), pick), session.paste && form), answer));

  async function explain(story) {
    history.replaceState({}, '', '/console/routes?story=' + story);
    try {
      const told = await get('story/' + story);
      draw([await get(`story/${story}/${told.article.revision}/why`)]);
    } catch (err) {
      fail(err);
    }
  }

  async function paste() {
    if (!text.value.trim()) return text.focus();
    try {
      const {stories} = await send('why', text.value);
      draw(stories);
    } catch (err) {
      fail(err);
    }
  }

  function fail(err) {
    show(answer, h('p', {class: 'fault', dir: 'auto'}, plain(err.message)));
  }

  function draw(stories) {
    show(answer, stories.length ? stories.map(one) : empty('No story was read'));
    say(`${count(stories.length, 'story', 'stories')} explained.`);
  }

  if (query.get('story')) explain(query.get('story'));
  return {title: 'Routes', close() {}};
}

function one(r) {
  return h('section', {class: 'why'}, h('h2', {dir: 'auto'}, r.story ? h('a', {href: storyLink(r.story), dir: 'auto'}, plain(r.headline || r.uri)) : plain(r.headline)),
    h('p', {}, h('span', {class: ['pill', r.goesOut ? 'good' : 'bad']}, r.goesOut ? 'Goes out' : 'Stays'), ' ', h('bdi', {}, plain(r.reason))),
    h('h3', {}, 'Desks'), (r.desks || []).length ? h('ul', {class: 'desks-why'}, r.desks.map(desk)) : h('p', {class: 'faint'}, 'The configuration has no desks. Routes are written there, under desks.'),
    h('h3', {}, 'Subjects of the news'), h('table', {class: 'subjects'}, h('thead', {}, h('tr', {}, ['', 'Subject', 'Why'].map((x, i) => h('th', {scope: 'col'}, i ? x : h('span', {class: 'unseen'}, 'Goes there'))))),
      h('tbody', {}, (r.subjects || []).map((s) => subject(s, true)), (r.not || []).map((s) => subject(s, false)))));
}

const verdict = (yes) => h('span', {class: ['pill', yes ? 'good' : 'no']}, yes ? 'yes' : 'no');
const subject = (s, yes) => h('tr', {}, h('td', {}, verdict(yes)), h('td', {}, h('code', {}, plain(s.subject))), h('td', {dir: 'auto'}, plain(s.why)));

function desk(d) {
  return h('li', {}, h('details', {open: true}, h('summary', {}, verdict(d.matches), ' ', h('strong', {}, plain(d.desk))), d.error && h('p', {class: 'fault'}, plain(d.error)),
    h('ul', {class: 'parts'}, (d.parts || []).map((p) => h('li', {}, h('span', {class: ['holds', p.holds ? 'good' : 'bad']}, p.holds ? 'holds' : 'fails'), ' ', h('code', {}, plain(p.text)),
      (p.values || []).map((v) => h('div', {class: 'faint'}, plain(v.field), ' = ', h('bdi', {}, plain(v.value)))), p.error && h('p', {class: 'fault'}, plain(p.error)))))));
}
