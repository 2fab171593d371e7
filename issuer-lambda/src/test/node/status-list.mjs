// SPDX-License-Identifier: Apache-2.0
// A second implementation of the status list, with nothing but what node has: reads {jwks, token, address, now} from
// standard input, verifies the list, and prints {size, ended: [indexes]} or {refused: why}.
import { createPublicKey, verify } from 'node:crypto';
import { inflateSync } from 'node:zlib';

let text = '';
for await (const chunk of process.stdin) {
  text += chunk;
}
const { jwks, token, address, now } = JSON.parse(text);

function read() {
  const [header, payload, signature] = token.split('.');
  const head = JSON.parse(Buffer.from(header, 'base64url'));
  if (head.typ !== 'statuslist+jwt' || head.alg !== 'ES256') {
    return { refused: 'header' };
  }
  const jwk = jwks.keys.find(({ kid }) => kid === head.kid);
  if (jwk === undefined) {
    return { refused: 'key' };
  }
  const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
  if (!verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))) {
    return { refused: 'signature' };
  }
  const claims = JSON.parse(Buffer.from(payload, 'base64url'));
  if (claims.sub !== address || !(claims.iat <= now) || !(now < claims.exp) || !(claims.ttl > 0)) {
    return { refused: 'claims' };
  }
  const { bits, lst } = claims.status_list;
  if (bits !== 1) {
    return { refused: 'bits' };
  }
  const bytes = inflateSync(Buffer.from(lst, 'base64url'), { maxOutputLength: 1 << 24 });
  const ended = [];
  for (let index = 0; index < bytes.length * 8; index++) {
    if ((bytes[index >> 3] >> (index & 7)) & 1) {
      ended.push(index);
    }
  }
  return { size: bytes.length * 8, ended };
}

process.stdout.write(JSON.stringify(read()));
