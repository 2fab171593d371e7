// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.internal.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The issuer's profiles of CI systems, which the build copies into this jar. Read when a task was refused, not before.
 */
final class CallerProfiles {
    private static final String FOLDER = "/io/taskbound/identity/profiles/";

    private final List<CallerProfile> profiles;

    /** @param profiles in the order in which they are tried */
    CallerProfiles(List<CallerProfile> profiles) {
        this.profiles = List.copyOf(profiles);
    }

    static CallerProfiles ofThisJar() {
        return new CallerProfiles(text("index.txt")
                .lines()
                .map(name -> JsonObject.parse(text(name + ".json")).orElseThrow())
                .flatMap(profile -> CallerProfile.read(profile).stream())
                .toList());
    }

    /** The kind of CI system that the claims seem to come from; the last one fits all. */
    CallerProfile of(UnverifiedClaims claims) {
        return profiles.stream()
                .filter(profile -> profile.fits(claims))
                .findFirst()
                .orElseThrow();
    }

    private static String text(String name) {
        try (InputStream in = CallerProfiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("not in this jar: " + FOLDER + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException brokenJar) {
            throw new UncheckedIOException(brokenJar);
        }
    }
}
