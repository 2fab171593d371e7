// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A CI system's identity provider on this machine: signs ID tokens with the claims of the real one and serves discovery
 * and keys over real HTTP, on loopback only. For development, the demo and tests; anyone who can reach it can get any
 * identity.
 */
public final class StandInProvider implements AutoCloseable {
    private final Setup setup;
    private final StandInServer server;
    private final String issuer;
    private volatile SigningKey key;
    private int keysMade = 1;
    private boolean closed;

    private StandInProvider(Setup setup, SigningKey key, StandInServer server) {
        this.setup = setup;
        this.key = key;
        this.server = server;
        this.issuer = server.origin() + setup.dialect().issuerPath();
    }

    /**
     * How to start.
     *
     * @param algorithm RS256 unless a test wants another
     * @param port 0 for a free one
     * @param keyFile where the key is kept over restarts; empty: a new key every time
     * @param tls speaks https with this certificate; empty: plain http
     * @param clock what the times of the sample claims are counted from
     */
    public record Setup(
            Dialect dialect,
            String algorithm,
            int port,
            Optional<Path> keyFile,
            Optional<StandInTls> tls,
            Clock clock) {
        public static Setup of(Dialect dialect, Clock clock) {
            return new Setup(dialect, "RS256", 0, Optional.empty(), Optional.empty(), clock);
        }

        public Setup algorithm(String other) {
            return new Setup(dialect, other, port, keyFile, tls, clock);
        }

        public Setup port(int other) {
            return new Setup(dialect, algorithm, other, keyFile, tls, clock);
        }

        public Setup keyFile(Path file) {
            return new Setup(dialect, algorithm, port, Optional.of(file), tls, clock);
        }

        public Setup tls(StandInTls with) {
            return new Setup(dialect, algorithm, port, keyFile, Optional.of(with), clock);
        }
    }

    /** A stand-in for GitHub on a free port. */
    public static StandInProvider start(Clock clock) {
        return start(Dialect.GITHUB, clock);
    }

    public static StandInProvider start(Dialect dialect, Clock clock) {
        return start(Setup.of(dialect, clock));
    }

    public static StandInProvider start(Setup setup) {
        try {
            var provider = new StandInProvider(setup, firstKey(setup), StandInServer.start(setup.port(), setup.tls()));
            provider.publishOwnKey();
            provider.publishDiscovery(provider.discovery());
            return provider;
        } catch (IOException portTaken) {
            throw new UncheckedIOException("cannot listen on port " + setup.port(), portTaken);
        }
    }

    private static SigningKey firstKey(Setup setup) {
        var file = setup.keyFile().map(KeyFile::new);
        var kept = file.flatMap(KeyFile::load);
        if (kept.isPresent()) {
            return kept.get();
        }
        var fresh = SigningKey.generate(kid(setup.dialect(), 1), setup.algorithm());
        file.ifPresent(to -> to.save(fresh));
        return fresh;
    }

    /** Jenkins' key ids are the ids of credentials, which people choose; the others make a new one for each key. */
    private static String kid(Dialect dialect, int number) {
        return dialect == Dialect.JENKINS ? "task-tokens" : Ids.uuid(dialect + " key " + number);
    }

    public String issuer() {
        return issuer;
    }

    /** Where the key set is. */
    public String jwksUri() {
        return issuer + setup.dialect().keysPath();
    }

    /** The key set as it is published, for a policy that pins it. */
    public String jwks() {
        return "{\"keys\":[" + key.publicJwk(setup.dialect()) + "]}";
    }

    /** An ID token with exactly these claims. */
    public String idToken(ClaimSet claims) {
        return sign(key.header(), JSONObjectUtils.toJSONString(claims.asMap()).getBytes(UTF_8));
    }

    /** Signs any header and any bytes with the present key: for tokens that no real system makes. */
    public String sign(String header, byte[] payload) {
        return key.sign(header, payload);
    }

    public String kid() {
        return key.kid();
    }

    /** The claims of a push to a branch, with the subject by names: {@code repo:acme/shop:ref:refs/heads/main}. */
    public ClaimSet github(String repository, String branch) {
        return samples().github(repository, branch, SampleClaims.githubNames(repository));
    }

    /** The same with the subject by ids: {@code repo:acme@1001/shop@2002:ref:refs/heads/main}. */
    public ClaimSet githubImmutable(String repository, String branch) {
        return samples().github(repository, branch, SampleClaims.githubIds(repository));
    }

    /** The claims of a workflow of the branch main, such as {@code approve.yml}, that a person started by hand. */
    public ClaimSet githubStarted(String repository, String workflow, String person) {
        return samples().githubStarted(repository, workflow, person);
    }

    /** The same run, started by this person. */
    public static ClaimSet startedBy(ClaimSet github, String person) {
        return github.with("actor", person).with("actor_id", Ids.number(person));
    }

    /** A build of a job, as {@code acme/shop/main}, on the controller that this issuer belongs to. */
    public ClaimSet jenkins(String jobFullName, int buildNumber) {
        return samples().jenkins(server.origin(), jobFullName, buildNumber);
    }

    public ClaimSet gitlab(String projectPath, String branch) {
        return samples().gitlab(projectPath, branch);
    }

    public ClaimSet buildkite(String organisation, String pipeline, String branch) {
        return samples().buildkite(organisation, pipeline, branch);
    }

    public ClaimSet circleci(String projectId) {
        return samples().circleci(projectId);
    }

    public ClaimSet kubernetes(String namespace, String serviceAccount) {
        return samples().kubernetes(namespace, serviceAccount);
    }

    private SampleClaims samples() {
        return new SampleClaims(issuer, setup.clock().instant(), setup.dialect());
    }

    /** Replaces the key and withdraws the old one; {@code keepKid} as Jenkins does it. */
    public synchronized void rotateKey(boolean keepKid) {
        keysMade++;
        key = SigningKey.generate(
                keepKid ? key.kid() : kid(setup.dialect(), keysMade) + "-" + keysMade, setup.algorithm());
        setup.keyFile().map(KeyFile::new).ifPresent(to -> to.save(key));
        publishOwnKey();
    }

    private void publishOwnKey() {
        publishKeys(jwks());
    }

    /** Serves this text as the key set. */
    public void publishKeys(String jwks) {
        server.serve(keysPath(), setup.dialect().keysType(), jwks);
    }

    /** Serves this text as the discovery document. */
    public void publishDiscovery(String document) {
        server.serve(setup.dialect().issuerPath() + "/.well-known/openid-configuration", "application/json", document);
    }

    private String discovery() {
        var document = new LinkedHashMap<String, Object>();
        document.put("issuer", issuer);
        document.put("jwks_uri", jwksUri());
        document.put("subject_types_supported", List.of("public"));
        document.put("response_types_supported", List.of("id_token"));
        document.put("id_token_signing_alg_values_supported", List.of(key.algorithm()));
        return JSONObjectUtils.toJSONString(document);
    }

    /** From now on, until told otherwise. */
    public void trouble(Trouble trouble) {
        server.trouble(trouble);
    }

    /** All requests received so far. */
    public int requests() {
        return server.requests();
    }

    /** Requests for the key set received so far. */
    public int keyRequests() {
        return server.requests(keysPath());
    }

    private String keysPath() {
        return setup.dialect().issuerPath() + setup.dialect().keysPath();
    }

    @Override
    public synchronized void close() {
        server.close();
        // One in a file is not this object's alone; one that was rotated away may stand in a token that is still looked
        // at.
        if (!closed && setup.keyFile().isEmpty()) {
            key.retire();
        }
        closed = true;
    }

    @Override
    public String toString() {
        return "StandInProvider[" + issuer + "]";
    }
}
