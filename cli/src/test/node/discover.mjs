// SPDX-License-Identifier: Apache-2.0
// oauth4webapi reads both metadata documents.
import { discover, found } from './issuer.mjs'

found({ oauth2: await discover('oauth2'), oidc: await discover('oidc') })
