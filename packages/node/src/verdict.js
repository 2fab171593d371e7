// SPDX-License-Identifier: Apache-2.0
// What a service answers; contract/verdicts.json keeps it in step with Java and Python.

const ALGORITHMS = 'algs="ES256"';
const RETRY_AFTER_MS = 5_000;
/** A bounded set, whatever a newer issuer says. */
const KNOWN = new Set(['expired', 'closed', 'lapsed', 'window', 'spent']);

/** Do the task. */
export function allowed(token) {
  return verdict({ allowed: true, status: 200, reason: 'allowed', headers: nonceHeader(token.nonce), token });
}

/** The request brings no token (RFC 6750 section 3, RFC 9449 section 7.1). */
export function nothing() {
  return unauthorised('no_token', 'This needs a task token.', `Bearer, DPoP ${ALGORITHMS}`);
}

export function malformed(why) {
  return unauthorised('malformed', `The token cannot be read: ${why}.`, 'Bearer error="invalid_request"');
}

export function notBound() {
  return unauthorised(
    'invalid_token',
    'The token is bound to no key, so it cannot be used under the scheme DPoP.',
    `DPoP error="invalid_token", ${ALGORITHMS}`,
  );
}

export function repeated() {
  return refused({ status: 409, reason: 'repeat', message: 'This use was counted before.' });
}

export function notPermitted(scheme, nonce) {
  const challenge = `${scheme} error="insufficient_scope"${algorithms(scheme)}`;
  return refused({
    status: 403,
    reason: 'not_permitted',
    message: 'The token does not permit this.',
    headers: { 'WWW-Authenticate': challenge, ...nonceHeader(nonce) },
  });
}

export function invalidProof(nonce) {
  const message = "The proof of the token's key is missing or is not for this request.";
  return unauthorised('invalid_dpop_proof', message, `DPoP error="invalid_dpop_proof", ${ALGORITHMS}`, nonce);
}

/** A token that the issuer does not let through. */
export function dead(reason, scheme, nonce) {
  switch (reason) {
    case 'not_permitted':
      return notPermitted(scheme, nonce);
    case 'invalid_dpop_proof':
      return invalidProof(nonce);
    case 'use_dpop_nonce': {
      const message = 'The proof must carry the nonce of this answer.';
      return unauthorised(reason, message, `DPoP error="use_dpop_nonce", ${ALGORITHMS}`, nonce);
    }
    default: {
      const challenge = `${scheme} error="invalid_token"${algorithms(scheme)}`;
      const word = KNOWN.has(reason) ? reason : 'invalid_token';
      return unauthorised(word, 'The token is not valid, or no longer.', challenge, nonce);
    }
  }
}

/** @param operator for the service's own log */
export function misconfigured(operator) {
  return unknown('misconfigured', operator);
}

/** @param operator for the service's own log */
export function unavailable(operator, retryAfterMs) {
  return unknown('unavailable', operator, retryAfterMs);
}

function unknown(reason, operator, retryAfterMs = RETRY_AFTER_MS) {
  return refused({
    status: 503,
    reason,
    message: 'It is not known at present whether the token may be used. Try again later.',
    headers: { 'Retry-After': String(Math.max(1, Math.floor(retryAfterMs / 1000))) },
    operator,
  });
}

function unauthorised(reason, message, challenge, nonce) {
  return refused({
    status: 401,
    reason,
    message,
    headers: { 'WWW-Authenticate': challenge, ...nonceHeader(nonce) },
  });
}

function refused(parts) {
  return verdict({ allowed: false, headers: {}, ...parts });
}

function verdict(parts) {
  return Object.freeze({ ...parts, headers: Object.freeze(parts.headers) });
}

function algorithms(scheme) {
  return scheme === 'DPoP' ? `, ${ALGORITHMS}` : '';
}

function nonceHeader(nonce) {
  return nonce === undefined ? {} : { 'DPoP-Nonce': nonce };
}
