// SPDX-License-Identifier: Apache-2.0
package io.taskbound.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.credential.Access;
import io.taskbound.credential.AwsAccess;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.local.minio.Minio;
import io.taskbound.local.minio.OnMinio;
import io.taskbound.local.minio.S3Store;
import io.taskbound.policy.AwsRole;
import io.taskbound.task.Identifier;
import io.taskbound.task.Permission;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The contract with MinIO, which evaluates session policies: what a migration's session opens, and that it opens
 * nothing once its time is over. MinIO knows no trust of roles, and takes neither tags nor source identities.
 */
@ExtendWith(OnMinio.class)
class StsServiceOnMinioIT extends StsServiceContract {
    private static final AwsRole MIGRATION = new AwsRole(
            SampleOrders.ROLE_ARN,
            Map.of("read", List.of("s3:GetObject"), "write", List.of("s3:PutObject", "s3:AbortMultipartUpload")),
            List.of(),
            Optional.empty());

    private static Minio minio;

    @BeforeAll
    static void fill(Minio started) throws IOException {
        minio = started;
        var store = store(minio.root());
        assertThat(store.makeBucket("legacy-exports").status()).isEqualTo(200);
        assertThat(store.makeBucket("new-lake").status()).isEqualTo(200);
        for (var key :
                List.of("datasets/orders/part-1", "datasets/orders-old/part-1", "datasets/other/part-1", "top")) {
            assertThat(store.put("legacy-exports", key, "rows of " + key).status())
                    .isEqualTo(200);
        }
    }

    @Override
    URI endpoint() {
        return minio.endpoint();
    }

    @Override
    AwsCredentialsProvider credentials() {
        return minio.root();
    }

    private static S3Store store(AwsCredentialsProvider credentials) {
        return new S3Store(minio.endpoint(), "us-east-1", credentials.resolveCredentials());
    }

    /** Of a task that reads one prefix and writes another, whose lease ends then. */
    private S3Store session(Duration lease) throws Exception {
        var access = Access.of(
                MIGRATION,
                List.of(
                        permission("read", "s3:legacy-exports/datasets/orders/"),
                        permission("write", "s3:new-lake/imports/orders/")));
        var given = service().issue((AwsAccess) access, SampleOrders.of(now, lease, Duration.ofMinutes(10)));
        return new S3Store(minio.endpoint(), "us-east-1", session(given));
    }

    private static AwsSessionCredentials session(ForeignCredential given) {
        return AwsSessionCredentials.create(
                given.secret().string("access_key_id").orElseThrow(),
                given.secret().string("secret_access_key").orElseThrow(),
                given.secret().string("session_token").orElseThrow());
    }

    private static Permission permission(String action, String identifier) {
        return new Permission(
                new TreeSet<>(List.of(action)), "urn:taskbound:server:migration", new Identifier(identifier));
    }

    @Test
    void readsAndListsTheOnePrefix() throws Exception {
        var session = session(Duration.ofMinutes(2));

        var object = session.get("legacy-exports", "datasets/orders/part-1");
        assertThat(object.status()).isEqualTo(200);
        assertThat(object.text()).isEqualTo("rows of datasets/orders/part-1");
        var listed = session.list("legacy-exports", "datasets/orders/");
        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.text()).contains("datasets/orders/part-1").doesNotContain("orders-old");
    }

    @Test
    void readsAndListsNothingElse() throws Exception {
        var session = session(Duration.ofMinutes(2));

        for (var key : List.of("datasets/orders-old/part-1", "datasets/other/part-1", "top")) {
            assertThat(session.get("legacy-exports", key).status()).as(key).isEqualTo(403);
        }
        for (var prefix : List.of("", "datasets/", "datasets/orders", "datasets/other/")) {
            assertThat(session.list("legacy-exports", prefix).status())
                    .as(prefix)
                    .isEqualTo(403);
        }
        assertThat(session.list("new-lake", "imports/orders/").status()).isEqualTo(403);
    }

    @Test
    void writesTheOnePrefixAndNowhereElse() throws Exception {
        var session = session(Duration.ofMinutes(2));

        assertThat(session.put("new-lake", "imports/orders/part-1", "rows").status())
                .isEqualTo(200);
        assertThat(session.put("new-lake", "imports/other/part-1", "rows").status())
                .isEqualTo(403);
        assertThat(session.put("new-lake", "part-1", "rows").status()).isEqualTo(403);
        assertThat(session.put("legacy-exports", "datasets/orders/part-1", "rows")
                        .status())
                .isEqualTo(403);
        assertThat(session.get("new-lake", "imports/orders/part-1").status()).isEqualTo(403);
        assertThat(session.delete("new-lake", "imports/orders/part-1").status()).isEqualTo(403);
        assertThat(session.makeBucket("another").status()).isEqualTo(403);
    }

    /** With the same keys, which STS itself would let live for a quarter of an hour. */
    @Test
    void opensNothingAMinuteAfterTheLeasesDeadline() throws Exception {
        var notAfter = Instant.now().plusSeconds(8);
        var lease = Duration.between(now, notAfter.minus(StsService.SKEW));
        var session = session(lease);
        assertThat(session.get("legacy-exports", "datasets/orders/part-1").status())
                .isEqualTo(200);

        Thread.sleep(Duration.between(Instant.now(), notAfter.plusMillis(1_500)).toMillis());

        assertThat(session.get("legacy-exports", "datasets/orders/part-1").status())
                .isEqualTo(403);
        assertThat(session.list("legacy-exports", "datasets/orders/").status()).isEqualTo(403);
        assertThat(session.put("new-lake", "imports/orders/part-2", "rows").status())
                .isEqualTo(403);
    }
}
