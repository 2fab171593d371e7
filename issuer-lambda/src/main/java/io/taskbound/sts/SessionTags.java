// SPDX-License-Identifier: Apache-2.0
package io.taskbound.sts;

import io.taskbound.credential.CredentialOrder;
import io.taskbound.digest.Sha256;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * The tags of a session, which CloudTrail writes down and which a trust policy can ask for. Their keys have a prefix of
 * ours, because a session's tag takes the place of the role's own tag of that key, and decisions may depend on that
 * one. None is transitive: a role that the session goes on to assume does not see them.
 */
final class SessionTags {
    private static final String PREFIX = "taskbound:";
    private static final String HASHED = "h-";
    private static final int MAX_VALUE_LENGTH = 256;
    private static final int SHA256_BYTES = 32;
    private static final String PUNCTUATION = "_.:/=+-@";

    private SessionTags() {}

    /** Task, provider, run and, where the provider has one, the project's immutable id. */
    static List<Tag> of(CredentialOrder order) {
        var requester = order.requester();
        var tags = new ArrayList<Tag>();
        tags.add(tag("task", order.task().value()));
        tags.add(tag("provider", requester.provider().value()));
        tags.add(tag("run", requester.run()));
        requester.projectId().ifPresent(project -> tags.add(tag("project", project)));
        return tags;
    }

    private static Tag tag(String name, String text) {
        return Tag.builder().key(PREFIX + name).value(value(text)).build();
    }

    /**
     * The text itself where it is one that STS takes for certain (its own rule knows more letters), else the SHA-256 of
     * it. A text that looks like a hash is hashed too, or it could pass for the one whose hash it spells.
     */
    static String value(String text) {
        boolean plain = text.length() <= MAX_VALUE_LENGTH
                && text.chars().allMatch(SessionTags::isTaken)
                && !text.startsWith(HASHED);
        return plain ? text : HASHED + Sha256.base64Url(text, SHA256_BYTES);
    }

    private static boolean isTaken(int c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || PUNCTUATION.indexOf(c) >= 0;
    }
}
