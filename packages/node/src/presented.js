// SPDX-License-Identifier: Apache-2.0
import { secretText, TaskToken } from './task-token.js';

/** RFC 9110 section 11.4: a scheme, spaces, and the token68 of RFC 6750 section 2.1. */
const CREDENTIALS = /^([A-Za-z]{1,16}) +([A-Za-z0-9._~+/-]+=*) *$/;
const JWT = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$/;
const MAX_PROOF = 8 * 1024;
const SCHEMES = new Map([
  ['bearer', 'Bearer'],
  ['dpop', 'DPoP'],
]);

/**
 * What a request brings to be let in, from the values of all its headers `Authorization` and `DPoP`: nothing, something
 * malformed, or one token, unchecked. Two of them are malformed: never guess which is meant.
 */
export function presented(authorization, dpop = []) {
  if (authorization.length === 0) {
    return { kind: 'nothing' };
  }
  if (authorization.length > 1) {
    return malformed('the request has more than one header Authorization');
  }
  const [, word, text] = CREDENTIALS.exec(authorization[0]) ?? [];
  const scheme = SCHEMES.get(word?.toLowerCase());
  if (scheme === undefined || secretText(text) === undefined) {
    return malformed('the header Authorization is not `Bearer` or `DPoP` with one token');
  }
  const token = new TaskToken(text);
  return scheme === 'Bearer' ? { kind: 'token', token, scheme } : withProof(token, dpop);
}

/** RFC 9449 section 4.3, check 1. */
function withProof(token, dpop) {
  if (dpop.length !== 1) {
    return malformed('a request under the scheme DPoP needs exactly one header DPoP');
  }
  const proof = dpop[0].trim();
  return proof.length <= MAX_PROOF && JWT.test(proof)
    ? { kind: 'token', token, scheme: 'DPoP', proof }
    : malformed('the header DPoP is not one JWT');
}

/** Whether it has the form of a task token at all. */
export function isJwt(text) {
  return JWT.test(text);
}

function malformed(why) {
  return { kind: 'malformed', why };
}

/**
 * The same of a request of node:http. Read from `rawHeaders`: of two headers `Authorization`, `headers` keeps the first
 * and hides the other.
 */
export function presentedIn(request) {
  return presented(valuesOf(request.rawHeaders, 'authorization'), valuesOf(request.rawHeaders, 'dpop'));
}

function valuesOf(rawHeaders, name) {
  const values = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i].toLowerCase() === name) {
      values.push(rawHeaders[i + 1]);
    }
  }
  return values;
}
