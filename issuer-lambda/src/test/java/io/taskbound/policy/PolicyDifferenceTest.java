// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.taskbound.json.JsonText;
import io.taskbound.policy.Change.Effect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a publisher is shown; above all, that nothing which widens access is shown as less. */
class PolicyDifferenceTest {
    private static final String TEXT = JsonText.of(Documents.release());

    private static List<Change> between(String before, String after) {
        return PolicyDifference.between(Optional.of(policy(before)), policy(after));
    }

    private static List<Change> changed(String from, String to) {
        assertThat(TEXT).contains(from);
        return between(TEXT, TEXT.replace(from, to));
    }

    private static Policy policy(String json) {
        return Documents.compiled(Contract.json(json));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "max_lifetime":"10m"        | "max_lifetime":"15m"               | WIDER    | max_lifetime 10m -> 15m
            "max_lifetime":"10m"        | "max_lifetime":"9m"                | NARROWER | max_lifetime 10m -> 9m
            "max_uses":1                | "max_uses":2                       | WIDER    | max_uses 1 -> 2
            "max_uses":1                | "max_uses":"unlimited"             | WIDER    | max_uses 1 -> unlimited
            "lease":"60s"               | "lease":"2m"                       | WIDER    | lease 1m -> 2m
            "lease":"60s",              |                                    | WIDER    | lease 1m -> none
            "lease":"60s"               | "lease":"30s"                      | NARROWER | lease 1m -> 30s
            "lease":"60s"               | "lease":"60s","max_live":3         | NARROWER | max_live unlimited -> 3
            "lease":"60s"               | "lease":"60s","max_live_per_run":1 | NARROWER | max_live_per_run unlimited -> 1
            "lease":"60s"               | "lease":"60s","once_per_run":true  | NARROWER | once_per_run false -> true
            ["sign"]                    | ["sign","verify"]                  | WIDER    | permits "verify" on
            "environment":"production"  | "environment":["production","dev"] | WIDER    | lets in more: environment may now also be "dev", for callers of provider github whose ref
            Sign one release artifact   | Sign one release                   | OTHER    | another description
            "audience":"https://signer.acme.example" | "audience":"https://other.acme.example" | WIDER | audience
            """)
    void oneChangeIsShownAsWhatItDoes(String from, String to, Effect effect, String words) {
        assertThat(changed(from, to == null ? "" : to)).singleElement().satisfies(change -> {
            assertThat(change.effect()).isEqualTo(effect);
            assertThat(change.words()).contains(words);
        });
    }

    private static String withWindows(String windows) {
        return TEXT.replace("\"lease\":\"60s\"", "\"lease\":\"60s\"" + windows);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            -                            | 09:00 16:00 Europe/Berlin       | NARROWER | windows any time -> every day 09:00-16:00 Europe/Berlin
            09:00 16:00 Europe/Berlin    | -                               | WIDER    | -> any time
            09:00 16:00 Europe/Berlin    | 10:00 16:00 Europe/Berlin       | NARROWER | windows every day 09:00-16:00
            09:00 16:00 Europe/Berlin    | 08:59 16:00 Europe/Berlin       | WIDER    | every day 08:59-16:00
            09:00 16:00 Europe/Berlin    | 16:00 17:00 Europe/Berlin       | WIDER    | every day 16:00-17:00
            09:00 16:00 Europe/Berlin    | 11:00 12:00 America/New_York    | WIDER    | America/New_York
            09:00 16:00 UTC              | 09:00 16:00 Etc/UTC             | OTHER    | Etc/UTC
            00:00 24:00 UTC              | -                               | OTHER    | -> any time
            """)
    void windowsAreComparedByTheirTimes(
            @org.jspecify.annotations.Nullable String from,
            @org.jspecify.annotations.Nullable String to,
            Effect effect,
            String words) {
        assertThat(between(withWindows(windows(from)), withWindows(windows(to))))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.effect()).isEqualTo(effect);
                    assertThat(change.words()).contains(words);
                });
    }

    private static String windows(@org.jspecify.annotations.Nullable String written) {
        if (written == null) {
            return "";
        }
        var parts = written.split(" ");
        return ",\"windows\":[{\"from\":\"%s\",\"to\":\"%s\",\"zone\":\"%s\"}]".formatted(parts[0], parts[1], parts[2]);
    }

    @Test
    void notToEnforceIsWider() {
        assertThat(between(TEXT, withWindows(",\"enforce\":false")))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.effect()).isEqualTo(Effect.WIDER);
                    assertThat(change.words()).endsWith("keep nobody out: enforce true -> false");
                });
        assertThat(between(withWindows(",\"enforce\":false"), TEXT))
                .singleElement()
                .satisfies(change -> assertThat(change.effect()).isEqualTo(Effect.NARROWER));
    }

    private static String withHooks(String hooks) {
        return TEXT.replace("\"tasks\":{", "\"hooks\":{" + hooks + "},\"tasks\":{");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            -                                           | "acme":{"provider":"github","owner_id":"1001"} | NARROWER | is new: provider github, owner "1001", all of its projects
            "acme":{"provider":"github","owner_id":"1001"} | -                                        | WIDER    | is gone
            "acme":{"provider":"github","owner_id":"1001"} | "acme":{"provider":"github","owner_id":"1002"} | WIDER | bound to
            "acme":{"provider":"github","owner_id":"1001"} | "acme":{"provider":"github","owner_id":"1001","repository_ids":["2002"]} | WIDER | projects "2002"
            """)
    void aHookIsShownAsWhatItDoes(
            @org.jspecify.annotations.Nullable String from,
            @org.jspecify.annotations.Nullable String to,
            Effect effect,
            String words) {
        assertThat(between(withHooks(from == null ? "" : from), withHooks(to == null ? "" : to)))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.subject()).isEqualTo("hook acme");
                    assertThat(change.effect()).isEqualTo(effect);
                    assertThat(change.words()).contains(words);
                });
    }

    private static String withServer(String server) {
        return TEXT.replace("\"resource_servers\":{", "\"resource_servers\":{" + server + ",");
    }

    private static final String APP =
            "\"s\":{\"kind\":\"github-app\",\"app_id\":\"12345\",\"owners\":{\"acme\":\"1001\"}}";
    private static final String ROLE = "\"s\":{\"kind\":\"aws-role\",\"role_arn\":\"arn:aws:iam::111122223333:role/x\","
            + "\"actions\":{\"read\":[\"s3:GetObject\"]},"
            + "\"resources\":{\"table:{name}\":[\"arn:aws:dynamodb:eu:1:table/{name}\"]}}";
    private static final String VAULT =
            "\"s\":{\"kind\":\"openbao\",\"address\":\"https://vault.example\",\"role\":\"release\",\"audience\":\"v\"}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"acme":"1001"}       | {"acme":"1001","umbrella":"1002"}  | WIDER    | serves repositories of "umbrella", id "1002"
            {"acme":"1001"}       | {"umbrella":"1001"}                | WIDER    | serves repositories of "umbrella", id "1001"
            "12345"               | "12346"                            | WIDER    | app_id 12345 -> 12346
            "app_id"              | "api_url":"https://ghe.example/api/v3","app_id" | WIDER | api_url https://api.github.com -> https://ghe.example/api/v3
            ["s3:GetObject"]      | ["s3:GetObject","s3:PutObject"]    | WIDER    | "read" stands for "s3:PutObject"
            {"read"               | {"list":["s3:ListBucket"],"read"   | WIDER    | "list" stands for "s3:ListBucket"
            role/x                | role/y                             | WIDER    | role_arn arn:aws:iam::111122223333:role/x -> arn:aws:iam::111122223333:role/y
            ["arn:aws:dynamodb:eu:1:table/{name}"] | ["arn:aws:dynamodb:eu:1:table/{name}","arn:aws:dynamodb:us:1:table/{name}"] | WIDER | "table:{name}" stands for "arn:aws:dynamodb:us:1:table/{name}"
            "role_arn"            | "region":"eu-central-1","role_arn" | OTHER    | region none -> eu-central-1
            https://vault.example | https://vault2.example             | WIDER    | address https://vault.example -> https://vault2.example
            "release"             | "admin"                            | WIDER    | role release -> admin
            "role":               | "mount":"ci","role":               | WIDER    | mount jwt -> ci
            "role":               | "namespace":"team","role":         | WIDER    | namespace none -> team
            "role":               | "revoke_role":"r","role":          | OTHER    | revoke_role taskbound-revoke -> r
            "audience":"v"        | "audience":"w"                     | OTHER    | audience v -> w
            """)
    void whatAServiceOfAKindOpensIsShown(String from, String to, Effect effect, String words) {
        var server = java.util.stream.Stream.of(APP, ROLE, VAULT)
                .filter(one -> one.contains(from))
                .findFirst()
                .orElseThrow();
        var there = between(withServer(server), withServer(server.replace(from, to)));
        var back = between(withServer(server.replace(from, to)), withServer(server));

        assertThat(there)
                .filteredOn(change -> change.effect() == effect)
                .containsExactly(new Change("resource server s", effect, words));
        assertThat(back).hasSameSizeAs(there);
        if (words.contains(" stands for ")) {
            assertThat(back).containsExactly(new Change("resource server s", Effect.NARROWER, "no longer: " + words));
        }
    }

    @Test
    void aServiceOfAKindThatIsNewSaysWhatItCouldOpen() {
        assertThat(between(TEXT, withServer(APP)))
                .containsExactly(
                        new Change(
                                "resource server s",
                                Effect.OTHER,
                                "is new: kind github-app, App \"12345\" at \"https://api.github.com\""),
                        new Change("resource server s", Effect.OTHER, "serves repositories of \"acme\", id \"1001\""));
        assertThat(between(withServer(APP), TEXT))
                .containsExactly(
                        new Change("resource server s", Effect.NARROWER, "is gone: no step gets a credential of it"));
        assertThat(between(withServer(APP), withServer(VAULT)))
                .containsExactly(new Change("resource server s", Effect.WIDER, "kind github-app -> openbao"));
        assertThat(between(withServer(VAULT), withServer(ROLE)))
                .allMatch(change -> change.effect() == Effect.WIDER)
                .extracting(Change::words)
                .contains("kind openbao -> aws-role", "\"read\" stands for \"s3:GetObject\"");
    }

    @Test
    void aBudgetThatIsRaisedOrGoneIsWider() {
        var tight = TEXT.replace(
                "\"lease\":\"60s\"", "\"lease\":\"60s\",\"max_live\":3,\"max_live_per_run\":1,\"once_per_run\":true");
        var loose = tight.replace("\"max_live\":3", "\"max_live\":4")
                .replace("\"max_live_per_run\":1,", "")
                .replace("\"once_per_run\":true", "\"once_per_run\":false");

        assertThat(between(tight, loose))
                .allMatch(change -> change.effect() == Effect.WIDER)
                .extracting(Change::words)
                .containsExactly(
                        "more tokens may be alive at once: max_live 3 -> 4",
                        "more tokens of one run may be alive at once: max_live_per_run 1 -> unlimited",
                        "a run may get more than one token: once_per_run true -> false");
    }

    @Test
    void theSamePolicyWrittenOtherwiseDoesNotDiffer() {
        var callersInline = TEXT.replace("\"allow\":[\"release-pipelines\"]", "\"allow\":" + rules())
                .replaceFirst("\"callers\":\\{.*?\\]\\},\"tasks\"", "\"tasks\"");
        assertThat(callersInline).doesNotContain("callers");
        assertThat(between(TEXT, callersInline)).isEmpty();
        assertThat(changed("\"profile\":\"github\"", "\"profile\":\"github\",\"algorithms\":[\"RS256\"]"))
                .as("a default that is written out")
                .isEmpty();
    }

    private static String rules() {
        return JsonText.of(Documents.release()
                .object("callers")
                .orElseThrow()
                .get("release-pipelines")
                .orElseThrow());
    }

    @Test
    void aChangedCallerShowsInEveryTaskThatNamesIt() {
        var second = TEXT.replace(
                "\"tasks\":{",
                "\"tasks\":{\"again\":{\"permissions\":[{\"resource_server\":\"signer\",\"actions\":[\"sign\"],"
                        + "\"identifiers\":[\"artifact:x\"]}],\"allow\":[\"release-pipelines\"]},");
        assertThat(between(second, second.replace("\"environment\":\"production\"", "\"environment\":\"dev\"")))
                .extracting(Change::subject)
                .containsExactlyInAnyOrder("task again", "task again", "task sign-release", "task sign-release");
    }

    @Test
    void aConditionMoreIsNarrowerAndOneLessIsWider() {
        var more = changed(
                "\"environment\":\"production\"", "\"environment\":\"production\",\"runner_environment\":\"x\"");
        assertThat(more).singleElement().satisfies(change -> {
            assertThat(change.effect()).isEqualTo(Effect.NARROWER);
            assertThat(change.words())
                    .startsWith(
                            "lets in fewer: now requires that runner_environment is \"x\", for callers of provider github");
        });
        var less = changed(",\"environment\":\"production\"", "");
        assertThat(less).singleElement().satisfies(change -> {
            assertThat(change.effect()).isEqualTo(Effect.WIDER);
            assertThat(change.words())
                    .startsWith("lets in more: no longer requires that environment is \"production\", for callers of");
        });
    }

    @Test
    void aRuleThatSplitsOrJoinsOthersLetsInNobodyElse() {
        var split = TEXT.replaceFirst("(\\{\"provider\":\"github\",\"claims\":.*?\\}\\})", "$1,$1")
                .replaceFirst("\"environment\":\"production\"", "\"environment\":\"staging\"");
        var joined = TEXT.replace("\"environment\":\"production\"", "\"environment\":[\"production\",\"staging\"]");

        assertThat(between(split, joined)).extracting(Change::effect).containsExactly(Effect.OTHER);
        assertThat(between(joined, split)).isEmpty();
        assertThat(between(TEXT, split))
                .extracting(Change::words)
                .singleElement()
                .satisfies(words ->
                        assertThat(words).startsWith("lets in more: environment may now also be \"staging\", for "));
        assertThat(between(split, TEXT)).singleElement().satisfies(change -> {
            assertThat(change.effect()).isEqualTo(Effect.NARROWER);
            assertThat(change.words()).startsWith("lets in fewer: environment may no longer be \"staging\", for ");
        });
    }

    /** Patterns are told apart by all of their text, however long it is. */
    @Test
    void aTargetThatDiffersAtItsEndIsAnother() {
        var far = "artifact:" + "a/".repeat(200);
        var before = TEXT.replace("artifact:${project}/**@sha256:{sha256}", far + "b");
        var after = TEXT.replace("artifact:${project}/**@sha256:{sha256}", far + "c");

        assertThat(between(before, after)).extracting(Change::effect).containsExactly(Effect.WIDER, Effect.NARROWER);
    }

    @Test
    void aTargetThatAPatternCoversIsNoMore() {
        var pattern = TEXT.replace("artifact:${project}/**@sha256:{sha256}", "artifact:*");
        var plain = TEXT.replace("artifact:${project}/**@sha256:{sha256}", "artifact:x");
        var both = TEXT.replace("\"artifact:${project}/**@sha256:{sha256}\"", "\"artifact:*\",\"artifact:x\"");

        assertThat(between(pattern, both)).extracting(Change::effect).containsExactly(Effect.OTHER);
        assertThat(between(both, pattern)).isEmpty();
        assertThat(between(pattern, plain)).extracting(Change::effect).containsExactly(Effect.OTHER, Effect.NARROWER);
        assertThat(between(plain, pattern)).extracting(Change::effect).containsExactly(Effect.WIDER);
    }

    /** A caller without the value is refused, whatever the target; when nothing needs it any more he is let in. */
    @Test
    void aVariableThatNothingNeedsAnyMoreIsWider() {
        var two = TEXT.replace(
                "\"artifact:${project}/**@sha256:{sha256}\"",
                "\"artifact:x\",\"artifact:${project}/**@sha256:{sha256}\"");
        var one = TEXT.replace("artifact:${project}/**@sha256:{sha256}", "artifact:x");

        assertThat(between(two, one))
                .filteredOn(change -> change.effect() == Effect.WIDER)
                .singleElement()
                .satisfies(change -> assertThat(change.words())
                        .isEqualTo("lets in callers without a value for ${project}, too: none of its targets needs one"
                                + " any more"));
        assertThat(between(one, two))
                .extracting(Change::words)
                .contains("lets in only callers with a value for ${project}: one of its targets needs it now");
    }

    private static final String APPROVERS = """
            "approvers":{"leads":[{"provider":"github","person":"actor_id","claims":{"repository_id":"2002",\
            "repository_owner_id":"1001","actor_id":"7"}}],"owners":[{"provider":"github","person":"actor_id",\
            "claims":{"repository_id":"2002","repository_owner_id":"1001","actor_id":"8"}}]},"tasks":{""";

    private static String approved(String approval) {
        return TEXT.replace("\"tasks\":{", APPROVERS)
                .replace(
                        "\"lease\":\"60s\"",
                        "\"lease\":\"60s\"" + (approval.isEmpty() ? "" : ",\"approval\":" + approval));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"by":["leads"]}             | ``                                     | WIDER    | no longer needs an approval; it needed by 1 of leads within 1h
            ``                           | {"by":["leads"]}                       | NARROWER | needs an approval now: by 1 of leads within 1h
            {"by":["leads"]}             | {"by":["leads","owners"]}              | WIDER    | people of owners may approve it, too
            {"by":["leads","owners"]}    | {"by":["leads"]}                       | NARROWER | people of owners may no longer approve it
            {"by":["leads"],"count":2}   | {"by":["leads"]}                       | WIDER    | fewer people must approve it: count 2 -> 1
            {"by":["leads"]}             | {"by":["leads"],"count":2}             | NARROWER | more people must approve it: count 1 -> 2
            {"by":["leads"]}             | {"by":["leads"],"within":"2h"}         | WIDER    | people have more time to approve it: within 1h -> 2h
            {"by":["leads"]}             | {"by":["leads"],"within":"30m"}        | NARROWER | people have less time to approve it: within 1h -> 30m
            """)
    void anApprovalIsShownAsWhatItDoes(String from, String to, Effect effect, String words) {
        assertThat(between(approved(from), approved(to)))
                .containsExactly(new Change("task sign-release", effect, words));
    }

    @Test
    void whoMayApproveIsShown() {
        var one = approved("{\"by\":[\"leads\"]}");
        var more = one.replace("\"actor_id\":\"7\"", "\"actor_id\":[\"7\",\"9\"]");

        assertThat(between(one, more)).singleElement().satisfies(change -> {
            assertThat(change.subject()).isEqualTo("approvers leads");
            assertThat(change.effect()).isEqualTo(Effect.WIDER);
            assertThat(change.words())
                    .startsWith("may approve: callers of provider github whose actor_id is \"7\" or \"9\"");
        });
        assertThat(between(TEXT, approved(""))).extracting(Change::effect).containsOnly(Effect.OTHER);
        assertThat(between(one, one.replace("\"owners\":", "\"bosses\":")))
                .extracting(Change::effect)
                .containsOnly(Effect.OTHER);
    }

    @Test
    void anotherValueForAVariableIsWider() {
        assertThat(changed("\"project\":\"acme/shop\"", "\"project\":\"acme/other\""))
                .extracting(Change::effect)
                .containsExactlyInAnyOrder(Effect.WIDER, Effect.NARROWER);
    }

    @Test
    void whoeverIsTrustedInAProvidersPlaceIsWider() {
        assertThat(changed("https://ci.acme.example/oidc", "https://ci.acme.example/oidc/job/x"))
                .extracting(Change::effect)
                .containsOnly(Effect.WIDER);
        assertThat(changed(
                        "\"profile\":\"github\"", "\"profile\":\"github\",\"jwks_uri\":\"https://keys.acme.example\""))
                .singleElement()
                .satisfies(change -> assertThat(change.words())
                        .contains("keys come from another place: discovery -> jwks_uri \"https://keys.acme.example\""));
        assertThat(changed("\"profile\":\"github\"", "\"profile\":\"github\",\"leeway\":\"2m\""))
                .containsExactly(new Change("provider github", Effect.WIDER, "leeway 30s -> 2m"));
        assertThat(changed("\"profile\":\"github\"", "\"profile\":\"github\",\"leeway\":\"10s\""))
                .extracting(Change::effect)
                .containsExactly(Effect.NARROWER);
        assertThat(changed("\"profile\":\"github\"", "\"profile\":\"github\",\"leeway\":\"30s\""))
                .isEmpty();
        assertThat(changed("\"profile\":\"github\"", "\"profile\":\"github\",\"max_age\":\"10m\""))
                .extracting(Change::effect)
                .containsExactly(Effect.WIDER);
    }

    @Test
    void whereThePageLogsPeopleInIsWider() {
        var staff = "\"staff\":{\"profile\":\"generic\",\"issuer\":\"https://sso.acme.example\",\"audience\":\"t\"%s}";
        var before = withProvider(staff.formatted(""));
        var after = withProvider(staff.formatted(",\"login\":{}"));
        var more = withProvider(staff.formatted(",\"login\":{\"scopes\":[\"openid\",\"groups\"]}"));
        assertThat(between(before, after))
                .containsExactly(new Change("provider staff", Effect.WIDER, "login none -> openid profile"));
        assertThat(between(after, before))
                .containsExactly(new Change("provider staff", Effect.NARROWER, "login openid profile -> none"));
        assertThat(between(after, more))
                .containsExactly(new Change("provider staff", Effect.WIDER, "login openid profile -> openid groups"));
        assertThat(between(TEXT, after))
                .contains(new Change("provider staff", Effect.WIDER, "people may log in there: openid profile"));
    }

    private static String withProvider(String entry) {
        assertThat(TEXT).contains("\"providers\":{");
        return TEXT.replace("\"providers\":{", "\"providers\":{" + entry + ",");
    }

    private static RSAKey key(String id) throws JOSEException {
        return new RSAKeyGenerator(2048).keyID(id).generate().toPublicJWK();
    }

    private static String pinning(JWK... keys) {
        return TEXT.replace("\"profile\":\"github\"", "\"profile\":\"github\",\"jwks\":" + new JWKSet(List.of(keys)));
    }

    /** A set that is replaced by one of equal size is another set. */
    @Test
    void replacedPinnedKeysAreNamedByTheirThumbprints() throws JOSEException {
        var kept = key("a");
        var gone = key("b");
        var come = key("c");
        assertThat(between(pinning(kept, gone), pinning(kept, come)))
                .containsExactly(
                        new Change(
                                "provider github",
                                Effect.WIDER,
                                "key " + come.computeThumbprint() + " (RSA, kid \"c\") is newly trusted"),
                        new Change(
                                "provider github",
                                Effect.NARROWER,
                                "key " + gone.computeThumbprint() + " (RSA, kid \"b\") is no longer trusted"));
        // Another key under the old name, which a careless look takes for the same.
        var forged = new RSAKey.Builder(come).keyID("b").build();
        var forgedId = come.computeThumbprint().toString();
        var goneId = gone.computeThumbprint().toString();
        assertThat(between(pinning(gone), pinning(forged)))
                .extracting(Change::words)
                .anyMatch(words -> words.startsWith("key " + forgedId))
                .anyMatch(words -> words.startsWith("key " + goneId));
        var renamed = new RSAKey.Builder(gone).keyID("z").build();
        assertThat(between(pinning(gone), pinning(renamed)))
                .singleElement()
                .satisfies(change -> assertThat(change.effect()).isEqualTo(Effect.WIDER));
        assertThat(between(pinning(kept, gone), pinning(gone, kept))).isEmpty();
    }

    @Test
    void aNewProviderShowsEverythingThatIsTrustedOfIt() throws JOSEException {
        var pinned = key("a");
        assertThat(PolicyDifference.between(Optional.empty(), policy(pinning(pinned))))
                .filteredOn(change -> change.subject().equals("provider github"))
                .extracting(Change::words)
                .anyMatch(words -> words.startsWith("is newly trusted: profile github, issuer \"https://"))
                .anyMatch(words ->
                        words.startsWith("for audience \"https://") && words.contains("algorithms RS256, max_age 5m"))
                .contains("its keys: jwks_file", "key " + pinned.computeThumbprint() + " (RSA, kid \"a\") is trusted");
        assertThat(PolicyDifference.between(Optional.empty(), policy(TEXT)))
                .extracting(Change::words)
                .contains("its keys: discovery");
    }

    @Test
    void keysThatWerePinnedAndAreFetchedNowAreWider() throws JOSEException {
        var pinned = key("a");
        assertThat(between(pinning(pinned), TEXT))
                .extracting(Change::words)
                .containsExactly(
                        "its keys come from another place: jwks_file -> discovery",
                        "key " + pinned.computeThumbprint() + " (RSA, kid \"a\") is no longer trusted");
    }

    @Test
    void aServerWhoseTokensNeedLessOfAKeyIsWider() {
        var optional = TEXT.replace("\"checks\":\"redeem\"", "\"checks\":\"redeem\",\"proof\":\"optional\"");
        var required = TEXT.replace("\"checks\":\"redeem\"", "\"checks\":\"redeem\",\"proof\":\"required\"");

        assertThat(between(required, optional)).singleElement().satisfies(change -> {
            assertThat(change.effect()).isEqualTo(Effect.WIDER);
            assertThat(change.words()).isEqualTo("proof required -> optional");
        });
        assertThat(between(optional, TEXT))
                .extracting(Change::effect, Change::words)
                .containsExactly(tuple(Effect.WIDER, "proof optional -> none"));
        assertThat(between(TEXT, required))
                .extracting(Change::effect, Change::words)
                .containsExactly(tuple(Effect.NARROWER, "proof none -> required"));
    }

    @Test
    void aServerThatAsksLessAndAnotherSecretAreWider() {
        var introspects = TEXT.replace("\"checks\":\"redeem\"", "\"checks\":\"introspect\"")
                .replace(",\"max_uses\":1", "");
        assertThat(between(TEXT, introspects))
                .filteredOn(change -> change.subject().equals("resource server signer"))
                .extracting(Change::words)
                .containsExactly("checks redeem -> introspect");
        assertThat(changed("\"" + Documents.HASH + "\"", "\"" + Documents.HASH + "\",\"" + "ab".repeat(32) + "\""))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.effect()).isEqualTo(Effect.WIDER);
                    assertThat(change.words()).contains("another secret is accepted: hash abababab...");
                });
    }

    @Test
    void theFirstPolicyIsAllNewAndALostTaskIsGone() {
        assertThat(PolicyDifference.between(Optional.empty(), policy(TEXT)))
                .extracting(Change::words)
                .anyMatch(words -> words.startsWith("is new: at most 10m, uses 1, lease 1m"))
                .anyMatch(words -> words.startsWith("permits \"sign\" on \"artifact:${project}/**@sha256:{sha256}\""))
                .anyMatch(words -> words.startsWith("lets in callers of provider jenkins whose ")
                        && words.endsWith("; let project=\"acme/shop\""));
        var renamed = TEXT.replace("sign-release", "sign-other");
        assertThat(between(TEXT, renamed))
                .contains(new Change("task sign-release", Effect.NARROWER, "is gone"))
                .anyMatch(change -> change.subject().equals("task sign-other"));
    }

    @Test
    void whatIsShownMovesNoCursor() {
        assertThat(changed("\"environment\":\"production\"", "\"environment\":[\"production\",\"\\u001b[2J\\u202e\"]"))
                .extracting(Change::words)
                .allMatch(words -> words.chars().allMatch(c -> c >= ' ' && c <= '~'));
    }

    /** Two lists that differ beyond what is shown of them are two lists. */
    @Test
    void aDifferenceBeyondWhatIsShownIsADifference() {
        var many = names(0, 20);
        assertThat(between(
                        TEXT.replace("\"environment\":\"production\"", "\"environment\":" + many),
                        TEXT.replace("\"environment\":\"production\"", "\"environment\":" + names(0, 21))))
                .extracting(Change::effect)
                .contains(Effect.WIDER);
    }

    private static String names(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(name -> "\"env-" + name + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
