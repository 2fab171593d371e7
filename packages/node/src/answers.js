// SPDX-License-Identifier: Apache-2.0

const IDENTIFIER = /^[A-Za-z0-9._~@+=,/:-]{1,512}$/;
const ONLY_DOTS = /(^|[/:@+=,])[.]+([/:@+=,]|$)/;
/** What may stand in a header field (RFC 9449 section 8.1). */
const NONCE = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/;

/** Undefined unless the text is one JSON object. */
export function jsonObject(text) {
  try {
    const value = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What the issuer says of a living token. Undefined unless every member that a decision rests on is there. */
export function activeToken(body) {
  const details = detailsOf(body.authorization_details);
  const texts = [body.jti, body.sub, body.aud];
  if (details === undefined || !Number.isSafeInteger(body.exp) || !texts.every(isFilled)) {
    return undefined;
  }
  return Object.freeze({
    handle: body.jti,
    subject: body.sub,
    audience: body.aud,
    txn: textOf(body.txn),
    expiresAt: new Date(body.exp * 1000),
    details,
    usesLeft: Number.isSafeInteger(body.uses_left) ? body.uses_left : undefined,
    keyThumbprint: isObject(body.cnf) ? textOf(body.cnf.jkt) : undefined,
    nonce: nonceOf(body),
  });
}

export function nonceOf(body) {
  return typeof body.dpop_nonce === 'string' && NONCE.test(body.dpop_nonce) ? body.dpop_nonce : undefined;
}

/** Exactly this action on exactly this target: no patterns, no other case, no decoding. */
export function permits(token, action, identifier) {
  return token.details.some((detail) => detail.actions.includes(action) && detail.identifier === identifier);
}

/**
 * Whether a token says of itself that it is bound to a key. Under the scheme DPoP, one that is not would be let in without
 * its proof being looked at (RFC 9449 section 7.1). Looked at before the issuer is asked, which counts the use and which
 * alone knows whether the token is genuine.
 */
export function saysItIsBound(token) {
  const parts = token.reveal().split('.');
  const claims =
    parts.length === 3 ? jsonObject(Buffer.from(parts[1], 'base64url').toString('utf8')) : undefined;
  return isObject(claims?.cnf) && typeof claims.cnf.jkt === 'string';
}

function detailsOf(value) {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isPermission)) {
    return undefined;
  }
  return Object.freeze(value.map(permission));
}

function permission({ task, actions, locations, identifier }) {
  return Object.freeze({
    task,
    actions: Object.freeze([...actions]),
    locations: Object.freeze(isTexts(locations) ? [...locations] : []),
    identifier,
  });
}

function isPermission(value) {
  return (
    isObject(value) &&
    value.type === 'task' &&
    isFilled(value.task) &&
    isTexts(value.actions) &&
    value.actions.length > 0 &&
    isIdentifier(value.identifier)
  );
}

function isIdentifier(text) {
  return typeof text === 'string' && IDENTIFIER.test(text) && !text.includes('//') && !ONLY_DOTS.test(text);
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFilled(value) {
  return typeof value === 'string' && value.trim() !== '';
}

function isTexts(value) {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function textOf(value) {
  return typeof value === 'string' ? value : undefined;
}
