// SPDX-License-Identifier: Apache-2.0
// oauth4webapi gets a token that is bound to its key (RFC 9449), uses it at a resource server, and is a thief of it.
import * as oauth from 'oauth4webapi'
import { discover, found, input, onLoopback } from './issuer.mjs'

const as = await discover()
const client = { client_id: 'a-step' }
const handle = async () => oauth.DPoP(client, await oauth.generateKeyPair('ES256'))
const own = await handle()

/** As the library's own examples do: once more where the server wants its nonce. */
async function withNonce(request) {
  try {
    return await request()
  } catch (refused) {
    if (!oauth.isDPoPNonceError(refused)) throw refused
    return request()
  }
}

const granted = await withNonce(async () => {
  const response = await oauth.genericTokenEndpointRequest(
    as,
    client,
    oauth.None(),
    'urn:ietf:params:oauth:grant-type:token-exchange',
    {
      subject_token: input.idToken,
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      authorization_details: JSON.stringify([input.task]),
    },
    { DPoP: own, ...onLoopback },
  )
  return oauth.processGenericTokenEndpointResponse(as, client, response)
})

let sent
const use = (DPoP) =>
  oauth.protectedResourceRequest(granted.access_token, 'POST', new URL(input.resource), undefined, undefined, {
    DPoP,
    ...onLoopback,
    [oauth.customFetch]: (url, options) => {
      sent = options
      return fetch(url, options)
    },
  })

async function status(request) {
  try {
    return (await request()).status
  } catch (refused) {
    if (!(refused instanceof oauth.WWWAuthenticateChallengeError)) throw refused
    return { status: refused.status, scheme: refused.cause[0].scheme, error: refused.cause[0].parameters.error }
  }
}

const used = await status(() => withNonce(() => use(own)))
const seen = { ...sent.headers }
found({
  granted,
  jkt: await own.calculateThumbprint(),
  used,
  // Whoever has copied the whole request, or the token alone.
  replayed: (await fetch(input.resource, { method: 'POST', headers: seen })).status,
  bearer: (await fetch(input.resource, { method: 'POST', headers: { authorization: `Bearer ${granted.access_token}` } }))
    .status,
  stolen: await (async () => {
    const thief = await handle()
    return status(() => withNonce(() => use(thief)))
  })(),
  again: await status(() => withNonce(() => use(own))),
})
