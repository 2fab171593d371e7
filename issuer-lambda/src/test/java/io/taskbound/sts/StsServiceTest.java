// SPDX-License-Identifier: Apache-2.0
package io.taskbound.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.taskbound.credential.CredentialOrder;
import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.local.Trouble;
import io.taskbound.local.sts.GrantedSession;
import io.taskbound.local.sts.StandInRole;
import io.taskbound.local.sts.StandInSts;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The contract with the stand-in of STS, which refuses what AWS refuses; and everything that can go wrong with it. */
class StsServiceTest extends StsServiceContract {
    private static final String ISSUER = "arn:aws:iam::111122223333:role/taskbound-issuer";
    private static final String SECRET = "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY";
    private StandInSts sts;

    @BeforeEach
    void start() throws IOException {
        sts = StandInSts.start(Clock.systemUTC());
        sts.key("AKIAISSUER", SECRET, ISSUER);
        sts.role(StandInRole.trusting(SampleOrders.ROLE_ARN, ISSUER));
    }

    @AfterEach
    void stop() {
        sts.close();
    }

    @Override
    URI endpoint() {
        return sts.endpoint();
    }

    @Override
    AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAISSUER", SECRET));
    }

    private ForeignCredential issue(CredentialOrder order) throws CredentialRefused, CredentialUnavailable {
        return issue(order, SampleOrders.policy("legacy-exports", StsService.notAfter(order, StsService.SKEW)));
    }

    private ForeignCredential issue(CredentialOrder order, String policy)
            throws CredentialRefused, CredentialUnavailable {
        return service().assume(SampleOrders.ROLE, policy, order);
    }

    private CredentialOrder order() {
        return SampleOrders.of(now, Duration.ofMinutes(2), Duration.ofMinutes(10));
    }

    private CredentialRefused refused() {
        return catchThrowableOfType(CredentialRefused.class, () -> issue(order()));
    }

    private CredentialUnavailable unavailable() {
        return catchThrowableOfType(CredentialUnavailable.class, () -> issue(order()));
    }

    @Nested
    class Asks {
        private GrantedSession granted() {
            return sts.sessions().get(sts.sessions().size() - 1);
        }

        @Test
        void namesTheHandleTheTaskTheRunAndTheProject() throws Exception {
            issue(order());

            assertThat(granted().sessionName()).isEqualTo(SampleOrders.HANDLE.toString());
            assertThat(granted().sourceIdentity()).contains(SampleOrders.HANDLE.toString());
            assertThat(granted().tags())
                    .isEqualTo(Map.of(
                            "taskbound:task",
                            "migrate-dataset",
                            "taskbound:provider",
                            "github",
                            "taskbound:run",
                            "2002/7001/1",
                            "taskbound:project",
                            "2002"));
        }

        @Test
        void sendsTheSessionPolicyAsItIs() throws Exception {
            issue(order());

            assertThat(granted().policy()).contains(SampleOrders.policy("legacy-exports", now.plusSeconds(180)));
        }

        /** A text of a provider's cannot break a request; equal texts have equal tags. */
        @ParameterizedTest
        @ValueSource(strings = {"a run, with blanks", "a\nb", "https://ci.acme.example/job/a%20b/", "Größe", "h-2002"})
        void hashesWhatStsMightNotTake(String run) throws Exception {
            issue(SampleOrders.of(now, Duration.ofMinutes(2), Duration.ofMinutes(10), run));
            var first = granted().tags().get("taskbound:run");
            issue(SampleOrders.of(now, Duration.ofMinutes(2), Duration.ofMinutes(10), run));

            assertThat(first)
                    .matches("h-[A-Za-z0-9_-]{43}")
                    .isEqualTo(granted().tags().get("taskbound:run"));
        }

        @Test
        void hashesWhatIsLongerThanATagsValue() throws Exception {
            issue(SampleOrders.of(now, Duration.ofMinutes(2), Duration.ofMinutes(10), "r".repeat(256)));
            assertThat(granted().tags()).containsEntry("taskbound:run", "r".repeat(256));

            issue(SampleOrders.of(now, Duration.ofMinutes(2), Duration.ofMinutes(10), "r".repeat(257)));
            assertThat(granted().tags().get("taskbound:run")).matches("h-[A-Za-z0-9_-]{43}");
        }

        /** STS has no shorter session; and none that is longer where a role assumes a role. */
        @ParameterizedTest
        @CsvSource({"PT1M,900", "PT15M,900", "PT20M,1200", "PT1H,3600", "PT3H,3600"})
        void asksForASessionAsLongAsTheTokensLife(Duration life, long seconds) throws Exception {
            var before = Clock.systemUTC().instant();
            issue(SampleOrders.of(now, Duration.ofSeconds(30), life));

            assertThat(Duration.between(before, granted().expiration()).toSeconds())
                    .isBetween(seconds - 1, seconds + 30);
        }

        /** Without a lease the deadline is the token's expiry, and may come after the end of the shortest session. */
        @Test
        void saysTheEarlierOfTheSessionsEndAndTheTimeInItsPolicy() throws Exception {
            var given = issue(SampleOrders.of(now, Duration.ofMinutes(15), Duration.ofMinutes(15)));

            assertThat(given.until()).isEqualTo(granted().expiration()).isBefore(now.plusSeconds(960));
        }
    }

    @Nested
    class Refuses {
        @Test
        void aRoleWhoseTrustPolicyDoesNotNameTheIssuer() {
            sts.role(StandInRole.trusting(SampleOrders.ROLE_ARN, "arn:aws:iam::111122223333:role/other"));

            assertThat(refused())
                    .hasMessageContaining("trust policy")
                    .hasMessageContaining("sts:TagSession")
                    .hasMessageContaining("CredentialRoleArns")
                    .hasMessageNotContaining(ISSUER);
            assertThat(refused().detail()).startsWith("AssumeRole: 403 AccessDenied, request ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"})
        void aRoleThatDoesNotAllowOneOfTheThreeActions(String missing) {
            var others = new java.util.HashSet<>(Set.of("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"));
            others.remove(missing);
            sts.role(new StandInRole(SampleOrders.ROLE_ARN, Set.of(ISSUER), others));

            assertThat(refused()).hasMessageContaining(missing);
            assertThat(sts.sessions()).isEmpty();
        }

        @Test
        void aPolicyThatIsTooLargeWhenPacked() {
            sts.packedLimit(20);

            assertThat(refused()).hasMessageContaining("fewer or shorter identifiers");
            assertThat(refused().detail()).startsWith("AssumeRole: 400 PackedPolicyTooLarge");
        }

        @Test
        void aPolicyThatIsNone() {
            for (var policy : new String[] {"{", "{}", "[]", "{\"Version\":\"2012-10-17\",\"Statement\":[{}]}"}) {
                var refused = catchThrowableOfType(CredentialRefused.class, () -> issue(order(), policy));

                assertThat(refused.detail()).startsWith("AssumeRole: 400 MalformedPolicyDocument");
            }
        }

        @Test
        void aPolicyOfMoreCharactersThanStsTakes() {
            var longOne = SampleOrders.policy("b".repeat(2048), now);
            var refused = catchThrowableOfType(CredentialRefused.class, () -> issue(order(), longOne));

            assertThat(refused.detail()).startsWith("AssumeRole: 400 ValidationError");
        }

        @Test
        void aRegionInWhichStsIsTurnedOff() {
            sts.instead(
                    403,
                    "<ErrorResponse><Error><Code>RegionDisabledException</Code><Message>off</Message></Error></ErrorResponse>");

            assertThat(refused()).hasMessageContaining("turned off");
        }
    }

    @Nested
    class IsUnavailable {
        @ParameterizedTest
        @EnumSource(
                value = Trouble.class,
                names = {"DOWN", "SLOW", "DRIPPING", "REDIRECTING", "WEB_PAGE", "ERROR"})
        void whateverTroubleThereIsAndSaysSoInTime(Trouble trouble) {
            sts.trouble(trouble);
            var began = System.nanoTime();

            assertThat(unavailable()).hasMessageStartingWith("AssumeRole: ");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        }

        @Test
        void whenNobodyListens() {
            sts.close();

            assertThat(unavailable()).hasMessageContaining("no usable answer");
        }

        @Test
        void whenTheIssuersOwnKeyIsUnknown() {
            var other = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAOTHER", SECRET));
            var failure = catchThrowableOfType(
                    CredentialUnavailable.class,
                    () -> service(other).assume(SampleOrders.ROLE, SampleOrders.policy("b", now), order()));

            assertThat(failure).hasMessageContaining("InvalidClientTokenId");
            assertThat(failure.mayHaveBeenDone()).isFalse();
        }

        @Test
        void whenTheIssuersOwnSecretIsAnother() {
            var other = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAISSUER", "another"));
            var failure = catchThrowableOfType(
                    CredentialUnavailable.class,
                    () -> service(other).assume(SampleOrders.ROLE, SampleOrders.policy("b", now), order()));

            assertThat(failure).hasMessageContaining("SignatureDoesNotMatch").hasMessageNotContaining("another");
        }

        @ParameterizedTest
        @CsvSource({"400,Throttling", "403,ExpiredToken", "503,ServiceUnavailable", "400,SomethingNew"})
        void atCodesThatAreNoFinalAnswer(int status, String code) {
            sts.instead(
                    status,
                    "<ErrorResponse><Error><Code>" + code + "</Code><Message>m</Message></Error></ErrorResponse>");

            assertThat(unavailable()).hasMessageContaining(status + " " + code);
        }

        /** A session may be there of which nobody heard: the record has to say so. */
        @Test
        void andSaysWhetherASessionMayHaveBeenMade() {
            sts.trouble(Trouble.ERROR);
            assertThat(unavailable().mayHaveBeenDone()).isTrue();

            sts.trouble(Trouble.DOWN);
            assertThat(unavailable().mayHaveBeenDone()).isTrue();
        }

        @Test
        void whenNoClientCanBeMade() {
            var service = new StsService(() -> {
                throw software.amazon.awssdk.core.exception.SdkClientException.create("no region");
            });
            var failure = catchThrowableOfType(
                    CredentialUnavailable.class,
                    () -> service.assume(SampleOrders.ROLE, SampleOrders.policy("b", now), order()));

            assertThat(failure).hasMessageContaining("AWS_REGION");
            assertThat(failure.mayHaveBeenDone()).isFalse();
        }
    }

    /** An answer of 200 that is no session to be used. */
    @Nested
    class TakesNo {
        private static final String WHOLE = "<AssumeRoleResponse><AssumeRoleResult><Credentials>"
                + "<AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>secret/1+2=</SecretAccessKey>"
                + "<SessionToken>token/1+2=</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
                + "</Credentials></AssumeRoleResult></AssumeRoleResponse>";

        @Test
        void moreThanItNeeds() throws Exception {
            sts.instead(200, WHOLE);

            assertThat(issue(order()).until()).isEqualTo(now.plusSeconds(180));
        }

        @ParameterizedTest
        @CsvSource({
            "secret/1+2=, a&#10;b",
            "token/1+2=, a&#13;&#10;X-Evil: b",
            "token/1+2=, a b",
            "token/1+2=, tökén",
            "ASIAEXAMPLE, ''",
            "<SessionToken>token/1+2=</SessionToken>, ''",
            "2099-01-01T00:00:00Z, soon",
            "<Expiration>2099-01-01T00:00:00Z</Expiration>, ''",
        })
        void valueThatIsNotVisibleText(String value, String other) {
            sts.instead(200, WHOLE.replace(value, other));

            assertThat(unavailable().mayHaveBeenDone()).isTrue();
            assertThat(unavailable()).hasMessageNotContaining("evil");
        }

        @Test
        void tokenThatNoEnvironmentHolds() {
            sts.instead(200, WHOLE.replace("token/1+2=", "t".repeat(16 * 1024 + 1)));

            assertThat(unavailable()).hasMessageContaining("SessionToken");
        }

        @Test
        void sessionOfAnotherSourceIdentity() {
            sts.instead(
                    200,
                    WHOLE.replace("</AssumeRoleResult>", "<SourceIdentity>other</SourceIdentity></AssumeRoleResult>"));

            assertThat(unavailable()).hasMessageContaining("SourceIdentity");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "<html><body>Sign in</body></html>", "{}", "<AssumeRoleResponse/>", "<a><b></a>"})
        void answerWithoutCredentials(String body) {
            sts.instead(200, body);

            assertThat(unavailable()).hasMessageStartingWith("AssumeRole: ");
        }
    }
}
