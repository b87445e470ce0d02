// What changed between two revisions, as the console tells it word by word.
import {h, plain} from './dom.js';

// changes shows what changed, and of what did not only the neighbourhood.
export function changes(pieces, lang) {
  if (!pieces.some((p) => p.op !== 'same')) return h('p', {class: 'faint'}, 'The text is the same; only its envelope changed.');
  return h('p', {class: 'changes', dir: 'auto', lang}, pieces.map((p, i) => {
    if (p.op === 'gone') return h('del', {}, plain(p.text));
    if (p.op === 'new') return h('ins', {}, plain(p.text));
    if (p.text.length < 240) return plain(p.text);
    const head = i ? p.text.slice(0, 100) : '';
    const tail = i < pieces.length - 1 ? p.text.slice(-100) : '';
    return [plain(head), h('span', {class: 'faint'}, ' […] '), plain(tail)];
  }));
}
