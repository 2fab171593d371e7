// SPDX-License-Identifier: Apache-2.0

/**
 * How long one call keeps trying: at most `attempts` tries, none begun after `deadlineMs`; pauses double from
 * `firstPauseMs` to `longestPauseMs`, the second half of each random. A Retry-After is waited in full, plus up to one
 * first pause so that services do not all come back at once. This survives a cold start behind a lost answer.
 */
export const PATIENCE = Object.freeze({
  attempts: 4,
  deadlineMs: 60_000,
  tryTimeoutMs: 20_000,
  firstPauseMs: 500,
  longestPauseMs: 8_000,
});

/** An issuer or a gateway before it asks for another try (429, 503), or admits that it lost an answer. */
const REPEATABLE = new Set([429, 502, 503, 504]);
const GATEWAY_LOST_IT = new Set([502, 504]);
const DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Sends the very same request until it is answered. Resolves to `{ kind: 'received', status, body, lostOne }`, or to
 * `{ kind: 'none', sentence, retryAfterMs, lostOne }`; `lostOne` is true when a try may have reached the issuer without
 * its answer reaching us. Never rejects.
 *
 * @param net `send(request, timeoutMs)` as `httpSend` does, `now()` in ms, `sleep(ms)`, `random()` from 0 up to 1
 */
export async function call(request, patience, net) {
  const deadline = net.now() + patience.deadlineMs;
  let lostOne = false;
  for (let tries = 1; ; tries++) {
    const timeoutMs = Math.max(1, Math.min(deadline - net.now(), patience.tryTimeoutMs));
    const outcome = await net.send(request, timeoutMs);
    if (outcome.kind === 'answer' && !REPEATABLE.has(outcome.status)) {
      return { kind: 'received', status: outcome.status, body: outcome.body, lostOne };
    }
    const retryAfterMs = retryAfter(outcome.retryAfter, net.now());
    const pause = pauseAfter(patience, tries, retryAfterMs, net.random());
    const isLast = !isWorthRepeating(outcome) || tries >= patience.attempts;
    lostOne ||= mayHaveArrived(outcome);
    const none = { kind: 'none', sentence: sentenceOf(outcome, request), retryAfterMs, lostOne };
    if (isLast || pause >= deadline - net.now()) {
      return none;
    }
    await net.sleep(pause);
    // A machine that was suspended wakes up late.
    if (net.now() >= deadline) {
      return none;
    }
  }
}

function pauseAfter(patience, done, retryAfterMs, random) {
  if (retryAfterMs !== undefined) {
    return retryAfterMs + Math.floor(patience.firstPauseMs * random);
  }
  const full = Math.min(patience.firstPauseMs * 2 ** (done - 1), patience.longestPauseMs);
  return full / 2 + Math.floor((full / 2) * random);
}

/** RFC 9110 section 10.2.3: seconds or a date; what is neither is as if absent. */
function retryAfter(header, now) {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) {
    return Number(text) * 1000;
  }
  return DATE.test(text) ? Math.max(0, Date.parse(text) - now) : undefined;
}

/** A certificate does not get better by trying, nor does an answer that is too long. */
function isWorthRepeating({ kind }) {
  return kind === 'answer' || kind === 'refused' || kind === 'lost';
}

function mayHaveArrived({ kind, status }) {
  return kind === 'lost' || kind === 'large' || (kind === 'answer' && GATEWAY_LOST_IT.has(status));
}

/** For the service's log; ours, and never what the other side sent. */
function sentenceOf(outcome, request) {
  switch (outcome.kind) {
    case 'answer':
      return `the issuer answered ${outcome.status}`;
    case 'refused':
      return `no connection to ${new URL(request.url).host}`;
    case 'tls':
      return `TLS handshake failed with ${new URL(request.url).host}`;
    case 'large':
      return 'the answer is longer than 64 KB';
    default:
      return 'no whole answer from the issuer';
  }
}
