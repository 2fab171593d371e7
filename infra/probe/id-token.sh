# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The CI's ID token and one for another audience, each in a file.

one_line() { awk '{ gsub(/[ \t\r]/, ""); printf "%s", $0 }'; }

# Exit code 1 when there is none to ask with.
take_id_tokens() {
  id_token=$work/id-token
  other_id_token=$work/other-id-token
  : >"$other_id_token"
  id_token_trouble=''
  if [ -n "$id_token_file" ]; then
    one_line <"$id_token_file" >"$id_token"
  elif [ -n "${TASKBOUND_ID_TOKEN:-}" ]; then
    printf '%s' "$TASKBOUND_ID_TOKEN" | one_line >"$id_token"
  elif [ -n "${ACTIONS_ID_TOKEN_REQUEST_URL:-}" ]; then
    from_github "${audience:-$issuer}" >"$id_token"
    from_github "https://taskbound-probe.invalid" >"$other_id_token"
  else
    id_token_trouble='no ID token: --id-token-file, TASKBOUND_ID_TOKEN, or permissions: {id-token: write} in a job of GitHub'
    return 1
  fi
  if [ -n "$other_id_token_file" ]; then
    one_line <"$other_id_token_file" >"$other_id_token"
  elif [ -n "${TASKBOUND_OTHER_ID_TOKEN:-}" ]; then
    printf '%s' "$TASKBOUND_OTHER_ID_TOKEN" | one_line >"$other_id_token"
  fi
  if [ ! -s "$id_token" ]; then
    fail id-token "there is none where it should be${ACTIONS_ID_TOKEN_REQUEST_URL:+; may this job of GitHub ask for one (id-token: write)?}"
    return 1
  fi
  if ! awk -F . 'NF != 3 || $1 == "" || $2 == "" || $3 == "" { bad = 1 } END { exit bad || NR != 1 }' "$id_token"; then
    fail id-token 'what there is as ID token has not the form of a signed JWT'
    return 1
  fi
}

# The bearer secret is in a file of curl's settings: a command line is public on its machine.
from_github() { # from_github AUDIENCE
  printf 'header = "Authorization: Bearer %s"\n' "${ACTIONS_ID_TOKEN_REQUEST_TOKEN:-}" >"$work/github.curlrc"
  curl -q --silent --show-error --max-time 20 --config "$work/github.curlrc" --get --data-urlencode "audience=$1" \
    --output "$work/github" "$ACTIONS_ID_TOKEN_REQUEST_URL" 2>/dev/null
  awk -f "$here/json.awk" "$work/github" 2>/dev/null | awk -F '\t' '$1 == "value" && $2 == "string" { printf "%s", $3 }'
  rm -f "$work/github" "$work/github.curlrc"
}

without_id_token() {
  for name in dry-run forged-signature alg-none wrong-audience unknown-task foreign-target mint token replay token-as-proof \
    stolen-renew renew alive close closed-renew closed-mint dead; do
    skip "$name" "${id_token_trouble:-the ID token cannot be used}"
  done
}
