// SPDX-License-Identifier: Apache-2.0
package io.taskbound.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.credential.CredentialOrder;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.json.JsonText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** What every service does that speaks AssumeRole: AWS's stand-in, and engines of others. */
abstract class StsServiceContract {
    final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final SdkHttpClient transport =
            Apache5HttpClient.builder().socketTimeout(Duration.ofMillis(1_200)).build();

    abstract URI endpoint();

    abstract AwsCredentialsProvider credentials();

    final StsService service() {
        return service(credentials());
    }

    final StsService service(AwsCredentialsProvider credentials) {
        var client = StsClients.at(endpoint(), credentials, transport, Timers.TIMER);
        return new StsService(() -> client);
    }

    @AfterEach
    void closeConnections() {
        transport.close();
    }

    private ForeignCredential issue(CredentialOrder order) throws Exception {
        return service()
                .assume(
                        SampleOrders.ROLE,
                        SampleOrders.policy("legacy-exports", StsService.notAfter(order, StsService.SKEW)),
                        order);
    }

    @Test
    void givesTheThreeValuesOfASessionAndSaysOfWhichRole() throws Exception {
        var given = issue(SampleOrders.of(now, Duration.ofMinutes(2), Duration.ofMinutes(10)));

        assertThat(given.secret().members().keySet())
                .containsExactly("access_key_id", "secret_access_key", "session_token");
        assertThat(given.secret().members().values())
                .allMatch(value -> JsonText.of(value).length() > 10);
        assertThat(JsonText.of(given.about()))
                .isEqualTo("{\"role_arn\":\"" + SampleOrders.ROLE_ARN + "\",\"region\":\"eu-central-1\"}");
        assertThat(given.revocation()).isEmpty();
    }

    @Test
    void isDeadAMinuteAfterTheLeasesDeadlineAndNotOnlyWhenStsEndsIt() throws Exception {
        var given = issue(SampleOrders.of(now, Duration.ofMinutes(2), Duration.ofMinutes(10)));

        assertThat(given.until()).isEqualTo(now.plusSeconds(180));
    }

    @Test
    void givesAnotherSessionEachTime() throws Exception {
        var order = SampleOrders.of(now, Duration.ofMinutes(2), Duration.ofMinutes(10));

        assertThat(issue(order).secret()).isNotEqualTo(issue(order).secret());
    }

    @Test
    void showsNoSecretInItsText() throws Exception {
        var given = issue(SampleOrders.of(now, Duration.ofMinutes(2), Duration.ofMinutes(10)));

        assertThat(given.toString())
                .doesNotContain(given.secret().string("secret_access_key").orElseThrow())
                .doesNotContain(given.secret().string("session_token").orElseThrow());
    }
}
