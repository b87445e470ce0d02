// The wire as it comes: one stream for all pages, so that an alert is seen on any of them. A story stands once, as it was
// last; the newest stands first.

import {get} from './api.js';

const most = 20000; // stories that a page remembers

export const wire = {
  order: [], // rows, the newest first
  state: 'connecting', // connecting, live, away, closed
  last: 0,
  gap: false,
};

const rows = new Map();
const listeners = new Set();
const alarms = new Set();
let queue = [];
let waiting = false;
let source = null;
let live = false;

// watch calls back once a frame with the rows that came, and with none when the state changed.
export function watch(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// alarm calls back for what must not be missed: a flash, a kill.
export const alarm = (listener) => alarms.add(listener);

export const known = (story) => rows.get(story);

function tell(came) {
  for (const listener of listeners) listener(came);
}

function state(now) {
  if (wire.state === now) return;
  wire.state = now;
  tell([]);
}

// A browser opens six connections to one server, for all its pages together. So no more than four pages have a stream of
// their own; further ones ask every few seconds.
const streams = 4;

export async function connect() {
  if (source || polling) return;
  if (!navigator.locks) return stream();
  for (let i = 0; i < streams; i++) {
    const got = await new Promise((resolve) => {
      navigator.locks.request('wire ' + i, {ifAvailable: true}, (lock) => {
        resolve(!!lock);
        return lock && new Promise((free) => { release = free; });
      });
    });
    if (got) return stream();
  }
  ask();
}

let polling = 0;
let release = null;

async function ask() {
  try {
    const {rows: newest} = await get(`wire/before?seq=9007199254740991&most=${live ? 100 : 300}`);
    for (const row of newest) queue.push({...row, live});
    flush();
    live = true;
    state('live');
  } catch {
    state('away');
  }
  polling = setTimeout(ask, 3000);
}

function stream() {
  if (source) return;
  source = new EventSource('/console/api/wire' + (wire.last ? `?after=${wire.last}` : ''));
  source.addEventListener('article', (e) => {
    const row = JSON.parse(e.data);
    wire.last = Math.max(wire.last, row.seq);
    row.live = live;
    queue.push(row);
    later();
  });
  source.addEventListener('gap', () => {
    wire.gap = true;
    live = false;
  });
  source.addEventListener('live', () => {
    live = true;
    flush();
    state('live');
  });
  source.addEventListener('away', () => state('away'));
  source.addEventListener('error', () => {
    state('connecting');
    if (source && source.readyState === EventSource.CLOSED) {
      source = null;
      setTimeout(stream, 2000);
    }
  });
}

// A page that is left, and may be shown again from the browser's memory, keeps no connection.
addEventListener('pagehide', disconnect);
addEventListener('pageshow', (e) => e.persisted && connect());

export function disconnect() {
  if (source) source.close();
  source = null;
  clearTimeout(polling);
  polling = 0;
  release?.();
  release = null;
  state('closed');
}

// later gathers what comes into one change a frame. A page that is not seen has no frames.
function later() {
  if (waiting) return;
  waiting = true;
  if (document.hidden) setTimeout(flush, 500);
  else requestAnimationFrame(flush);
}

function flush() {
  waiting = false;
  if (!queue.length) return;
  const came = take(queue);
  queue = [];
  if (came.length) tell(came);
}

// take puts rows in their places and returns those that are news.
function take(incoming) {
  const came = [];
  const moved = new Set();
  for (const row of incoming) {
    const had = rows.get(row.story);
    if (had && had.seq >= row.seq) continue;
    if (had) moved.add(had);
    rows.set(row.story, row);
    came.push(row);
    if (row.live && (row.alert === 'flash' || row.event === 'kill')) for (const a of alarms) a(row);
  }
  if (!came.length) return came;
  const fresh = came.filter((row) => rows.get(row.story) === row).sort((a, b) => b.seq - a.seq);
  const rest = moved.size ? wire.order.filter((row) => !moved.has(row)) : wire.order;
  wire.order = merge(fresh, rest);
  for (const row of wire.order.splice(most)) rows.delete(row.story);
  return fresh;
}

// older adds rows from below, and returns how many were new.
export function older(below) {
  const fresh = below.filter((row) => !rows.has(row.story));
  for (const row of fresh) rows.set(row.story, row);
  wire.order = merge(wire.order, fresh.sort((a, b) => b.seq - a.seq));
  return fresh.length;
}

function merge(a, b) {
  if (!a.length || !b.length || a[a.length - 1].seq > b[0].seq) return a.concat(b);
  return a.concat(b).sort((x, y) => y.seq - x.seq);
}
