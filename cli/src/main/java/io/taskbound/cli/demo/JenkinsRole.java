// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.local.ClaimSet;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import java.util.UUID;

/**
 * Jenkins: a build of one job, and the same of a pull request's job. Its ID tokens have no {@code jti} and whole-second
 * times; what tells two of them apart is the task instance that our step asks for in the audience.
 */
final class JenkinsRole implements Role {
    private static final String JOB = "shop/release/main";
    private static final int BUILD = 42;

    @Override
    public Dialect dialect() {
        return Dialect.JENKINS;
    }

    @Override
    public String policyFile() {
        return "jenkins.yaml";
    }

    @Override
    public String policyInWords() {
        return "the job " + JOB + " may: sign one acme/shop artifact, once, within 10 min";
    }

    @Override
    public String complete(String policy, StandInProvider provider) {
        var sub = provider.jenkins(JOB, BUILD).asMap().get("sub");
        return policy.replace("@JOB@", String.valueOf(sub));
    }

    @Override
    public ClaimSet step(StandInProvider provider, String audience, UUID txn) {
        return provider.jenkins(JOB, BUILD).forAudience(audience + "#" + txn);
    }

    @Override
    public ClaimSet stranger(StandInProvider provider, String audience, UUID txn) {
        return provider.jenkins("shop/release/PR-12", 1).forAudience(audience + "#" + txn);
    }

    @Override
    public String strangerName() {
        return "the job of PR-12";
    }

    @Override
    public boolean hasBranches() {
        return true;
    }
}
