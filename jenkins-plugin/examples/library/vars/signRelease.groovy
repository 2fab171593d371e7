// SPDX-License-Identifier: Apache-2.0

/** Signs one file of the workspace, and writes the signature beside it: {@code signRelease 'app.jar'}. */
def call(String file) {
    // The shell reads the name from its environment: Groovy puts nothing into a command line.
    withEnv(["ARTIFACT=${file}"]) {
        def digest = sh(script: 'sha256sum < "$ARTIFACT" | cut -d " " -f 1', returnStdout: true).trim()
        withTaskToken(task: 'sign-release', identifier: "artifact:acme/shop/${file}@sha256:${digest}", file: true) {
            sh 'curl --fail -H @"$TASKBOUND_HEADER_FILE" --data-binary @"$ARTIFACT" https://signer.acme.example/sign > "$ARTIFACT.sig"'
        }
    }
}
