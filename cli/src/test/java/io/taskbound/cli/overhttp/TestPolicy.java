// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.overhttp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.Policy;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** The policy of these tests: one task for each kind of resource server. */
public final class TestPolicy {
    public static final String DEPLOYER_AUDIENCE = "https://deploy.acme.example";
    public static final String CLOUD_AUDIENCE = "https://cloud.acme.example";
    public static final String GOOGLE_PROVIDER =
            "projects/123456789012/locations/global/workloadIdentityPools/taskbound/providers/taskbound";
    public static final String SIGNER_AUDIENCE = "https://signer.acme.example";

    private static final String SIGNED_IDENTIFIER = "artifact:acme/shop/app.jar@sha256:" + "9f".repeat(32);

    private TestPolicy() {}

    /** @param audience of the ID tokens: the issuer's URL */
    static Policy trusting(StandInProvider provider, String audience) {
        return Policy.compile(object(document(provider.issuer(), audience)), 1)
                .orElseThrow(faulty -> new AssertionError(faulty.faults().toString()));
    }

    /** For {@code deployer}, which introspects: as many uses as the token lives. */
    public static JsonObject deploy() {
        return task("deploy", "deploy", "env:production");
    }

    /** For {@code cloud}, whose decoder wants {@code typ: JWT}. */
    public static JsonObject publish() {
        return task("publish", "publish", "bucket:releases");
    }

    /** For {@code signer}, which redeems: three uses. */
    public static JsonObject sign() {
        return task("sign", "sign", SIGNED_IDENTIFIER);
    }

    /** For {@code vault}, which redeems tokens that are bound to a key, and takes no others: three uses. */
    public static JsonObject unlock() {
        return task("unlock", "unlock", "safe:1");
    }

    private static JsonObject task(String task, String action, String identifier) {
        return object("""
            {"type":"task","task":"%s","actions":["%s"],"identifier":"%s"}""".formatted(task, action, identifier));
    }

    /** The client secret of a resource server; not secret at all, but of the right form. */
    public static String secretOf(String server) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256("the secret of " + server));
    }

    private static String document(String provider, String audience) {
        return """
            {"version":1,
             "providers":{"github":{"profile":"github","issuer":"%s","audience":"%s"}},
             "resource_servers":{
               "deployer":{"audience":"%s","checks":"introspect","client_secret_hashes":["%s"]},
               "cloud":{"audience":"%s","checks":"introspect","client_secret_hashes":["%s"],"typ":"JWT"},
               "google":{"audience":"//iam.googleapis.com/%s","checks":"offline","typ":"JWT"},
               "vault":{"audience":"https://vault.acme.example","checks":"redeem","client_secret_hashes":["%s"],
                 "proof":"required"},
               "signer":{"audience":"%s","checks":"redeem","client_secret_hashes":["%s"]}},
             "callers":{"main":[{"provider":"github","claims":{"repository_id":"2002","repository_owner_id":"1001",
                "ref":"refs/heads/main","ref_type":"branch"}}]},
             "tasks":{
               "deploy":{"permissions":[{"resource_server":"deployer","actions":["deploy"],
                 "identifiers":["env:production"]}],"max_lifetime":"15m","allow":["main"]},
               "publish":{"permissions":[{"resource_server":"cloud","actions":["publish"],
                 "identifiers":["bucket:releases"]}],"max_lifetime":"15m","allow":["main"]},
               "export-report":{"permissions":[{"resource_server":"google","actions":["export"],
                 "identifiers":["bucket:acme-reports"]}],"max_lifetime":"5m","allow":["main"]},
               "unlock":{"permissions":[{"resource_server":"vault","actions":["unlock"],
                 "identifiers":["safe:1"]}],"max_lifetime":"10m","max_uses":3,"allow":["main"]},
               "sign":{"permissions":[{"resource_server":"signer","actions":["sign"],
                 "identifiers":["artifact:${project}/**@sha256:{sha256}"]}],
                 "max_lifetime":"10m","max_uses":3,"allow":["main"]}}}
            """.formatted(
                        provider,
                        audience,
                        DEPLOYER_AUDIENCE,
                        hashOf("deployer"),
                        CLOUD_AUDIENCE,
                        hashOf("cloud"),
                        GOOGLE_PROVIDER,
                        hashOf("vault"),
                        SIGNER_AUDIENCE,
                        hashOf("signer"));
    }

    private static String hashOf(String server) {
        return HexFormat.of().formatHex(sha256(secretOf(server)));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    private static JsonObject object(String json) {
        try {
            return StrictJson.parseObject(json.getBytes(UTF_8));
        } catch (MalformedJson malformed) {
            throw new AssertionError(malformed);
        }
    }
}
