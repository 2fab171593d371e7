# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What anybody may ask, and what anybody is refused.

check_ready() {
  until=$(($(date +%s) + patience))
  while :; do
    ask GET /healthz
    [ "$status" != 200 ] || break
    # A wrong certificate does not get better by waiting.
    case ${curl_code:-0} in 0 | 6 | 7 | 28 | 52 | 56) ;; *) break ;; esac
    [ "$(date +%s)" -lt "$until" ] && [ "$(date +%s)" -lt "$ends" ] || break
    sleep 1
  done
  case $issuer in
    http://*) skip tls 'http on this machine' ;;
    *) if [ "$answers" -gt 0 ]; then
      pass tls 'a certificate that curl accepts, TLS 1.2 or newer'
    else
      fail tls "$(answer)"
    fi ;;
  esac
  if [ "$status" = 200 ] && [ "$(field status)" = ok ]; then
    pass health 'ok'
  elif [ "$status" = 000 ]; then
    fail health "$(answer); the rest was not tried"
    return 1
  else
    fail health "/healthz must be 200 with status ok, but was $(answer)$(missing)"
  fi
}

# The parts that the issuer itself says it lacks.
missing() {
  awk -F '\t' '$1 ~ /^missing\.[0-9]+$/ { printf "%s%s", (found++ ? ", " : "; it lacks "), $3 }' "$work/flat"
}

check_documents() {
  ask GET /.well-known/jwks.json
  check_keys
  ask GET /.well-known/oauth-authorization-server
  check_metadata metadata
  ask GET /.well-known/openid-configuration
  check_metadata openid-configuration
}

check_keys() {
  # A key is a kid, and a point on P-256 for ES256.
  if [ "$status" = 200 ] && awk -F '\t' '
    $1 == "keys" && $2 == "array" { count = $3 }
    $2 != "string" { next }
    { member = $1; number = $1; sub(/^keys\.[0-9]+\./, "", member); sub(/^keys\./, "", number); sub(/\..*/, "", number) }
    member == "kid" && $3 != "" { if (kids[$3]++) twice = 1 }
    (member == "kty" && $3 == "EC") || (member == "crv" && $3 == "P-256") || (member == "alg" && $3 == "ES256") { fit[number]++ }
    (member == "kid" || member == "x" || member == "y") && $3 != "" { fit[number]++ }
    END { for (i = 0; i < count; i++) if (fit[i] != 6) exit 1; exit (count < 1 || twice) }' "$work/flat"; then
    pass keys "$(field keys array) published, for ES256"
  else
    fail keys "the key set must be 200 with EC keys on P-256 for ES256, each with a kid of its own, but was $(answer)"
  fi
  private=$(awk -F '\t' '$1 ~ /^keys\.[0-9]+\.(d|p|q|dp|dq|qi|oth|k)(\.|$)/ { print $1 }' "$work/flat" | awk 'NR == 1')
  if [ ! -s "$work/flat" ]; then
    fail no-private-keys "the key set cannot be read: $(answer)"
  elif [ -n "$private" ]; then
    fail no-private-keys "the key set has the private member $private: take the key out of use now"
  else
    pass no-private-keys 'public members alone'
  fi
  awk -F '\t' '$1 ~ /^keys\.[0-9]+\.kid$/ { print $3 }' "$work/flat" >"$work/kids"
  case $(header cache-control) in
    *no-store* | *no-cache* | *private*) fail key-cache "caches may not keep the keys: $(header cache-control)" ;;
    *max-age=[1-9]*) pass key-cache "$(header cache-control)" ;;
    *) fail key-cache 'the key set has no max-age, so nobody knows how long to keep it' ;;
  esac
}

check_metadata() { # check_metadata NAME
  fault=''
  [ "$status" = 200 ] || fault="it must be 200 but was $(answer)"
  same issuer "$issuer"
  same token_endpoint "$base/token"
  same revocation_endpoint "$base/revoke"
  same introspection_endpoint "$base/introspect"
  same jwks_uri "$base/.well-known/jwks.json"
  if [ -n "$fault" ]; then fail "$1" "$fault"; else pass "$1" "issuer $issuer, as configured"; fi
}

same() { # same MEMBER VALUE
  [ -n "$fault" ] || [ "$(field "$1")" = "$2" ] || fault="$1 must be $2, but is '$(field "$1")'"
}

check_requests() {
  ask GET /no-such-endpoint
  refused unknown-path 404 invalid_request 'an unknown path'
  ask GET /token
  if is_refusal 405 invalid_request && [ "$(header allow)" = post ]; then
    pass get-token 'GET /token: 405 invalid_request, Allow: POST'
  else
    fail get-token "GET /token must be 405 invalid_request with Allow: POST, but was $(answer)"
  fi
  ask POST /token --header 'Content-Type: application/json' --data '{"grant_type":"client_credentials"}'
  refused json-body 415 invalid_request 'a JSON body'
  awk 'BEGIN { printf "a="; while (i++ < 65536) printf "a" }' >"$work/oversized"
  post /token --data-binary "@$work/oversized"
  refused oversized-body 413 invalid_request 'a body over 64 KB'
  post /token --data grant_type=client_credentials
  refused other-grant 400 unsupported_grant_type 'another grant'
  post /revoke --data token=made-up.made-up.made-up
  if [ "$status" = 200 ] && [ "$(awk 'END { print NR }' "$work/flat")" = 1 ]; then
    pass close-unknown 'closing an unknown token: 200 and nothing else (RFC 7009)'
  else
    fail close-unknown "closing an unknown token must be 200 with {}, but was $(answer)"
  fi
}

check_credentials() {
  post /introspect --data token=made-up
  unauthorised no-credentials 'introspection without credentials'
  # Of the right form, and nobody's: 43 characters of base64url.
  printf 'user = "%s:%s"\n' "${server:-taskbound-probe}" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA >"$work/wrong.curlrc"
  post /introspect --config "$work/wrong.curlrc" --data token=made-up
  unauthorised wrong-credentials "introspection with a wrong secret"
}

unauthorised() { # unauthorised NAME WHAT
  case $(header www-authenticate) in
    basic*) refused "$1" 401 invalid_client "$2" ;;
    *) fail "$1" "$2 must be 401 invalid_client with WWW-Authenticate: Basic, but was $(answer)" ;;
  esac
}
