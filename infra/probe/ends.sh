# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# How others tell the issuer that a run has ended, and how it tells others that a token has.

check_hooks() {
  event taskbound-probe-made-up
  refused unknown-hook 401 invalid_delivery 'an event for a hook that does not exist'
  [ -n "$hook" ] || return 0
  event "$hook"
  refused unsigned-event 401 invalid_delivery "an event for the hook $hook without a signature"
  # In the form of each CI system that a hook can be for.
  event "$hook" --header "X-Hub-Signature-256: sha256=$(made_up 64)" --header "X-Gitlab-Token: $(made_up 43)" \
    --header "X-Buildkite-Signature: timestamp=$(date +%s),signature=$(made_up 64)" \
    --header "circleci-signature: v1=$(made_up 64)"
  refused forged-event 401 invalid_delivery 'one with a signature that is made up'
}

event() { # event HOOK CURL-ARGUMENT...: of a kind that ends nothing, even where it is believed
  named=$1
  shift
  ask POST "/hooks/$named" --header 'Content-Type: application/json' --header 'X-GitHub-Event: ping' "$@" --data '{}'
}

made_up() { # made_up LENGTH
  awk -v length_of_it="$1" 'BEGIN { while (i++ < length_of_it) printf "0" }'
}

# A resource server with `checks: status` does not ask: it reads the list that the token names.
check_status_list() {
  list=$(claim status.status_list.uri)
  [ -n "$list" ] || return 0
  case $list in
    "$base"/status/*) ;;
    *) fail status-list "the token names the list $list, which is not the issuer's"; return ;;
  esac
  # Most lists are small; one of ten million tokens has 2.3 MB.
  usual_blocks=$most_blocks
  most_blocks=8192
  ask GET "${list#"$base"}"
  most_blocks=$usual_blocks
  case $its_type in
    application/statuslist+jwt) awk -v part=1 -f "$here/jwt-part.awk" "$work/body" | awk -f "$here/json.awk" >"$work/list" ;;
    *) : >"$work/list" ;;
  esac
  if [ "$status" = 200 ] && awk -F '\t' '
    NR == FNR { kids[$0] = 1; next }
    $2 == "string" { header[$1] = $3 }
    END { exit !(header["typ"] == "statuslist+jwt" && header["alg"] == "ES256" && header["kid"] in kids) }' \
    "$work/kids" "$work/list"; then
    pass status-list "the list that the token names is there, signed with a published key"
  else
    fail status-list "$list must be 200 with a list signed with a published key, but was $(answer)"
  fi
}
