// SPDX-License-Identifier: Apache-2.0
import { type Credential, secretsOf } from '../credential/credential.js';
import type { Secret } from '../issuer/secret.js';

/** Anything shorter would mask innocent text. */
const MIN_LENGTH = 8;
/** A shorter one would occur by chance; that of ES256 has 86 characters. */
const MIN_SIGNATURE = 32;
/** Line lengths of base64 (MIME) and of openssl (PEM). */
const LINE_LENGTHS: readonly number[] = [76, 64];

/**
 * Every text that must not appear in a log: the token, its parts, its base64 wherever it begins in a longer text, also when
 * wrapped into lines, and percent-encoded.
 */
export function masksOf(secret: Secret): readonly string[] {
  const token = secret.reveal();
  const encoded = [0, 1, 2].flatMap((offset) => base64At(token, offset));
  return distinct([...plain(token), percentEncoded(token), ...encoded, ...wrappedLines(token)]);
}

/**
 * What of these a service could send back that is worth something to whoever reads its answer: the token, its base64 forms, and the
 * signature, without which the rest opens nothing.
 */
export function echoesOf(secret: Secret): readonly string[] {
  const token = secret.reveal();
  const signature = token.slice(token.lastIndexOf('.') + 1);
  // Shorter forms are parts that all tokens of an issuer share, or lines of wrapped base64.
  const whole = masksOf(secret).filter((form) => form.length >= token.length);
  return signature.length < MIN_SIGNATURE ? whole : [...whole, signature];
}

/** The same for every secret of a credential that was delivered for the token. */
export function masksOfCredential(credential: Credential): readonly string[] {
  return secretsOf(credential).flatMap(masksOf);
}

/**
 * For one that follows while the command prints: every form of what opens something, and of the rest the text alone. Few and short,
 * since each line has to arrive in one piece.
 */
export function masksOfNext(credential: Credential): readonly string[] {
  return credential.kind === 'aws-role'
    ? distinct([
        ...masksOf(credential.secretAccessKey),
        credential.accessKeyId.reveal(),
        credential.sessionToken.reveal(),
      ])
    : masksOfCredential(credential);
}

/** For an ID token, which no command of a workflow is given: as it is, and its parts. */
export function plainMasksOf(secret: Secret): readonly string[] {
  return distinct(plain(secret.reveal()));
}

function plain(token: string): readonly string[] {
  return [token, ...token.split('.')];
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text.length >= MIN_LENGTH);
}

function base64At(token: string, offset: number): readonly string[] {
  const standard = base64(Buffer.concat([Buffer.alloc(offset), Buffer.from(token)]));
  // The characters at either end also depend on what stands before and after the token.
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + token.length) * 8) / 6);
  return bothAlphabets(standard.slice(first, last));
}

/**
 * The lines that hold part of the last part, the signature: without it the rest opens nothing. Hiding every line would be fifty
 * masks a token.
 */
function wrappedLines(token: string): readonly string[] {
  const text = base64(Buffer.from(token));
  const certain = text.slice(0, Math.floor((token.length * 8) / 6));
  const signature = Math.floor(((token.lastIndexOf('.') + 1) * 8) / 6);
  return LINE_LENGTHS.flatMap((length) => {
    const lines = certain.match(new RegExp(`.{1,${length}}`, 'g')) ?? [];
    return lines.slice(Math.floor(signature / length));
  });
}

function bothAlphabets(text: string): readonly string[] {
  return [text, text.replaceAll('+', '-').replaceAll('/', '_')];
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

/** All but unreserved characters. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
