// Asking the console. Errors carry words for a person.

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const root = '/console/api/';

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(root + path, {credentials: 'same-origin', ...options});
  } catch {
    throw new Refused(0, 'The console does not answer. It may be restarting; this page tries again.');
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, body.error || `The console answered ${answer.status}.`);
  return body;
}

export const get = (path, signal) => ask(path, {signal});

export const post = (path, value) => ask(path, {
  method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(value),
});

// send posts a document as it is.
export const send = (path, text) => ask(path, {method: 'POST', headers: {'Content-Type': 'text/plain'}, body: text});
