// Making pages of values. Text only ever becomes a text node: nothing that a story says can become markup.

// h makes an element. Attributes are set as such; "on" holds listeners, "class" may be a list with holes.
export function h(tag, attributes, ...children) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) el.addEventListener(event, listener);
    } else if (name === 'class') {
      el.className = Array.isArray(value) ? value.filter(Boolean).join(' ') : value;
    } else if (name === 'href') {
      if (isOurs(value)) el.setAttribute('href', value);
    } else if (!name.startsWith('on') && name !== 'style' && name !== 'src' && name !== 'srcdoc') {
      el.setAttribute(name, value === true ? '' : value);
    }
  }
  return put(el, ...children);
}

// put appends what is there: nodes, texts, lists of them.
export function put(el, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === '') continue;
    el.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return el;
}

// show replaces what an element holds.
export function show(el, ...children) {
  el.replaceChildren();
  return put(el, ...children);
}

// isOurs says whether a link stays in the console: no address that came with copy is ever one.
function isOurs(address) {
  return typeof address === 'string' && (address.startsWith('/console/') || address.startsWith('#'));
}

export const storyLink = (id) => '/console/story/' + encodeURIComponent(id);

// Marks that turn the direction of writing could make a line read as something else: they are shown, not obeyed.
const turning = /[\u202a-\u202e\u2066-\u2069]/g;
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
export const plain = (text) => String(text ?? '').replace(turning, '\u2423').replace(control, '\u2423');

// copy is words of a story, in their own language and direction.
export function copy(tag, text, language, attributes) {
  return h(tag, {dir: 'auto', lang: tongue(language), ...attributes}, plain(text));
}

const tag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
export const tongue = (language) => (tag.test(language || '') && language !== 'und' ? language : undefined);

const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const calendar = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short'});
const years = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric'});
const full = new Intl.DateTimeFormat('en-GB', {dateStyle: 'full', timeStyle: 'long'});
const exact = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3});

const whole = (at) => !at || Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1000;

// time is a moment as a list shows it: the hour of today, the day of another.
export function time(text, form) {
  const at = new Date(text);
  if (!text || whole(at)) return h('span', {class: 'faint'}, '–');
  const today = at.toDateString() === new Date().toDateString();
  const day = at.getFullYear() === new Date().getFullYear() ? calendar : years;
  const words = form === 'exact' ? exact.format(at)
    : form === 'long' ? `${day.format(at)} ${clock.format(at)}`
      : today ? clock.format(at) : day.format(at) + ' ' + clock.format(at).slice(0, 5);
  return h('time', {datetime: at.toISOString(), title: full.format(at)}, words);
}

// span is a stretch of time in words, to two units.
export function span(seconds) {
  const s = Math.max(0, Math.round(seconds));
  const units = [[31557600, 'y'], [86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const at = units.findIndex(([size]) => s >= size);
  if (at < 0) return '0 s';
  const [size, name] = units[at];
  const rest = units[at + 1] ? Math.floor((s % size) / units[at + 1][0]) : 0;
  return `${Math.floor(s / size)} ${name}` + (rest ? ` ${rest} ${units[at + 1][1]}` : '');
}

export const count = (n, one, many) => `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

const languages = new Intl.DisplayNames('en', {type: 'language', fallback: 'code'});
const countries = new Intl.DisplayNames('en', {type: 'region', fallback: 'code'});
const named = (names, code) => {
  try {
    return names.of(code) || code;
  } catch {
    return code;
  }
};
export const languageName = (code) => named(languages, code || '');
export const countryName = (code) => named(countries, (code || '').toUpperCase());

// empty says something useful where there is nothing; alone where a whole page has nothing.
export const empty = (title, ...more) => nothing('h2', title, more);
export const alone = (title, ...more) => nothing('h1', title, more);
const nothing = (level, title, more) => h('div', {class: 'empty'}, h(level, {}, title), more.map((m) => (m instanceof Node ? m : h('p', {}, m))));
