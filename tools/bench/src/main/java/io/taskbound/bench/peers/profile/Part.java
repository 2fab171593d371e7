// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers.profile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of what a mint does. A stack belongs to the part that the frame nearest to its leaf names: what the AWS SDK's
 * signer hashes is the SDK's, and JSON that the audit line is made of is JSON. Frames of the JDK and of libraries that
 * several parts use name none.
 */
public enum Part {
    SDK_HTTP(
            "the SDK's HTTP client",
            "software\\.amazon\\.awssdk\\.http\\.(apache5|apache|urlconnection|crt)\\..*|org\\.apache\\.hc\\..*"),
    SDK("AWS SDK", "software\\.amazon\\.awssdk\\..*"),
    ES256(
            "ES256, the token's signature",
            "sun\\.security\\.ec\\..*|com\\.nimbusds\\.jose\\.crypto\\.ECDSA.*|io\\.taskbound\\.token\\.(LocalSigner|KmsSigner)\\b.*"),
    RS256(
            "RS256, the ID token's signature",
            "sun\\.security\\.rsa\\..*|com\\.nimbusds\\.jose\\.crypto\\.RSASSA.*"
                    + "|io\\.taskbound\\.identity\\.(SignatureAlgorithm|VerificationKey)\\b.*"),
    AUDIT("audit and metrics", "java\\.io\\.PrintStream|io\\.taskbound\\.(audit|metrics)\\..*"),
    IDENTITY("identity", "io\\.taskbound\\.identity\\..*"),
    JSON("JSON", "io\\.taskbound\\.json\\..*"),
    POLICY("policy", "io\\.taskbound\\.policy\\..*"),
    LEDGER("ledger", "io\\.taskbound\\.ledger\\..*"),
    TOKEN("token and keys", "io\\.taskbound\\.token\\..*"),
    REQUEST("event, form and verb", "io\\.taskbound\\.(lambda|http|issuer|cli)\\..*"),
    LAMBDA("Lambda's runtime interface client", "com\\.amazonaws\\.services\\.lambda\\..*"),
    SERVER("HTTP server", "(com\\.)?sun\\.net\\.httpserver\\..*"),
    REST("rest", "");

    private final String title;
    private final Pattern classes;

    Part(String title, String classes) {
        this.title = title;
        this.classes = Pattern.compile(classes);
    }

    /** As a table names it. */
    public String title() {
        return title;
    }

    /** @param classNames of the frames, the leaf's first */
    public static Part of(List<String> classNames) {
        return classNames.stream()
                .map(Part::named)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(REST);
    }

    private static Optional<Part> named(String className) {
        for (var part : values()) {
            if (part.classes.matcher(className).matches()) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }
}
