// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The policy that the benchmarks run under: one task whose server redeems, one whose server introspects. */
public final class PolicyText {
    static final String SECRET = "c2lnbmVyLXNlY3JldC1zaWduZXItc2VjcmV0LTAwMDE";

    private PolicyText() {}

    static Policy compiled(String provider, List<String> rules) {
        return compiled(provider, Scene.ISSUER, rules);
    }

    static Policy compiled(String provider, String issuer, List<String> rules) {
        return Policy.compile(Json.object(of(provider, rules).replace(Scene.ISSUER, issuer)), 1)
                .orElseThrow(faulty -> new IllegalStateException(faulty.faults().toString()));
    }

    /** With as many windows as a task may have, in two zones; one that is open, and one that follows it at once. */
    static Policy withTwentyWindows(String provider, List<String> rules) {
        var windows = IntStream.range(0, 20)
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        """
                        {"days":["mon","wed"],"from":"%02d:00","to":"%02d:%s","zone":"%s"}""",
                        i,
                        i == 11 ? 12 : i,
                        i == 11 ? "00" : "30",
                        i == 6 ? "America/New_York" : "Europe/Berlin"))
                .toList();
        var text = of(provider, rules)
                .replace("\"max_uses\":1,", "\"max_uses\":1,\"windows\":[" + String.join(",", windows) + "],");
        return Policy.compile(Json.object(text), 1)
                .orElseThrow(faulty -> new IllegalStateException(faulty.faults().toString()));
    }

    /** The only rule, of a provider that nothing is fetched from: its keys are written down here. */
    public static String pinned(String provider, String jwks) {
        return of(provider, one()).replace("\"profile\":\"github\",", "\"profile\":\"github\",\"jwks\":" + jwks + ",");
    }

    /** The caller's own rule, the last of a thousand, each of another repository. */
    static List<String> thousandRepositories() {
        var others = IntStream.range(0, 999).mapToObj(i -> rule(Integer.toString(500_000 + i), "main"));
        return Stream.concat(others, Stream.of(ours())).toList();
    }

    /** The caller's own rule, the last of a thousand of one repository, each of another branch. */
    static List<String> thousandBranches() {
        var others = IntStream.range(0, 999).mapToObj(i -> rule("2002", "release-" + i));
        return Stream.concat(others, Stream.of(ours())).toList();
    }

    /** None of them the caller's. */
    static List<String> tenThousandRepositories() {
        return tenThousand(i -> rule(Integer.toString(500_000 + i), "main"));
    }

    /** All of the caller's own repository, and none of its branch. */
    static List<String> tenThousandBranches() {
        return tenThousand(i -> rule("2002", "release-" + i));
    }

    /** All of the caller's own repository, each of a pattern of branches. */
    static List<String> tenThousandPatterns() {
        return tenThousand(i -> rule("2002", "team-" + i + "/**"));
    }

    /** All of the caller's own repository, each of two environments. */
    static List<String> tenThousandLists() {
        return tenThousand(i -> rule("2002", "main")
                .replace("\"ref_type\"", "\"environment\":[\"a" + i + "\",\"b" + i + "\"],\"ref_type\""));
    }

    private static List<String> tenThousand(IntFunction<String> rule) {
        return IntStream.range(0, 10_000).mapToObj(rule).toList();
    }

    /** The only rule. */
    static List<String> one() {
        return List.of(ours());
    }

    private static String ours() {
        return rule("2002", "main");
    }

    private static String rule(String repositoryId, String branch) {
        return String.format(Locale.ROOT, """
                {"provider":"github","claims":{"repository_id":"%s","repository_owner_id":"1001",
                 "ref":"refs/heads/%s","ref_type":"branch"}}""", repositoryId, branch);
    }

    private static String of(String provider, List<String> rules) {
        return String.format(Locale.ROOT, """
                {"version":1,
                 "providers":{"github":{"profile":"github","issuer":"%1$s","audience":"%2$s"}},
                 "resource_servers":{
                   "signer":{"audience":"https://signer.acme.example","checks":"redeem",
                     "client_secret_hashes":["%3$s"]},
                   "deployer":{"audience":"https://deploy.acme.example","checks":"introspect",
                     "client_secret_hashes":["%3$s"]},
                   "vault":{"kind":"openbao","address":"https://vault.acme.example","role":"release"}},
                 "tasks":{
                   "read-key":{"description":"Read the signing key",
                     "permissions":[{"resource_server":"vault","actions":["read"],
                       "identifiers":["secret:release/app"]}],
                     "max_lifetime":"10m","lease":"60s","allow":[%4$s]},
                   "sign-release":{"description":"Sign one release artifact",
                     "permissions":[{"resource_server":"signer","actions":["sign"],
                       "identifiers":["artifact:${project}/**@sha256:{sha256}"]}],
                     "max_lifetime":"10m","max_uses":1,"lease":"60s","allow":[%4$s]},
                   "deploy":{"description":"Deploy to production",
                     "permissions":[{"resource_server":"deployer","actions":["deploy"],
                       "identifiers":["env:production"]}],
                     "max_lifetime":"15m","lease":"60s","allow":[%4$s]}}}
                """, provider, Scene.ISSUER, secretHash(), String.join(",", rules));
    }

    private static String secretHash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(SECRET.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
