// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.List;

/** Names of S3 buckets: not those of access points, whose ARNs are others. */
public final class S3Bucket {
    static final String RULE = "that has 3 to 63 lower-case letters, digits, - and .";

    private static final int LEAST = 3;
    private static final int MOST = 63;
    /** Kept by AWS for other things than buckets. */
    private static final List<String> BEGINNINGS = List.of("xn--", "sthree-", "amzn-s3-demo-");

    private static final List<String> ENDS = List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

    private S3Bucket() {}

    public static boolean isName(String text) {
        return text.length() >= LEAST
                && text.length() <= MOST
                && text.chars().allMatch(c -> AsciiText.isLowerCase(c) || c == '-' || c == '.')
                && AsciiText.isLowerCase(text.charAt(0))
                && AsciiText.isLowerCase(text.charAt(text.length() - 1))
                && !text.contains("..")
                && !isAddress(text)
                && BEGINNINGS.stream().noneMatch(text::startsWith)
                && ENDS.stream().noneMatch(text::endsWith);
    }

    private static boolean isAddress(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')
                && text.chars().filter(c -> c == '.').count() == 3;
    }
}
