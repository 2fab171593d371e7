// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The profiles that come with the issuer. */
public final class Profiles {
    private static final List<String> NAMES =
            List.of("github", "jenkins", "gitlab", "buildkite", "circleci", "kubernetes", "generic");

    private Profiles() {}

    public static List<String> names() {
        return NAMES;
    }

    public static Optional<Profile> named(String name) {
        return NAMES.contains(name) ? Optional.of(read(name)) : Optional.empty();
    }

    private static Profile read(String name) {
        try (var in = Profiles.class.getResourceAsStream("profiles/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("the profile is not in this jar: " + name);
            }
            return ProfileReader.read(StrictJson.parseObject(in.readAllBytes()));
        } catch (IOException brokenJar) {
            throw new UncheckedIOException(brokenJar);
        } catch (MalformedJson ourOwnFault) {
            throw new IllegalStateException("profile " + name, ourOwnFault);
        }
    }
}
