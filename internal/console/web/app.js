// The frame of all pages: addresses, keys, the state of the line, alerts, who may do what.
import {h, show, put, copy, storyLink, plain} from './dom.js';
import {get, post} from './api.js';
import {wire, watch, alarm, connect, disconnect} from './live.js';

const pages = {
  wire: () => import('./wire.js'),
  story: () => import('./story.js'),
  feeds: () => import('./feeds.js'),
  dead: () => import('./dead.js'),
  holds: () => import('./holds.js'),
  routes: () => import('./routes.js'),
};
let unseen = []; // alerts that nobody has said to have seen
const main = document.getElementById('main');
const dialog = document.getElementById('dialog');
const polite = document.getElementById('polite');
let open = null; // the page that is shown
let turn = 0;

export const session = {read: false, act: false, paste: false};

// say tells those who listen to the page.
export function say(text) {
  polite.textContent = text;
}

// go shows an address of the console.
export function go(address, replace) {
  history[replace ? 'replaceState' : 'pushState']({}, '', address);
  return render();
}

async function render() {
  const mine = ++turn;
  const [name, ...rest] = location.pathname.replace(/^\/console\/?/, '').split('/').map(decodeURIComponent);
  const load = pages[name] || pages.wire;
  open?.close?.();
  open = null;
  for (const a of document.querySelectorAll('nav a')) {
    a.toggleAttribute('data-here', a.pathname === '/console/' + name);
    a.pathname === '/console/' + name ? a.setAttribute('aria-current', 'page') : a.removeAttribute('aria-current');
  }
  if (!session.read) return enter();
  const page = await load();
  if (mine !== turn) return;
  main.className = 'page-' + (pages[name] ? name : 'wire');
  show(main);
  open = page.open(main, {rest, query: new URLSearchParams(location.search)});
  title(open.title);
  if (name !== 'wire') scrollTo(0, 0);
}

let bare = '';
export function title(text) {
  bare = text ?? bare;
  const loud = unseen.length ? `● ${unseen[0].event === 'kill' ? 'KILL' : 'FLASH'} ` : '';
  document.title = loud + (bare ? bare + ' · ' : '') + 'wiredesk';
}

// enter asks for the token.
function enter() {
  title('Enter');
  const field = h('input', {type: 'password', id: 'token', autocomplete: 'current-password', required: true});
  const fault = h('p', {class: 'fault', role: 'alert'});
  const form = h('form', {class: 'enter', on: {submit: async (e) => {
    e.preventDefault();
    try {
      Object.assign(session, await post('session', {token: field.value}));
      start();
    } catch (err) {
      show(fault, err.message);
      field.select();
    }
  }}}, h('h1', {}, 'This console needs a token'), h('p', {}, 'It is the one of http.token in the line’s configuration, or of console.act_token to act as well.'),
  h('label', {for: 'token'}, 'Token'), field, h('button', {class: 'main', type: 'submit'}, 'Enter'), fault);
  show(main, form);
  field.focus();
}

// ask opens a dialog with a form and resolves to its values, or to null.
export function ask(heading, fields, submit, danger) {
  return new Promise((resolve) => {
    const form = h('form', {method: 'dialog'}, h('h2', {id: 'dialog-title'}, heading), fields,
      h('div', {class: 'buttons'}, h('button', {type: 'button', on: {click: () => dialog.close()}}, 'Cancel'),
        submit && h('button', {class: ['main', danger && 'danger'], type: 'submit', value: 'yes'}, submit)));
    form.addEventListener('submit', (e) => {
      e.preventDefault();
      const values = Object.fromEntries(new FormData(form));
      form.done = true;
      dialog.close();
      resolve(values);
    });
    dialog.onclose = () => form.done || resolve(null);
    show(dialog, form);
    dialog.showModal();
  });
}

// mayAct asks for the token of those who act, where it is needed.
export async function mayAct() {
  if (session.act) return true;
  const given = await ask('To act you need another token', [h('p', {}, 'It is the one of console.act_token in the line’s configuration.'),
    h('label', {for: 'act'}, 'Token'), h('input', {id: 'act', name: 'token', type: 'password', required: true, autocomplete: 'off'})], 'Go on');
  if (!given) return false;
  try {
    Object.assign(session, await post('session', {token: given.token}));
  } catch (err) {
    await tellOff(err.message);
  }
  return session.act;
}

export const tellOff = (text) => ask('That did not work', [h('p', {}, plain(text))], null);

const keys = [
  ['j  k', 'next, previous story'], ['Enter', 'open it'], ['/', 'to the filter'], ['Esc', 'close, clear, back to the wire'],
  ['g w', 'wire'], ['g f', 'feeds'], ['g d', 'dead letters'], ['g h', 'holds'], ['g r', 'routes'],
  ['t', 'ticker for a wall screen'], ['n', 'to the newest story'], ['a', 'alerts have been seen'], ['?', 'this help'],
];

function help() {
  ask('Keys', [h('dl', {class: 'keys'}, keys.map(([k, what]) => [h('dt', {}, k.split(/\s+/).map((x) => [h('kbd', {}, x), ' '])), h('dd', {}, what)])),
    h('p', {}, h('label', {for: 'find'}, 'Look up a story by its address, id or receipt')),
    h('input', {id: 'find', name: 'find', type: 'search'})], 'Look up').then((v) => v?.find && find(v.find.trim()));
}

async function find(name) {
  try {
    const {stories} = await get('find?name=' + encodeURIComponent(name));
    if (stories.length === 1) return go(storyLink(stories[0].story));
    await ask('Several stories have that address', [h('ul', {}, stories.map((s) => h('li', {}, h('a', {href: storyLink(s.story)}, s.provider + ' ' + s.uri))))], null);
  } catch (err) {
    tellOff(err.message);
  }
}

let before = '';
document.addEventListener('keydown', (e) => {
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || dialog.open) return;
  const typing = e.target.closest('input, textarea, select');
  if (typing && e.key !== 'Escape') return;
  const after = before;
  before = '';
  if (after === 'g') {
    const to = {w: 'wire', f: 'feeds', d: 'dead', h: 'holds', r: 'routes'}[e.key];
    if (to) {
      e.preventDefault();
      return void go('/console/' + to);
    }
  }
  if (typing) typing.blur();
  if (open?.key?.(e)) return void e.preventDefault();
  if (e.key === 'g') before = 'g';
  else if (e.key === '?') help();
  else if (e.key === 'a') seen();
  else if (e.key === 't') go('/console/wire?ticker=1');
  else if (e.key === '/') go('/console/wire').then(() => document.getElementById('words')?.focus());
  else if (e.key === 'Escape') document.body.dataset.alarmed ? seen() : location.pathname !== '/console/wire' && go('/console/wire');
  else return;
  e.preventDefault();
});

document.addEventListener('click', (e) => {
  const a = e.target.closest('a[href^="/console/"]');
  if (!a || e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || a.hasAttribute('download')) return;
  e.preventDefault();
  if (dialog.open) dialog.close();
  go(a.getAttribute('href')).then(() => a.closest('nav') && main.focus({preventScroll: true}));
});
addEventListener('popstate', render);

// Alerts stand at the top of every page, and of the title, until somebody says that they were seen.
const alerts = document.getElementById('alerts');
alarm((row) => {
  unseen = [row, ...unseen.filter((r) => r.story !== row.story)].slice(0, 5);
  ring();
});

function ring() {
  document.body.toggleAttribute('data-alarmed', unseen.length > 0);
  if (unseen.length) document.body.dataset.alarmed = 'yes';
  show(alerts, unseen.map((row) => h('div', {class: ['alarm', row.event === 'kill' ? 'kill' : 'flash']},
    h('strong', {}, row.event === 'kill' ? 'KILL' : 'FLASH'), ' ', h('span', {class: 'provider'}, row.provider), ' ',
    h('a', {href: storyLink(row.story)}, copy('bdi', row.headline || row.uri, row.language)),
    row.note && copy('span', ' ' + row.note, undefined, {class: 'note'}),
    h('button', {type: 'button', on: {click: () => seen(row)}}, 'Seen'))));
  title();
}

function seen(row) {
  unseen = row ? unseen.filter((r) => r !== row) : [];
  ring();
}

// The state of the line, at the right of every page.
const status = document.getElementById('status');
const words = {connecting: 'Reconnecting', live: 'Live', away: 'Broker away', closed: ''};
function standing() {
  if (status.dataset.state === wire.state) return;
  status.dataset.state = wire.state;
  show(status, h('span', {class: 'dot', 'aria-hidden': 'true'}), words[wire.state]);
}
watch(standing);

// Light, dark, or as the machine has it.
const theme = document.getElementById('theme');
const themes = ['auto', 'light', 'dark'];
function dress(name) {
  document.documentElement.dataset.theme = name;
  theme.textContent = {auto: 'Auto', light: 'Light', dark: 'Dark'}[name];
  theme.setAttribute('aria-label', `Colours: ${name}`);
}
theme.addEventListener('click', () => {
  const next = themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % 3];
  localStorage.setItem('theme', next);
  dress(next);
});
dress(themes.includes(localStorage.getItem('theme')) ? localStorage.getItem('theme') : 'auto');
document.getElementById('help').addEventListener('click', help);

function start() {
  if (session.read) connect();
  return render();
}

async function begin() {
  try {
    Object.assign(session, await get('session'));
  } catch (err) {
    show(main, h('div', {class: 'empty'}, h('h1', {}, 'No answer'), h('p', {}, err.message)));
    setTimeout(begin, 2000);
    return;
  }
  if (!session.read) disconnect();
  await start();
}
begin();
