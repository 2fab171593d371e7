// SPDX-License-Identifier: Apache-2.0
// oauth4webapi introspects as a resource server with client_secret_basic (RFC 7662).
import * as oauth from 'oauth4webapi'
import { discover, found, input, onLoopback } from './issuer.mjs'

const as = await discover()
const client = { client_id: input.server }
const secret = oauth.ClientSecretBasic(input.secret)
const response = await oauth.introspectionRequest(as, client, secret, input.token, onLoopback)
try {
  found({ state: await oauth.processIntrospectionResponse(as, client, response) })
} catch (refused) {
  if (!(refused instanceof oauth.WWWAuthenticateChallengeError)) throw refused
  found({ refused: refused.status, scheme: refused.cause[0].scheme })
}
