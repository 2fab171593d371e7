// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file to be signed. Its identifier comes from its octets, as a signing service must build it. */
final class Artifact {
    private final String name;
    private final byte[] octets;

    private Artifact(String name, byte[] octets) {
        this.name = name;
        this.octets = octets;
    }

    static Artifact of(String name, String content) {
        return new Artifact(name, content.getBytes(StandardCharsets.UTF_8));
    }

    String identifier() {
        return "artifact:acme/shop/" + name + "@sha256:" + sha256();
    }

    /** For people: the digest's beginning is enough. */
    String shortName() {
        return "acme/shop/" + name + "@sha256:" + sha256().substring(0, 4) + "…";
    }

    private String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
