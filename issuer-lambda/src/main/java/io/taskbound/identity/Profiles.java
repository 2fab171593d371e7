// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The profiles that come with the issuer: the files of the folder {@code profiles}. */
public final class Profiles {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Map<String, Profile> READ = new ConcurrentHashMap<>();

    private Profiles() {}

    /** All of them, in the order in which clients try them on an ID token. */
    public static List<String> names() {
        return resource("index.txt")
                .map(index -> new String(index, UTF_8).lines().toList())
                .orElseThrow();
    }

    /** The profile in that file, read once, so that a policy costs a start those files only that it names. */
    public static Optional<Profile> named(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        var known = READ.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        var read = resource(name + ".json").map(file -> read(name, file));
        read.ifPresent(profile -> READ.put(name, profile));
        return read;
    }

    private static Profile read(String name, byte[] file) {
        try {
            return ProfileReader.read(StrictJson.parseObject(file));
        } catch (MalformedJson ourOwnFault) {
            throw new IllegalStateException("profile " + name, ourOwnFault);
        }
    }

    private static Optional<byte[]> resource(String name) {
        try (var in = Profiles.class.getResourceAsStream("profiles/" + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException brokenJar) {
            throw new UncheckedIOException(brokenJar);
        }
    }
}
