# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The one token that is granted: what it says, that it lives, and that it is dead once it is closed.

check_mint() {
  details "$task" "$identifier"
  mint_txn=$(uuid)
  make_holder
  exchange "$id_token" "$mint_txn" ${challenge:+--data "holder_challenge=$challenge"}
  if [ "$status" != 200 ] || ! has access_token; then
    fail mint "a permitted task must be granted, but was $(answer); ask: taskbound policy explain --request-id"
    for name in token replay token-as-proof stolen-renew renew alive close closed-renew closed-mint dead; do
      skip "$name" 'there is no token'
    done
    return 1
  fi
  minted=yes
  mine=$granted
  token=$work/token.$mine
  jti=$(field jti)
  leased=$(field lease_expires_in number)
  life=$(field expires_in number)
  if [ "$(field token_type)" = Bearer ] && [ -n "$jti" ] && [ "${life:-0}" -gt 0 ] && [ "$life" -le 3600 ] && ! has refresh_token; then
    pass mint "granted for $life s${leased:+, lease $leased s}; handle $jti"
  else
    fail mint 'the answer must have token_type Bearer, a jti, expires_in of at most an hour and no refresh_token'
  fi
}

# Its signature is checked by whoever it is shown to, and here by the answers to renew and introspect.
check_life() {
  check_claims
  check_status_list
  exchange "$id_token" "$(uuid)"
  refused replay 400 invalid_request 'the same ID token again'
  exchange "$token" "$(uuid)"
  refused token-as-proof 400 invalid_request 'the task token in the place of an ID token'
  if [ -n "$leased" ] && [ -n "$challenge" ]; then
    post /renew --data-urlencode "token@$token" --data holder_verifier=EveryoneWhoHasATokenMayTryThisOneHereInVain000
    refused stolen-renew 400 invalid_grant 'a heartbeat of who has only the token'
    post /renew --data-urlencode "token@$token" --data-urlencode "holder_verifier@$work/verifier"
    if [ "$status" = 200 ] && has lease_expires_in number; then
      pass renew "lease $(field lease_expires_in number) s"
    else
      fail renew "a living token must be renewed, but was $(answer)"
    fi
  else
    skip stolen-renew "$(without_renewal)"
    skip renew "$(without_renewal)"
  fi
  check_alive
}

without_renewal() {
  if [ -n "$leased" ]; then
    printf 'there is no sha256sum, shasum or openssl here'
  else
    printf 'the token has no lease (its resource server checks offline)'
  fi
}

claim() { # claim MEMBER [KIND]
  awk -F '\t' -v path="$1" -v kind="${2:-string}" '$1 == path && $2 == kind { print $3 }' "$work/claims"
}

check_claims() {
  awk -v part=1 -f "$here/jwt-part.awk" "$token" | awk -f "$here/json.awk" >"$work/claims"
  kid=$(claim kid)
  alg=$(claim alg)
  awk -v part=2 -f "$here/jwt-part.awk" "$token" | awk -f "$here/json.awk" >"$work/claims"
  fault=''
  [ "$alg" = ES256 ] || fault="alg must be ES256, but is '$alg'"
  awk -v kid="$kid" '$0 == kid { found = 1 } END { exit !found }' "$work/kids" || fault="its key '$kid' is not published"
  [ "$(claim iss)" = "$issuer" ] || fault="iss must be $issuer, but is '$(claim iss)'"
  [ "$(claim jti)" = "$jti" ] || fault='its jti is not the one of the answer'
  [ "$(claim authorization_details.0.identifier)" = "$identifier" ] || fault='it is not for the target that was asked for'
  if [ -n "$fault" ]; then fail token "$fault"; else pass token 'issuer, key, handle and target are as they must be'; fi
}

# Asks as the resource server whether the token lives; leaves the answer.
look() { # look USE-ID
  printf 'user = "%s:%s"\n' "$server" "$(secret)" >"$work/server.curlrc"
  if [ -n "$redeem" ]; then
    redeem_with "$1"
  else
    post /introspect --config "$work/server.curlrc" --data-urlencode "token@$token"
  fi
}

secret() {
  if [ -n "$secret_file" ]; then one_line <"$secret_file"; else printf '%s' "$TASKBOUND_SERVER_SECRET" | one_line; fi
}

redeem_with() { # redeem_with USE-ID
  used=$action
  [ -n "$used" ] || used=$(claim authorization_details.0.actions.0)
  post /redeem --config "$work/server.curlrc" --data-urlencode "token@$token" --data-urlencode "action=$used" \
    --data-urlencode "identifier=$identifier" --data-urlencode "use_id=$1"
}

check_alive() {
  if [ -z "$server" ]; then
    skip alive 'no credentials of a resource server: --server and --secret-file'
    return
  fi
  look taskbound-probe-1
  if [ "$status" = 200 ] && [ "$(field active boolean)" = true ] && [ "$(field jti)" = "$jti" ] && [ "$(field iss)" = "$issuer" ]; then
    pass alive "$server is told that it is alive"
  else
    fail alive "$server must be told that it is alive, but was told $(answer)$(hint)"
  fi
}

hint() {
  [ "$(field active boolean)" != false ] ||
    printf ': active is false. Is it the server of this task? One with checks: redeem needs --redeem'
}

check_end() {
  post /revoke --data-urlencode "token@$token"
  if [ "$status" = 200 ]; then
    closed "$mine"
    pass close 'closed by its holder'
  else
    fail close "closing must be 200, but was $(answer)"
  fi
  if [ -n "$leased" ] && [ -n "$challenge" ]; then
    post /renew --data-urlencode "token@$token" --data-urlencode "holder_verifier@$work/verifier"
    refused closed-renew 400 invalid_grant 'renewing it now'
  else
    skip closed-renew "$(without_renewal)"
  fi
  # Before the close this very request would have been answered again, as one whose answer was lost.
  details "$task" "$identifier"
  exchange "$id_token" "$mint_txn" ${challenge:+--data "holder_challenge=$challenge"}
  refused closed-mint 400 invalid_request 'the request that it came from, sent again'
  if [ -n "$server" ]; then
    # Not the use of before, whose repeat has an answer of its own.
    look taskbound-probe-2
    if [ "$status" = 200 ] && [ "$(field active boolean)" = false ] && ! has jti; then
      pass dead "$server is told that it is not alive"
    else
      fail dead "$server must be told that it is not alive, but was told $(answer)"
    fi
  else
    skip dead 'no credentials of a resource server: --server and --secret-file'
  fi
}
