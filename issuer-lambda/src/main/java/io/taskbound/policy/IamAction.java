// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.Optional;
import java.util.Set;

/**
 * Which IAM actions a policy may hand to a step. A session policy limits an action to the targets of one task only
 * where the action is named in full and acts on a target.
 */
public final class IamAction {
    /** Whoever may act there can give itself whatever else the role's account has. */
    private static final Set<String> OVER_OTHERS = Set.of("iam", "sts", "organizations", "account");

    private static final String S3 = "s3:";

    /** What S3 lets be limited to a prefix by {@code s3:prefix}. */
    private static final Set<String> S3_LISTS = Set.of("s3:ListBucket", "s3:ListBucketVersions");

    /** The actions of S3 that act on one object, and so can be limited to its ARN. */
    private static final Set<String> S3_OBJECTS = Set.of(
            "s3:AbortMultipartUpload",
            "s3:BypassGovernanceRetention",
            "s3:DeleteObject",
            "s3:DeleteObjectTagging",
            "s3:DeleteObjectVersion",
            "s3:DeleteObjectVersionTagging",
            "s3:GetObject",
            "s3:GetObjectAcl",
            "s3:GetObjectAttributes",
            "s3:GetObjectLegalHold",
            "s3:GetObjectRetention",
            "s3:GetObjectTagging",
            "s3:GetObjectTorrent",
            "s3:GetObjectVersion",
            "s3:GetObjectVersionAcl",
            "s3:GetObjectVersionAttributes",
            "s3:GetObjectVersionForReplication",
            "s3:GetObjectVersionTagging",
            "s3:GetObjectVersionTorrent",
            "s3:ListMultipartUploadParts",
            "s3:ObjectOwnerOverrideToBucketOwner",
            "s3:PutObject",
            "s3:PutObjectAcl",
            "s3:PutObjectLegalHold",
            "s3:PutObjectRetention",
            "s3:PutObjectTagging",
            "s3:PutObjectVersionAcl",
            "s3:PutObjectVersionTagging",
            "s3:ReplicateDelete",
            "s3:ReplicateObject",
            "s3:ReplicateTags",
            "s3:RestoreObject");

    private IamAction() {}

    /** Whether it acts on S3, whose targets have identifiers of their own form. */
    public static boolean isOfS3(String action) {
        return action.startsWith(S3);
    }

    /** Whether it acts on one object of S3. */
    public static boolean isOnObject(String action) {
        return S3_OBJECTS.contains(action);
    }

    /** Whether it lists a bucket, which S3 limits to a prefix. */
    public static boolean isList(String action) {
        return S3_LISTS.contains(action);
    }

    /** What is wrong with it, for a policy. */
    static Optional<Flaw> fault(String action) {
        if (action.indexOf('*') >= 0 || action.indexOf('?') >= 0) {
            return fault("stands for many IAM actions, also for those that AWS will add", "list each action in full");
        }
        int colon = action.indexOf(':');
        var service = action.substring(0, Math.max(0, colon));
        if (!isService(service) || !AsciiText.isOf(action.substring(colon + 1), "")) {
            return fault("is not an IAM action", "write service:Action, such as s3:GetObject");
        }
        if (OVER_OTHERS.contains(service)) {
            return fault(
                    "lets a step give out or take other permissions than its own",
                    "remove it: " + service + " is not for steps");
        }
        return isOfS3(action) && !isOnObject(action) && !isList(action) ? ofBucket(action) : Optional.empty();
    }

    private static Optional<Flaw> ofBucket(String action) {
        return fault(
                action.equals("s3:ListBucketMultipartUploads")
                        ? "shows the uploads of the whole bucket: S3 does not limit it to a prefix"
                        : "is not an action of S3 on an object, so no target limits it",
                Spelling.nearest(action, S3_OBJECTS)
                        .map(meant -> "remove it, or did you mean " + meant + "?")
                        .orElse("remove it"));
    }

    private static Optional<Flaw> fault(String what, String remedy) {
        return Optional.of(new Flaw(what, remedy));
    }

    private static boolean isService(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> AsciiText.isLowerCase(c) || c == '-');
    }
}
