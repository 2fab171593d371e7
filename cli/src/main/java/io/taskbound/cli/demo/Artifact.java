// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A file to be signed. Its identifier comes from its bytes, as a signing service must build it. */
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
        return HexFormat.of().formatHex(Sha256.of(octets));
    }
}
