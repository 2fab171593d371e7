// SPDX-License-Identifier: Apache-2.0
// What the issuer says of the token in a file: node introspect.mjs FILE. For steps of a workflow, which have no token.
import { readFileSync } from 'node:fs';

const secret = readFileSync(process.env.E2E_SECRET_FILE, 'utf8').trim();
const answer = await fetch(`${process.env.E2E_ISSUER}/introspect`, {
  method: 'POST',
  headers: { authorization: `Basic ${Buffer.from(`signer:${secret}`).toString('base64')}` },
  body: new URLSearchParams({ token: readFileSync(process.argv[2], 'utf8') }),
});
console.log(`the token is ${(await answer.json()).active ? 'alive' : 'dead'}`);
