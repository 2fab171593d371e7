// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalRequest;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.ServerSecret;
import io.taskbound.json.JsonObject;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What {@code serve --dev} adds to an issuer: a stand-in CI provider that signs ID tokens for anyone on this machine, a
 * resource server's secret, and a policy that fits both. With a policy of the user's own, the stand-in takes the place
 * of every provider in it.
 */
public final class DevSetting implements AutoCloseable {
    static final String SECRET = "secret";

    private final DevFiles files;
    private final StandInProvider provider;
    private final ServerSecret secret;
    private final Optional<Path> ownPolicy;
    private final Path policy;

    private DevSetting(DevFiles files, StandInProvider provider, Optional<Path> ownPolicy, String issuerUrl)
            throws Complaint {
        this.files = files;
        this.provider = provider;
        this.ownPolicy = ownPolicy;
        this.secret = files.kept(SECRET).map(ServerSecret::of).orElseGet(ServerSecret::random);
        this.policy = ownPolicy.isPresent() ? ownPolicy.get() : files.write("policy.yaml", builtIn(issuerUrl));
    }

    /**
     * Starts the stand-in and writes its files.
     *
     * @param folder where the files go; empty: a temporary folder, removed at the end
     * @param issuerUrl the issuer's name, which the built-in policy uses as the ID tokens' audience
     */
    public static DevSetting start(Optional<Path> folder, String issuerUrl, Optional<Path> ownPolicy, Clock clock)
            throws Complaint {
        var files = DevFiles.in(folder);
        var provider = StandInProvider.start(clock);
        try {
            return new DevSetting(files, provider, ownPolicy, issuerUrl);
        } catch (Complaint e) {
            provider.close();
            files.close();
            throw e;
        }
    }

    /** The policy file that the issuer loads. */
    public Path policy() {
        return policy;
    }

    /** Where decisions are logged unless the user says otherwise. */
    public Path audit() {
        return files.at("audit.jsonl");
    }

    /** The user's own policy with the stand-in for its providers; the built-in one names it already. */
    public JsonObject rewritten(JsonObject document) {
        return ownPolicy.isPresent() ? StandInPolicy.of(document, provider.jwks(), secret.hash()) : document;
    }

    /** Answers the stand-in's own paths and hands all others to the issuer. */
    public Function<LocalRequest, LocalAnswer> beside(
            Function<LocalRequest, LocalAnswer> issuer, Supplier<Policy> inForce) {
        var endpoint = new DevEndpoint(new DevIdTokens(provider, inForce));
        return request -> endpoint.answers(request) ? endpoint.answer(request) : issuer.apply(request);
    }

    /** Writes the files of the resource servers, which share one secret, and says how to use it all. */
    public List<String> welcome(String url, Policy inForce) throws Complaint {
        files.write(SECRET, secret.reveal());
        for (var server : inForce.servers()) {
            if (server.delivery().isEmpty()) {
                var name = server.name().value();
                files.write(name + ".curl", "user = \"" + name + ":" + secret.reveal() + "\"\n");
            }
        }
        return ownPolicy.isPresent() ? Welcome.toOwnPolicy(files, url, inForce) : welcomeToBuiltIn(url, inForce);
    }

    private List<String> welcomeToBuiltIn(String url, Policy inForce) throws Complaint {
        var idTokens = new DevIdTokens(provider, () -> inForce);
        files.write("id-token", idTokens.sign(DevWish.DEFAULT));
        return Welcome.toBuiltInPolicy(files, url, provider.issuer());
    }

    private String builtIn(String issuerUrl) {
        return resource("policy.yaml")
                .replace("@PROVIDER@", provider.issuer())
                .replace("@ISSUER@", issuerUrl)
                .replace("@HASH@", secret.hash());
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(DevSetting.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        provider.close();
        files.close();
    }
}
