// SPDX-License-Identifier: Apache-2.0
// oauth4webapi revokes as a public client (RFC 7009).
import * as oauth from 'oauth4webapi'
import { discover, found, input, onLoopback } from './issuer.mjs'

const as = await discover()
const response = await oauth.revocationRequest(as, { client_id: 'a-step' }, oauth.None(), input.token, onLoopback)
await oauth.processRevocationResponse(response)
found({ acknowledged: true })
