// SPDX-License-Identifier: Apache-2.0

const MAX_ANSWER_BYTES = 64 * 1024;
const NOTHING_SENT = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const TLS = /^(EPROTO|ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_)/;

/**
 * One POST. Follows no redirect, reads no more than 64 KB, and ends within the time limit. Resolves to
 * `{ kind: 'answer', status, retryAfter, body }`, or to the kind of fault: `refused` (nothing was sent), `tls`, `large`, or
 * `lost` (it may have arrived).
 */
export async function httpSend({ url, headers, body }, timeoutMs) {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    const text = await upTo(MAX_ANSWER_BYTES, answer.body);
    return text === undefined
      ? { kind: 'large' }
      : { kind: 'answer', status: answer.status, retryAfter: answer.headers.get('Retry-After'), body: text };
  } catch (fault) {
    return { kind: faultOf(fault?.cause?.code ?? fault?.code) };
  }
}

function faultOf(code) {
  if (NOTHING_SENT.has(code)) {
    return 'refused';
  }
  return TLS.test(code) ? 'tls' : 'lost';
}

/** Undefined when there is more. */
async function upTo(most, body) {
  const chunks = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > most) {
      return undefined; // Leaving the loop cancels the rest.
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
