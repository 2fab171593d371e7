#!/bin/sh
# Asks whether a task token is alive, without using it, and prints the issuer's answer.
# Usage: introspect.sh TOKEN_FILE
# server.curlrc is readable only by this service and contains one line: user = "deploy:<secret>"
set -eu
curl --silent --show-error --fail-with-body --config server.curlrc --max-time 20 --retry 2 \
  --data-urlencode "token@$1" \
  "$TASKBOUND_ISSUER/introspect"
