// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A registered App, with the private key that GitHub hands out once and does not keep. */
public final class StandInApp {
    /** What PKCS#8 puts before the PKCS#1 form of an RSA key of 2048 bits. */
    private static final int PKCS8_HEAD_BYTES = 26;

    private final long id;
    private final String name;
    private final Account owner;
    private final Map<String, String> permissions;
    private final KeyPair keys;

    StandInApp(long id, String name, Account owner, Map<String, String> permissions, KeyPair keys) {
        this.id = id;
        this.name = name;
        this.owner = owner;
        this.permissions = Map.copyOf(permissions);
        this.keys = keys;
    }

    public String id() {
        return Long.toString(id);
    }

    long number() {
        return id;
    }

    String name() {
        return name;
    }

    Account owner() {
        return owner;
    }

    Map<String, String> permissions() {
        return permissions;
    }

    PublicKey publicKey() {
        return keys.getPublic();
    }

    /** The private key as PKCS#8, DER. */
    public byte[] pkcs8() {
        return keys.getPrivate().getEncoded();
    }

    /** The private key as GitHub's file has it: PKCS#1, PEM. */
    public String pem() {
        var pkcs8 = pkcs8();
        var pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_HEAD_BYTES, pkcs8.length);
        return "-----BEGIN RSA PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs1)
                + "\n-----END RSA PRIVATE KEY-----\n";
    }

    Map<String, Object> json(String origin, Optional<Integer> installations) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", id);
        json.put("slug", name);
        json.put("client_id", "Iv23li" + id);
        json.put("owner", owner.json());
        json.put("name", name);
        json.put("html_url", origin + "/apps/" + name);
        json.put("permissions", permissions);
        json.put("events", List.of());
        installations.ifPresent(count -> json.put("installations_count", count));
        return json;
    }

    @Override
    public String toString() {
        return "StandInApp[" + id + "]";
    }
}
