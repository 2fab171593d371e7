// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonObject;
import java.util.Optional;

/** How a profile names the project: by a claim, or by the job that a Jenkins {@code sub} is the URL of. */
sealed interface ProjectNaming {
    Optional<String> name(String issuer, JsonObject claims);

    static ProjectNaming parse(String text) {
        return text.equals("jenkins_job_url") ? new JobUrl() : new Claim(ClaimPath.parse(text));
    }

    record Claim(ClaimPath claim) implements ProjectNaming {
        @Override
        public Optional<String> name(String issuer, JsonObject claims) {
            return claim.textIn(claims).filter(name -> !name.isEmpty());
        }
    }

    record JobUrl() implements ProjectNaming {
        @Override
        public Optional<String> name(String issuer, JsonObject claims) {
            return claims.string("sub").flatMap(sub -> JenkinsJobUrl.fullName(issuer, sub));
        }
    }
}
