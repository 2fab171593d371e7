// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.net.URI;
import java.net.URISyntaxException;

/** What an {@code aud} claim may contain: printable ASCII without spaces. */
final class AudienceText {
    static final int MAX_LENGTH = 512;

    private AudienceText() {}

    static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** An absolute URI without fragment (RFC 8707 section 2), or a name such as {@code sts.amazonaws.com}. */
    static boolean namesOneTarget(String text) {
        try {
            return isPrintable(text) && new URI(text).getRawFragment() == null;
        } catch (URISyntaxException notAUri) {
            return false;
        }
    }
}
