// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.local.ClaimSet;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import java.util.UUID;

/** GitHub Actions: a run of acme/shop on main in the environment production, and the same of a fork. */
final class GithubRole implements Role {
    @Override
    public Dialect dialect() {
        return Dialect.GITHUB;
    }

    @Override
    public String policyFile() {
        return "github.yaml";
    }

    @Override
    public String policyInWords() {
        return "acme/shop, main, production may: sign one acme/shop artifact, once, within 10 min";
    }

    @Override
    public String complete(String policy, StandInProvider provider) {
        return policy;
    }

    @Override
    public ClaimSet step(StandInProvider provider, String audience, UUID txn) {
        return release(provider, "acme/shop", audience);
    }

    @Override
    public ClaimSet stranger(StandInProvider provider, String audience, UUID txn) {
        return release(provider, "mallory/shop", audience);
    }

    private static ClaimSet release(StandInProvider provider, String repository, String audience) {
        return provider.github(repository, "main")
                .with("sub", "repo:" + repository + ":environment:production")
                .with("environment", "production")
                .forAudience(audience);
    }

    @Override
    public String strangerName() {
        return "mallory/shop";
    }

    @Override
    public boolean hasBranches() {
        return false;
    }
}
