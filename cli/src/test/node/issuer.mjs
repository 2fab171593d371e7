// SPDX-License-Identifier: Apache-2.0
// What each of these scripts begins with: its input, and the issuer as discovery describes it (RFC 8414).
import { text } from 'node:stream/consumers'
import * as oauth from 'oauth4webapi'

export const input = JSON.parse(await text(process.stdin))

/** Plain http is refused by default; the issuer under test is on loopback. */
export const onLoopback = { [oauth.allowInsecureRequests]: true }

export async function discover(algorithm = 'oauth2') {
  const issuer = new URL(input.issuer)
  const response = await oauth.discoveryRequest(issuer, { algorithm, ...onLoopback })
  return oauth.processDiscoveryResponse(issuer, response)
}

/** What the test reads. */
export function found(result) {
  process.stdout.write(JSON.stringify(result))
}
