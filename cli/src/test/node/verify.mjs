// SPDX-License-Identifier: Apache-2.0
// jose verifies a token by the key set that the metadata names, as a resource server would.
import * as jose from 'jose'
import { discover, found, input } from './issuer.mjs'

const as = await discover()
const keys = jose.createRemoteJWKSet(new URL(as.jwks_uri))
try {
  const { payload, protectedHeader } = await jose.jwtVerify(input.token, keys, {
    issuer: input.expectedIssuer,
    audience: input.audience,
    typ: input.typ,
    algorithms: ['ES256'],
    requiredClaims: ['exp', 'jti', 'sub'],
  })
  found({ header: protectedHeader, claims: payload })
} catch (refused) {
  if (!(refused instanceof jose.errors.JOSEError)) throw refused
  found({ refused: refused.code, claim: refused.claim })
}
