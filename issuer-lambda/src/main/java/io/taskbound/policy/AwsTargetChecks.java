// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.List;
import java.util.Optional;

/** Identifiers at an {@code aws-role} server: prefixes and objects of S3, and what the server has templates for. */
final class AwsTargetChecks {
    private static final String S3 = "s3:";
    private static final String EXAMPLE = "write s3:BUCKET/PREFIX/";

    private final Faults faults;
    private final AwsRole role;

    AwsTargetChecks(Faults faults, AwsRole role) {
        this.faults = faults;
        this.role = role;
    }

    /** Whether an IAM action can act on what the pattern matches. */
    static boolean fits(String action, IdentifierPattern pattern) {
        return IamAction.isOfS3(action) == pattern.beginning().startsWith(S3);
    }

    void check(IdentifierPattern pattern, Place place) {
        if (pattern.beginning().startsWith(S3)) {
            flaw(pattern.beginning().substring(S3.length()), pattern.parts())
                    .ifPresent(bad -> faults.error(FaultCode.S3_PREFIX, place, bad.what(), bad.remedy()));
        } else if (pattern.beginning().indexOf(':') < 0) {
            faults.error(
                    FaultCode.NO_RESOURCE,
                    place,
                    "does not begin with the kind of target",
                    "begin it with s3: or with the word of one of the server's resources, without a pattern in it");
        } else if (faults.areForPeople() && !hasResource(pattern)) {
            faults.error(
                    FaultCode.NO_RESOURCE,
                    place,
                    "stands for nothing in AWS: it is not s3:, and no form in the server's resources can match it",
                    "add its form and ARN to the server's resources");
        }
    }

    private boolean hasResource(IdentifierPattern pattern) {
        return role.resources().stream()
                .anyMatch(template -> Overlap.between(pattern, BracedText.checked(template.identifier())));
    }

    /** Names of buckets are everybody's: a pattern there would reach the bucket of whoever registers a match. */
    private static Optional<Flaw> flaw(String rest, List<GlobPart> parts) {
        int slash = rest.indexOf('/');
        if (slash < 0) {
            return Optional.of(
                    parts.size() == 1
                            ? new Flaw("opens a whole bucket", "write a prefix after the bucket: " + EXAMPLE)
                            : new Flaw("has a pattern in the bucket's name", EXAMPLE + " with the bucket in full"));
        }
        if (!S3Bucket.isName(rest.substring(0, slash))) {
            return Optional.of(
                    new Flaw("names no bucket: " + S3Bucket.RULE, EXAMPLE + " with the bucket's name as S3 has it"));
        }
        boolean opensAll =
                slash == rest.length() - 1 && (parts.size() == 1 || parts.get(1) instanceof GlobPart.Wildcard);
        return opensAll
                ? Optional.of(new Flaw(
                        "has no prefix of its own, so that any part of the bucket could be asked for", EXAMPLE))
                : Optional.empty();
    }
}
