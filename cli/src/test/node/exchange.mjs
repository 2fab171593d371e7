// SPDX-License-Identifier: Apache-2.0
// oauth4webapi makes the token exchange of RFC 8693 as its generic grant.
import * as oauth from 'oauth4webapi'
import { discover, found, input, onLoopback } from './issuer.mjs'

const as = await discover()
const client = { client_id: 'a-step' }
const response = await oauth.genericTokenEndpointRequest(
  as,
  client,
  oauth.None(),
  'urn:ietf:params:oauth:grant-type:token-exchange',
  {
    subject_token: input.idToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    authorization_details: JSON.stringify([input.task]),
    txn: input.txn,
  },
  onLoopback,
)
try {
  found({ granted: await oauth.processGenericTokenEndpointResponse(as, client, response) })
} catch (refused) {
  if (!(refused instanceof oauth.ResponseBodyError)) throw refused
  found({ refused: refused.error, status: refused.status, request_id: refused.cause.request_id })
}
