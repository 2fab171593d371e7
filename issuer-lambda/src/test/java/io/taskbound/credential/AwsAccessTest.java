// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import static io.taskbound.credential.Grants.permission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.policy.ArnTemplate;
import io.taskbound.policy.AwsRole;
import io.taskbound.task.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The session policy of a grant; that it opens nothing else, {@link SessionPolicyModelTest} shows. */
class AwsAccessTest {
    private static final Instant END = Instant.parse("2026-12-01T20:00:00.999Z");
    private static final String BEFORE = "\"DateLessThan\":{\"aws:CurrentTime\":\"2026-12-01T20:00:00Z\"}";

    private static AwsRole role(String partition, String... arns) {
        return new AwsRole(
                "arn:" + partition + ":iam::111122223333:role/migration",
                Map.of(
                        "read", List.of("s3:GetObject"),
                        "write", List.of("s3:PutObject", "s3:AbortMultipartUpload"),
                        "list", List.of("s3:ListBucket"),
                        "versions", List.of("s3:ListBucketVersions"),
                        "count", List.of("dynamodb:UpdateItem")),
                arns.length == 0 ? List.of() : List.of(new ArnTemplate("table:{name}", List.of(arns))),
                Optional.empty());
    }

    private static AwsAccess access(Permission... permissions) throws NotDeliverable {
        return AwsAccess.of(role("aws", "arn:aws:dynamodb:eu-central-1:1:table/{name}"), List.of(permissions));
    }

    private static void assertNotDeliverable(String words, Permission... permissions) {
        assertThatThrownBy(() -> access(permissions))
                .isInstanceOf(NotDeliverable.class)
                .hasMessageContaining(words);
    }

    @Test
    void opensAPrefixAndItsListingUntilTheTime() throws NotDeliverable {
        assertThat(access(permission("s3:exports/orders/", "read")).sessionPolicy(END))
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":["
                        + "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::exports/orders/*\","
                        + "\"Condition\":{" + BEFORE + "}},"
                        + "{\"Effect\":\"Allow\",\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::exports\","
                        + "\"Condition\":{" + BEFORE + ",\"StringLike\":{\"s3:prefix\":\"orders/*\"}}}]}");
    }

    @Test
    void opensOneObjectAndNoListing() throws NotDeliverable {
        assertThat(access(permission("s3:exports/orders/1.csv", "read")).sessionPolicy(END))
                .contains("\"arn:aws:s3:::exports/orders/1.csv\"")
                .doesNotContain("ListBucket", "*");
    }

    @Test
    void opensNoListingToWhoeverOnlyWrites() throws NotDeliverable {
        assertThat(access(permission("s3:lake/orders/", "write")).sessionPolicy(END))
                .contains("[\"s3:AbortMultipartUpload\",\"s3:PutObject\"]")
                .doesNotContain("ListBucket");
    }

    @Test
    void namesThePartitionOfTheRole() throws NotDeliverable {
        assertThat(AwsAccess.of(role("aws-us-gov"), List.of(permission("s3:exports/a/", "read")))
                        .sessionPolicy(END))
                .contains("arn:aws-us-gov:s3:::exports/a/*");
    }

    @Test
    void fillsTheTemplateOfAnotherService() throws NotDeliverable {
        assertThat(access(permission("table:orders", "count")).sessionPolicy(END))
                .contains("\"Action\":\"dynamodb:UpdateItem\"", "\"arn:aws:dynamodb:eu-central-1:1:table/orders\"");
    }

    @Test
    void manyObjectsWithTheSameActionsAreOneStatement() throws NotDeliverable {
        var permissions = IntStream.range(0, 8)
                .mapToObj(i -> permission("s3:exports/orders/" + i + "/", "read"))
                .toArray(Permission[]::new);

        var model = new IamModel(access(permissions).sessionPolicy(END));

        assertThat(model.statements()).hasSize(2);
        assertThat(IamModel.texts(model.statements().get(0), "Resource")).hasSize(8);
    }

    @Test
    void twoBucketsDoNotLendEachOtherTheirPrefixes() throws NotDeliverable {
        var model = new IamModel(access(permission("s3:one/a/", "read"), permission("s3:two/b/", "read"))
                .sessionPolicy(END));
        var now = END.minusSeconds(60);

        assertThat(model.allows("s3:ListBucket", "arn:aws:s3:::one", Optional.of("a/"), now))
                .isTrue();
        assertThat(model.allows("s3:ListBucket", "arn:aws:s3:::two", Optional.of("b/x"), now))
                .isTrue();
        assertThat(model.allows("s3:ListBucket", "arn:aws:s3:::one", Optional.of("b/"), now))
                .isFalse();
        assertThat(model.allows("s3:ListBucket", "arn:aws:s3:::two", Optional.of("a/"), now))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3:exports", "s3:exports/", "s3:EX/a/", "s3:a/b", "s3:point-s3alias/a/"})
    void needsABucketAndAPrefix(String identifier) {
        assertNotDeliverable("a bucket and a prefix or an object", permission(identifier, "read"));
    }

    @ParameterizedTest
    @CsvSource({
        "s3:exports/a, list",
        "s3:exports/a, versions",
        "s3:exports/a/, count",
        "table:orders, read",
        "s3:exports/a/, unknown"
    })
    void eachActionOpensSomething(String identifier, String action) {
        assertNotDeliverable("opens nothing on such an identifier", permission(identifier, action));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue:orders", "table:a/b", "table", "S3:exports/a/"})
    void anIdentifierStandsForSomething(String identifier) {
        assertNotDeliverable("nothing that such an identifier stands for", permission(identifier, "count"));
    }

    @Test
    void twoFormsForOneIdentifierAreNone() {
        var form = new ArnTemplate("table:{name}", List.of("arn:aws:dynamodb:x:1:table/{name}"));
        var role = new AwsRole(
                "arn:aws:iam::1:role/x",
                Map.of("count", List.of("dynamodb:UpdateItem")),
                List.of(form, form),
                Optional.empty());

        assertThatThrownBy(() -> AwsAccess.of(role, List.of(permission("table:a", "count"))))
                .isInstanceOf(NotDeliverable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:x:::*/{name}", "arn:aws:x:::{name}?", "arn:aws:x:::$/{name}"})
    void whatIamWouldReadAsAPatternIsRefusedWhereverItComesFrom(String arn) {
        assertThatThrownBy(() -> AwsAccess.of(role("aws", arn), List.of(permission("table:a", "count"))))
                .isInstanceOf(NotDeliverable.class)
                .hasMessageContaining("as a pattern");
    }

    @Test
    void isAtMostAsLongAsStsTakes() throws NotDeliverable {
        var five = new Permission[] {
            permission("s3:exports/" + "v".repeat(400), "read"),
            permission("s3:exports/" + "w".repeat(400), "read"),
            permission("s3:exports/" + "x".repeat(400), "read"),
            permission("s3:exports/" + "y".repeat(400), "read"),
            permission("s3:exports/z", "read")
        };
        int left = 2048 - access(five).sessionPolicy(END).length();

        five[4] = permission("s3:exports/z" + "z".repeat(left), "read");
        assertThat(access(five).sessionPolicy(Instant.parse("2099-12-31T23:59:59Z")))
                .hasSize(2048);
        five[4] = permission("s3:exports/zz" + "z".repeat(left), "read");
        assertNotDeliverable("too many or too long for one AWS session", five);
    }

    @Test
    void showsNothingOfItsTargets() throws NotDeliverable {
        assertThat(access(permission("s3:exports/orders/", "read"))).hasToString("AwsAccess[2 statements]");
    }
}
