#!/usr/bin/env bats
# What the hook calls. That this gets, uses and closes a token is tested in the main repository, with a real issuer.

setup() {
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/sh\nprintf "%%s\\n" "$@"\n' >"$BATS_TEST_TMPDIR/bin/taskbound"
  chmod +x "$BATS_TEST_TMPDIR/bin/taskbound"
  PATH="$BATS_TEST_TMPDIR/bin:$PATH"
  export BUILDKITE_COMMAND='echo "a  b"; ./deploy.sh'
  export BUILDKITE_PLUGIN_TASKBOUND_ISSUER=https://tokens.acme.example
  export BUILDKITE_PLUGIN_TASKBOUND_TASK=deploy
  hook="$BATS_TEST_DIRNAME/../hooks/command"
}

called() { # called WORD...
  [ "$status" -eq 0 ]
  [ "$output" = "$(printf '%s\n' "$@")" ]
}

@test "one target as a text" {
  export BUILDKITE_PLUGIN_TASKBOUND_IDENTIFIERS=env:production
  run "$hook"
  called run --issuer https://tokens.acme.example --task deploy --identifier env:production -- bash -e -c 'echo "a  b"; ./deploy.sh'
}

@test "lists, with blanks in their entries" {
  export BUILDKITE_PLUGIN_TASKBOUND_TARGETS_0='read s3:a/b c' BUILDKITE_PLUGIN_TASKBOUND_TARGETS_1='write s3:d/*'
  export BUILDKITE_PLUGIN_TASKBOUND_APPROVAL_WAIT=10m BUILDKITE_PLUGIN_TASKBOUND_RECEIPT=receipt.json
  run "$hook"
  called run --issuer https://tokens.acme.example --task deploy --target 'read s3:a/b c' --target 'write s3:d/*' \
    --approval-wait 10m --receipt receipt.json -- bash -e -c 'echo "a  b"; ./deploy.sh'
}

@test "claims become a command that asks for them" {
  export BUILDKITE_PLUGIN_TASKBOUND_CLAIMS_0=cluster_id BUILDKITE_PLUGIN_TASKBOUND_CLAIMS_1=agent_tag:queue
  run "$hook"
  called run --issuer https://tokens.acme.example --task deploy --id-token-command \
    'buildkite-agent oidc request-token --audience "$TASKBOUND_AUDIENCE" --claim organization_id --claim pipeline_id --claim cluster_id --claim agent_tag:queue' \
    -- bash -e -c 'echo "a  b"; ./deploy.sh'
}

@test "a claim that is a piece of shell is refused" {
  export BUILDKITE_PLUGIN_TASKBOUND_CLAIMS='x; touch owned'
  run "$hook"
  [ "$status" -eq 1 ]
  [[ "$output" == *'a claim has other characters'* ]]
}

@test "what is missing is said" {
  unset BUILDKITE_PLUGIN_TASKBOUND_TASK
  run "$hook"
  [ "$status" -eq 1 ]
  [[ "$output" == *'task is missing'* ]]
  BUILDKITE_COMMAND='' run "$hook"
  [ "$status" -eq 1 ]
  [[ "$output" == *'the step has no command'* ]]
}
