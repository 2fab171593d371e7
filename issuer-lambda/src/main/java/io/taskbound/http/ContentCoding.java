// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The one content coding that we know, gzip (RFC 9110 section 8.4.1.3), for public documents that are large. */
final class ContentCoding {
    private static final Pattern ENTRY = Pattern.compile("(?<name>gzip|\\*)\\s*(;\\s*q=(?<weight>[0-9.]+))?");
    private static final Pattern NOT_AT_ALL = Pattern.compile("0(\\.0*)?");

    private ContentCoding() {}

    /**
     * Whether whoever asks takes gzip (RFC 9110 section 12.5.3): what is said of gzip counts before what is said of the
     * rest ({@code *}), and who says nothing gets the document as it is.
     */
    static boolean takesGzip(HttpRequest request) {
        var header = request.header("accept-encoding").orElse("").toLowerCase(Locale.ROOT);
        var entries = Arrays.stream(header.split(",")).map(String::strip).toList();
        return said(entries, "gzip").or(() -> said(entries, "*")).orElse(false);
    }

    private static Optional<Boolean> said(List<String> entries, String name) {
        return entries.stream()
                .flatMap(entry -> Stream.of(ENTRY.matcher(entry)))
                .filter(match -> match.matches() && match.group("name").equals(name))
                .map(match -> match.group("weight") == null
                        || !NOT_AT_ALL.matcher(match.group("weight")).matches())
                .findFirst();
    }
}
