// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.ItemGroup;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import net.sf.json.JSONObject;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * The real issuer, {@code taskbound serve} with its ledger in memory, as a process of its own. It trusts the keys of
 * the test's controller. Where its jar lies is told by the system property {@code taskbound.jar}.
 */
final class RealIssuer implements AutoCloseable {
    static final String TARGET = "artifact:acme/app.jar";
    static final int MAX_USES = 5;

    private static final String POLICY = """
        version: 1
        providers:
          jenkins: {profile: jenkins, issuer: "@ROOT@oidc", audience: "https://tokens.acme.example", jwks_file: jenkins.jwks.json}
          folder: {profile: jenkins, issuer: "@ROOT@oidc/job/team", audience: "https://tokens.acme.example", jwks_file: folder.jwks.json}
          staff: {profile: generic, issuer: "@STAFF@", audience: "https://tokens.acme.example", jwks_file: staff.jwks.json}
        approvers:
          release-managers:
            - {provider: staff, person: sub, claims: {groups: {contains: release-managers}}}
        resource_servers:
          signer: {audience: "https://signer.acme.example", checks: redeem, client_secret_hashes: ["@HASH@"]}
        tasks:
          sign-release:
            description: Sign one release artifact
            permissions: [{resource_server: signer, actions: [sign], identifiers: ["artifact:acme/**"]}]
            max_lifetime: 10m
            max_uses: @USES@
            lease: 60s
            allow:
              - {provider: jenkins, claims: {sub: "@ROOT@job/release/"}}
              - {provider: jenkins, claims: {sub: "@ROOT@job/cells/OS=linux/"}}
              - {provider: folder, claims: {sub: "@ROOT@job/team/job/release/"}}
          rotate-root-key:
            description: Rotate the root key
            permissions: [{resource_server: signer, actions: [sign], identifiers: ["key:root"]}]
            max_lifetime: 10m
            max_uses: 1
            lease: 60s
            approval: {by: [release-managers], count: 2, within: 10m}
            windows: [{from: "2026-01-01T00:00:00Z", to: "@WINDOW_END@"}]
            allow:
              - {provider: jenkins, claims: {sub: "@ROOT@job/release/"}}
          drop-table:
            description: Drop a table
            permissions: [{resource_server: signer, actions: [sign], identifiers: ["table:*"]}]
            max_lifetime: 10m
            max_uses: 1
            lease: 60s
            approval: {by: [release-managers], within: 1m}
            allow:
              - {provider: jenkins, claims: {sub: "@ROOT@job/release/"}}
          close-books:
            description: Close the books of a year
            permissions: [{resource_server: signer, actions: [sign], identifiers: ["year:*"]}]
            max_lifetime: 10m
            max_uses: 1
            lease: 60s
            windows: [{from: "2026-01-01T00:00:00Z", to: "@WINDOW_END@"}]
            allow:
              - {provider: jenkins, claims: {sub: "@ROOT@job/release/"}}
          open-books:
            description: Open the books of a year that is over
            permissions: [{resource_server: signer, actions: [sign], identifiers: ["year:*"]}]
            max_lifetime: 10m
            max_uses: 1
            lease: 60s
            windows: [{from: "2025-12-01T00:00:00Z", to: "2026-01-01T00:00:00Z"}]
            allow:
              - {provider: jenkins, claims: {sub: "@ROOT@job/release/"}}
        """;

    private static final String LATER = "2099-01-01T00:00:00Z";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String secret = secret();
    private final TestStaff staff = new TestStaff();
    private final Path policy;
    private final Process process;
    private final String url;

    /** Makes the credential {@code taskbound} in the system store, and tells the configuration of the issuer. */
    static RealIssuer trusting(JenkinsRule jenkins, Path folder) throws Exception {
        add(jenkins.jenkins);
        var issuer = new RealIssuer(jenkins, folder);
        TaskboundConfiguration.get().setIssuer(issuer.url);
        TaskboundConfiguration.get().setCredentialsId("taskbound");
        return issuer;
    }

    static void add(ItemGroup<?> where) throws IOException {
        IdTokenStringCredentials credential =
                new IdTokenStringCredentials(CredentialsScope.GLOBAL, "taskbound", "who a build is");
        credential.setAudience("https://tokens.acme.example");
        CredentialsProvider.lookupStores(where).iterator().next().addCredentials(Domain.global(), credential);
    }

    private RealIssuer(JenkinsRule jenkins, Path folder) throws Exception {
        String root = jenkins.getURL().toString();
        Files.writeString(folder.resolve("jenkins.jwks.json"), get(root + "oidc/jwks"));
        String own = jenkins.jenkins.getItem("team") == null ? "oidc/jwks" : "oidc/job/team/jwks";
        Files.writeString(folder.resolve("folder.jwks.json"), get(root + own));
        Files.writeString(folder.resolve("staff.jwks.json"), staff.jwks());
        policy = folder.resolve("policy.yaml");
        Files.writeString(
                policy,
                POLICY.replace("@ROOT@", root)
                        .replace("@STAFF@", TestStaff.ISSUER)
                        .replace("@WINDOW_END@", LATER)
                        .replace("@HASH@", sha256(secret))
                        .replace("@USES@", String.valueOf(MAX_USES)));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar(),
                        "serve",
                        "--policy",
                        policy.toString(),
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .start();
        url = listening(process.inputReader());
    }

    /** False in a repository of the plugin alone. */
    static boolean isHere() {
        return Files.isRegularFile(Path.of(jar()));
    }

    private static String jar() {
        return System.getProperty("taskbound.jar", "");
    }

    private static String listening(java.io.BufferedReader out) throws IOException {
        var said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("listening on ")) {
                var drain = new Thread(() -> out.lines().forEach(ignored -> {}));
                drain.setDaemon(true);
                drain.start();
                return line.substring("listening on ".length());
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("the issuer did not start: " + said);
    }

    String url() {
        return url;
    }

    /** What a resource server hears: {@code alive}, or the reason why not. */
    String redeem(String token) throws IOException, InterruptedException {
        String form = "token=" + encoded(token) + "&action=sign&identifier=" + encoded(TARGET) + "&use_id="
                + UUID.randomUUID();
        String basic = Base64.getEncoder().encodeToString(("signer:" + secret).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/redeem"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Basic " + basic)
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        JSONObject answer = JSONObject.fromObject(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        return answer.getBoolean("active") ? "alive" : answer.optString("reason");
    }

    /** What this member of a group is shown of an approval, or told. */
    JSONObject show(String approvalId, String person, String group) throws Exception {
        return decide(approvalId, staff.idToken(person, group), "");
    }

    /** The same member reads it and decides. */
    JSONObject decide(String approvalId, String person, String group, String decision) throws Exception {
        String shown = show(approvalId, person, group).optString("text_sha256");
        return decide(approvalId, staff.idToken(person, group), "&decision=" + decision + "&shown=" + shown);
    }

    private JSONObject decide(String approvalId, String idToken, String more) throws IOException, InterruptedException {
        String form = "subject_token=" + idToken + "&subject_token_type="
                + encoded("urn:ietf:params:oauth:token-type:id_token") + more;
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/approvals/" + approvalId))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return JSONObject.fromObject(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /**
     * Publishes a new version of the policy, by which the windows that were open have ended. The issuer reads it soon.
     */
    void endWindows() throws IOException {
        Files.writeString(policy, Files.readString(policy).replace(LATER, "2026-01-02T00:00:00Z"));
    }

    /** Stops its process for so long: requests wait, and nothing of its own runs. */
    void standStill(Duration time) throws IOException, InterruptedException {
        signal("STOP");
        try {
            Thread.sleep(time.toMillis());
        } finally {
            signal("CONT");
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -" + name + " ended with " + code);
        }
    }

    private String get(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String secret() {
        byte[] octets = new byte[32];
        new SecureRandom().nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try (InputStream ignored = process.getInputStream()) {
            process.onExit().join();
        }
    }
}
