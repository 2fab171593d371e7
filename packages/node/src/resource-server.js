// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { activeToken, jsonObject, nonceOf, permits, saysItIsBound } from './answers.js';
import { call, PATIENCE } from './call.js';
import { httpSend } from './http-send.js';
import { isJwt } from './presented.js';
import { secretText } from './task-token.js';
import * as verdict from './verdict.js';

const NAME = /^[a-z0-9-]{1,32}$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const ERROR = /^[a-z0-9_]{1,64}$/;

/**
 * One resource server of one issuer's policy. Says what to answer to a request that brings a task token. Fails closed:
 * without the issuer's word nothing is let in.
 */
export class ResourceServer {
  #issuer;
  #headers;
  #patience;
  #net;

  /**
   * Throws a TypeError for settings that cannot be meant; its message repeats neither secret nor URL.
   *
   * @param settings `issuer`, `name`, `secret`, and perhaps `patience`
   * @param net for tests of this package alone
   */
  constructor(settings, net = { send: httpSend, now: Date.now, sleep, random: Math.random }) {
    this.#issuer = issuerUrl(settings.issuer);
    this.#headers = {
      Authorization: basic(settings.name, settings.secret),
      'Content-Type': 'application/x-www-form-urlencoded',
      Accept: 'application/json',
    };
    this.#patience = { ...PATIENCE, ...settings.patience };
    this.#net = net;
  }

  /** Uses the presented token once. The answer that allows it is also what counts it. */
  async redeem(presented, use, request) {
    const early = unasked(presented);
    if (early !== undefined) {
      return early;
    }
    const form = {
      token: presented.token.reveal(),
      action: filled('action', use.action),
      identifier: filled('identifier', use.identifier),
      use_id: filled('useId', use.useId ?? randomUUID()),
      ...proofOf(presented, request),
    };
    const repeat = { repeat: 'allowed' };
    const reply = await this.#ask('/redeem', use.repeatAllowed ? { ...form, ...repeat } : form);
    // The answer to an earlier try of this very call got lost, so it was this call that was counted.
    return isRepeat(reply) && reply.lostOne && !use.repeatAllowed
      ? redeemed(await this.#ask('/redeem', { ...form, ...repeat }), presented.scheme, true)
      : redeemed(reply, presented.scheme, use.repeatAllowed === true);
  }

  /** Asks whether the token is alive, without using it, and whether it permits exactly this. */
  async introspect(presented, use, request) {
    const early = unasked(presented);
    if (early !== undefined) {
      return early;
    }
    const action = filled('action', use.action);
    const identifier = filled('identifier', use.identifier);
    const form = { token: presented.token.reveal(), ...proofOf(presented, request) };
    const { token, refusal } = read(await this.#ask('/introspect', form), presented.scheme);
    if (refusal !== undefined) {
      return refusal;
    }
    // Without a proof the issuer says what the token is bound to, and leaves the rest to us (RFC 9449 section 6.2).
    if (token.keyThumbprint !== undefined && presented.proof === undefined) {
      return verdict.invalidProof(token.nonce);
    }
    return permits(token, action, identifier)
      ? verdict.allowed(token)
      : verdict.notPermitted(presented.scheme, token.nonce);
  }

  #ask(path, form) {
    const body = new URLSearchParams(form).toString();
    return call({ url: this.#issuer + path, headers: this.#headers, body }, this.#patience, this.#net);
  }

  toString() {
    return `ResourceServer[${this.#issuer}]`;
  }
}

/** What can be said without the issuer. */
function unasked(presented) {
  switch (presented.kind) {
    case 'token':
      return notAToken(presented);
    case 'malformed':
      return verdict.malformed(presented.why);
    default:
      return verdict.nothing();
  }
}

function notAToken({ token, scheme }) {
  if (scheme === 'DPoP' && !saysItIsBound(token)) {
    return verdict.notBound();
  }
  // The issuer would refuse it as a fault of this service's request, and not as the caller's.
  return isJwt(token.reveal()) ? undefined : verdict.dead(undefined, scheme);
}

function redeemed(reply, scheme, repeatAllowed) {
  const { token, refusal, body } = read(reply, scheme);
  if (refusal !== undefined) {
    return refusal;
  }
  return body.first_use === false && !repeatAllowed ? verdict.repeated() : verdict.allowed(token);
}

function isRepeat(reply) {
  const body = reply.kind === 'received' && reply.status === 200 ? jsonObject(reply.body) : undefined;
  return body !== undefined && (body.active === false ? body.reason === 'repeat' : body.first_use === false);
}

/** The living token, or why there is none. What is not plainly active is not active. */
function read(reply, scheme) {
  if (reply.kind === 'none') {
    return { refusal: verdict.unavailable(reply.sentence, reply.retryAfterMs) };
  }
  const body = jsonObject(reply.body);
  if (reply.status !== 200) {
    return { refusal: notAnswered(reply.status, body) };
  }
  if (body?.active === false) {
    const isCounted = body.reason === 'repeat';
    return { refusal: isCounted ? verdict.repeated() : verdict.dead(body.reason, scheme, nonceOf(body)) };
  }
  const token = body?.active === true ? activeToken(body) : undefined;
  return token === undefined
    ? { refusal: verdict.unavailable('the address answered 200 without a whole state') }
    : { token, body };
}

function notAnswered(status, body) {
  return typeof body?.error === 'string' && ERROR.test(body.error)
    ? verdict.misconfigured(`the issuer refused this service's own request: ${status} ${body.error}`)
    : verdict.unavailable(`the address answered ${status}, which no issuer does`);
}

function proofOf({ proof }, { method, url }) {
  return proof === undefined
    ? {}
    : { dpop: proof, htm: filled('method', method), htu: filled('url', url?.href ?? url) };
}

function issuerUrl(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new TypeError('issuer is not a URL');
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (!isSafe) {
    throw new TypeError('issuer must be https (plain http only on a loopback address)');
  }
  if (url.username !== '' || url.password !== '' || /[?#]/.test(text)) {
    throw new TypeError('issuer must have no user, password, query or fragment');
  }
  return text.replace(/\/$/, '');
}

/** RFC 6749 section 2.3.1. */
function basic(name, secret) {
  if (!NAME.test(name ?? '')) {
    throw new TypeError("name must be the resource server's name in the policy: [a-z0-9-]{1,32}");
  }
  const checked = typeof secret === 'string' ? secretText(secret.trim()) : undefined;
  if (checked === undefined) {
    throw new TypeError('secret must be 1 to 16384 visible ASCII characters, as policy secret wrote it');
  }
  return `Basic ${Buffer.from(`${encoded(name)}:${encoded(checked)}`).toString('base64')}`;
}

function encoded(text) {
  return new URLSearchParams({ x: text }).toString().slice(2);
}

function filled(name, value) {
  if (typeof value !== 'string' || value.trim() === '') {
    throw new TypeError(`${name} must be a text that is not empty`);
  }
  return value;
}
