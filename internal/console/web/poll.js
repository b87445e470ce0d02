// A page that asks again every few seconds while it is seen, and says so when there is no answer.
import {h, show, plain, alone} from './dom.js';

// poll draws what an address answers, now and then. While hold says so, what is drawn stays.
export function poll(main, ask, draw, every, hold) {
  let timer = 0;
  let closed = false;
  let drawn = false;
  const fault = h('p', {class: 'fault', role: 'status', hidden: true});
  const place = h('div', {class: 'page'});
  show(main, fault, place);
  async function once() {
    clearTimeout(timer);
    let wait = every;
    try {
      const answer = await ask();
      if (closed) return;
      fault.hidden = true;
      if (!drawn || !hold?.()) draw(place, answer);
      drawn = true;
    } catch (err) {
      if (closed) return;
      wait = 2000;
      if (!drawn) show(place, alone('No answer yet', plain(err.message)));
      else {
        fault.hidden = false;
        show(fault, plain(err.message) + ' What you see is from before.');
      }
    }
    if (!closed) timer = setTimeout(() => (document.hidden ? (timer = setTimeout(once, every)) : once()), wait);
  }
  once();
  return {
    again: once,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
