// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

/** A policy without a fault, for GitHub. */
final class ExamplePolicy {
    private ExamplePolicy() {}

    static String text() {
        return """
                version: 1
                providers:
                  github:
                    profile: github
                    issuer: https://token.actions.githubusercontent.com
                    audience: https://tokens.acme.example
                resource_servers:
                  signer:
                    audience: https://signer.acme.example
                    checks: redeem
                    client_secret_hashes: ["%s"]
                tasks:
                  sign-release:
                    description: Sign one release artifact
                    permissions:
                      - resource_server: signer
                        actions: [sign]
                        identifiers: ["artifact:${project}/**@sha256:{sha256}"]
                    max_lifetime: 10m
                    allow:
                      - provider: github
                        claims:
                          repository_id: "2002"
                          repository_owner_id: "1001"
                          repository: acme/shop
                          ref: refs/heads/main
                          ref_type: branch
                """.formatted("a".repeat(64));
    }
}
