// SPDX-License-Identifier: Apache-2.0
package io.taskbound.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The targets of a token as subjects of a statement. */
class SubjectsTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @Test
    void namesEachTargetOnce() {
        var twice = List.of("record:7", "ticket:SHOP-1", "record:7");
        assertThat(Subjects.of(twice).items()).hasSize(2);
    }

    @Test
    void takesTheDigestOfTheIdentifier() {
        var subject = only("artifact:acme/shop/app.jar@sha256:" + DIGEST);
        assertThat(digest(subject)).isEqualTo(DIGEST);
        assertThat(subject.has("annotations")).isFalse();
    }

    /** A digest that is cut, in capitals, or followed by something is none of the artifact's. */
    @Test
    void takesNothingElseForADigest() {
        for (var identifier : List.of(
                "a@sha256:" + DIGEST.substring(1),
                "a@sha256:" + DIGEST.toUpperCase(Locale.ROOT),
                "a@sha256:" + DIGEST + "0",
                "a@sha256:" + DIGEST + "/b",
                "a@sha512:" + DIGEST,
                "sha256:" + DIGEST)) {
            var subject = only(identifier);
            assertThat(digest(subject)).as(identifier).isNotEqualTo(DIGEST);
            assertThat(subject.object("annotations")).as(identifier).isPresent();
        }
    }

    private static JsonObject only(String identifier) {
        var subject = (JsonObject) Subjects.of(List.of(identifier)).items().get(0);
        assertThat(subject.string("name")).contains(identifier);
        return subject;
    }

    private static String digest(JsonObject subject) {
        return subject.object("digest").orElseThrow().string("sha256").orElseThrow();
    }
}
