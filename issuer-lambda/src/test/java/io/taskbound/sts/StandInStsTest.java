// SPDX-License-Identifier: Apache-2.0
package io.taskbound.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.taskbound.http.SettableClock;
import io.taskbound.local.sts.StandInRole;
import io.taskbound.local.sts.StandInSts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/** The stand-in refuses what AWS documents that it refuses, whoever asks: else our tests would prove too little. */
class StandInStsTest {
    private static final String ISSUER = "arn:aws:iam::111122223333:user/issuer";
    private static final AwsCredentials KEY = AwsBasicCredentials.create("AKIAISSUER", "secret");

    private final SettableClock clock = new SettableClock(Clock.systemUTC().instant());
    private final SdkHttpClient http = Apache5HttpClient.create();
    private StandInSts sts;

    @BeforeEach
    void start() throws IOException {
        sts = StandInSts.start(clock);
        sts.key("AKIAISSUER", "secret", ISSUER);
        sts.role(StandInRole.trusting(SampleOrders.ROLE_ARN, ISSUER));
    }

    @AfterEach
    void stop() {
        sts.close();
        http.close();
    }

    private StsClient client(AwsCredentials credentials) {
        return StsClients.at(sts.endpoint(), StaticCredentialsProvider.create(credentials), http, Timers.TIMER);
    }

    private Credentials assume(Consumer<AssumeRoleRequest.Builder> more) {
        var request = AssumeRoleRequest.builder().roleArn(SampleOrders.ROLE_ARN).roleSessionName("session");
        more.accept(request);
        return client(KEY).assumeRole(request.build()).credentials();
    }

    private String refused(Consumer<AssumeRoleRequest.Builder> more) {
        return catchThrowableOfType(StsException.class, () -> assume(more))
                .awsErrorDetails()
                .errorCode();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "a/b", "a:b", "ä"})
    void aNameOfOtherCharactersOrOfAnotherLength(String name) {
        assertThat(refused(request -> request.roleSessionName(name))).isEqualTo("ValidationError");
        assertThat(refused(request -> request.sourceIdentity(name))).isEqualTo("ValidationError");
        assertThat(refused(request -> request.sourceIdentity("a".repeat(65)))).isEqualTo("ValidationError");
        assertThat(assume(request -> request.sourceIdentity("a".repeat(64))).accessKeyId())
                .startsWith("ASIA");
    }

    @ParameterizedTest
    @CsvSource({"899,ValidationError", "43201,ValidationError", "-1,ValidationError", "900,", "43200,"})
    void aDurationOutOfItsBounds(int seconds, @Nullable String code) {
        if (code == null) {
            assertThat(assume(request -> request.durationSeconds(seconds)).expiration())
                    .isEqualTo(clock.instant().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS));
        } else {
            assertThat(refused(request -> request.durationSeconds(seconds))).isEqualTo(code);
        }
    }

    @Test
    void tagsThatAreTooManyTooLongReservedOrTwice() {
        assertThat(refused(request -> request.tags(
                        IntStream.range(0, 51).mapToObj(i -> tag("k" + i, "v")).toList())))
                .isEqualTo("ValidationError");
        assertThat(refused(request -> request.tags(tag("k".repeat(129), "v")))).isEqualTo("ValidationError");
        assertThat(refused(request -> request.tags(tag("k", "v".repeat(257))))).isEqualTo("ValidationError");
        assertThat(refused(request -> request.tags(tag("k", "a,b")))).isEqualTo("ValidationError");
        assertThat(refused(request -> request.tags(tag("aws:k", "v")))).isEqualTo("ValidationError");
        assertThat(refused(request -> request.tags(tag("Task", "a"), tag("task", "b"))))
                .isEqualTo("InvalidParameterValue");
        assertThat(assume(request -> request.tags(IntStream.range(0, 50)
                                .mapToObj(i -> tag("k" + i, "v".repeat(256)))
                                .toList()))
                        .accessKeyId())
                .isNotEmpty();
    }

    @Test
    void aRoleThatIsNotThereLikeOneThatTrustsNobody() {
        assertThat(refused(request -> request.roleArn(SampleOrders.ROLE_ARN + "-other")))
                .isEqualTo("AccessDenied");
        assertThat(refused(request -> request.roleArn("migration"))).isEqualTo("ValidationError");
    }

    /** It may say who it is. */
    @Test
    void aSessionThatWantsToBeLongerOrHasNoToken() {
        var given = assume(request -> request.durationSeconds(900));
        var session = AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
        assertThat(client(session).getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::111122223333:assumed-role/migration/session");

        sts.role(StandInRole.trusting(SampleOrders.ROLE_ARN, SampleOrders.ROLE_ARN));
        var chained = catchThrowableOfType(
                StsException.class,
                () -> client(session)
                        .assumeRole(request -> request.roleArn(SampleOrders.ROLE_ARN)
                                .roleSessionName("longer")
                                .durationSeconds(3601)));
        assertThat(chained.awsErrorDetails().errorCode()).isEqualTo("ValidationError");

        var withoutToken = AwsBasicCredentials.create(given.accessKeyId(), given.secretAccessKey());
        assertThat(refusedAs(withoutToken)).isEqualTo("InvalidClientTokenId");
    }

    private String refusedAs(AwsCredentials credentials) {
        return catchThrowableOfType(
                        StsException.class, () -> client(credentials).getCallerIdentity())
                .awsErrorDetails()
                .errorCode();
    }

    @Test
    void aRequestThatWasSignedLongAgo() {
        clock.advance(Duration.ofMinutes(6));

        assertThat(refusedAs(KEY)).isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void aRequestThatNobodySigned() throws Exception {
        var plain = HttpRequest.newBuilder(URI.create(sts.endpoint() + "/"))
                .POST(HttpRequest.BodyPublishers.ofString("Action=GetCallerIdentity&Version=2011-06-15"))
                .build();
        var answer = HttpClient.newHttpClient().send(plain, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>MissingAuthenticationToken</Code>");
    }
}
