// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, scalarOf, textsOf, wholeOf } from '../base/json.js';
import { printable } from '../base/printable.js';
import { ageText } from './age.js';

/** The ID token that was not accepted, read without any check; and when that was, in seconds. */
export type RefusedProof = {
  readonly issuer: string;
  readonly claims: JsonObject;
  readonly nowSeconds: number;
};

/** Clocks that differ by less are not worth a word: the issuer allows as much. */
const SKEW_SECONDS = 30;

/** No provider's `max_age` is shorter unless the policy says so. */
const SHORTEST_MAX_AGE_SECONDS = 300;

const CLOSED_BEFORE =
  'Its job or run may have been closed: by a hook, or by a client since the ID token was issued.';

/** How long ago the ID token was issued, for a line of the refusal. */
export function issuedText(proof: RefusedProof): string {
  const age = ageOf(proof);
  if (age === undefined) {
    return '(no iat)';
  }
  return age < 0 ? `in ${ageText(-age)}` : `${ageText(age)} ago`;
}

/** In seconds; what is a little in the future is from now. */
function ageOf({ claims, nowSeconds }: RefusedProof): number | undefined {
  const issued = wholeOf(claims, 'iat');
  if (issued === undefined) {
    return undefined;
  }
  const age = nowSeconds - issued;
  return age < 0 && age >= -SKEW_SECONDS ? 0 : age;
}

/** The audience, or all of them, of the ID token. */
export function audienceText(claims: JsonObject): string {
  const audiences = audiencesOf(claims);
  return audiences.length === 0 ? '(absent)' : printable(audiences.join(', '));
}

/** What usually is the reason when the issuer does not accept an ID token, the likely ones first. It does not tell. */
export function proofReasons(proof: RefusedProof): readonly string[] {
  return [
    ...expired(proof),
    ...inTheFuture(proof),
    ...otherAudience(proof),
    usedBefore(proof),
    ...tooOld(proof),
    CLOSED_BEFORE,
    unknownIssuer(proof.claims),
  ];
}

function expired({ claims, nowSeconds }: RefusedProof): readonly string[] {
  const expires = wholeOf(claims, 'exp');
  return expires === undefined || expires > nowSeconds
    ? []
    : [`It expired ${ageText(nowSeconds - expires)} ago.`];
}

function otherAudience({ issuer, claims }: RefusedProof): readonly string[] {
  const audiences = audiencesOf(claims);
  if (audiences.length > 1) {
    return ['It has more than one audience.'];
  }
  // Jenkins adds the request's own txn behind a #.
  const [audience] = (audiences[0] ?? '').split('#');
  return withoutSlash(audience ?? '') === withoutSlash(issuer)
    ? []
    : [
        `Its audience is not ${printable(issuer)}, the URL of this issuer: another name of the same host, such as localhost for 127.0.0.1, is not the same. Only the policy can name another audience.`,
      ];
}

function inTheFuture(proof: RefusedProof): readonly string[] {
  return (ageOf(proof) ?? 0) < 0
    ? [`It is issued ${issuedText(proof)} by the clock of this machine: one of two clocks is wrong.`]
    : [];
}

function usedBefore(proof: RefusedProof): string {
  const question =
    (ageOf(proof) ?? -1) < 0
      ? 'Was it used before?'
      : `It was issued ${issuedText(proof)}; was it used before?`;
  return `${question} An ID token can be exchanged once: get a new one for each task.`;
}

function tooOld(proof: RefusedProof): readonly string[] {
  return (ageOf(proof) ?? 0) < SHORTEST_MAX_AGE_SECONDS
    ? []
    : [
        "It is older than the provider's max_age in the policy: 5 min unless the policy says otherwise, 10 min for Kubernetes, 1 h for GitLab and CircleCI.",
      ];
}

function unknownIssuer(claims: JsonObject): string {
  const issuer = scalarOf(claims, 'iss');
  return issuer === undefined
    ? 'It has no iss.'
    : `The policy has no provider whose issuer is exactly ${printable(String(issuer))}.`;
}

function audiencesOf(claims: JsonObject): readonly string[] {
  const one = scalarOf(claims, 'aud');
  return one === undefined ? (textsOf(claims, 'aud') ?? []) : [String(one)];
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}
