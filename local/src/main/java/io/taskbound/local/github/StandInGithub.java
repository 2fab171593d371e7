// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * GitHub as an App and its installations meet it, over real HTTP on loopback: the App's JWT is verified, what an
 * installation does not have is refused as documented, tokens end, and git pushes and fetches for real. API and web
 * pages have one address, as an Enterprise Server has them, with and without its prefix {@code /api/v3}. For
 * development, the demo and tests.
 */
public final class StandInGithub implements AutoCloseable {
    private static final int HANGING_MILLIS = 30_000;
    private static final Duration JOB_TOKEN_LIFE = Duration.ofHours(6);

    private final World world;
    private final HttpServer http;
    private final ExecutorService threads;
    private final GitFolder folder = new GitFolder();
    private final CommentEndpoints comments = new CommentEndpoints();
    private final AppEndpoints apps;
    private final TokenEndpoints tokens;
    private final GitEndpoints git;
    private final ManifestEndpoints manifests;
    private final Map<GithubEndpoint, GithubTrouble> troubles = new EnumMap<>(GithubEndpoint.class);
    private final Map<GithubEndpoint, AtomicInteger> requests = new ConcurrentHashMap<>();

    private StandInGithub(Clock clock, HttpServer http, ExecutorService threads) {
        this.world = new World(clock);
        this.http = http;
        this.threads = threads;
        this.apps = new AppEndpoints(world);
        this.tokens = new TokenEndpoints(world, folder, comments);
        this.git = new GitEndpoints(world, folder);
        this.manifests = new ManifestEndpoints(world);
    }

    /** @param clock what expiries and the App's JWTs are judged by */
    public static StandInGithub start(Clock clock) {
        return start(clock, 0);
    }

    /** @param port 0 for a free one */
    public static StandInGithub start(Clock clock, int port) {
        try {
            var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            var threads = Executors.newCachedThreadPool(task -> {
                var thread = new Thread(task, "stand-in-github");
                thread.setDaemon(true);
                return thread;
            });
            var github = new StandInGithub(clock, HttpServer.create(address, 0), threads);
            github.http.setExecutor(threads);
            github.http.createContext("/", github::handle);
            github.http.start();
            return github;
        } catch (IOException portTaken) {
            throw new UncheckedIOException(portTaken);
        }
    }

    /** The REST API, and all else. */
    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    public URI apiUrl() {
        return URI.create(url());
    }

    public void organization(String login, long id) {
        world.add(new Account(login, id, "Organization"));
    }

    public void user(String login, long id) {
        world.add(new Account(login, id, "User"));
    }

    /** The same account under another name. */
    public void rename(String login, String newLogin) {
        world.rename(login, newLogin);
    }

    /** A private repository with one commit on {@code main}. */
    public void repository(String owner, String name, long id) {
        world.add(new Repository(id, account(owner), name));
    }

    public StandInApp app(String owner, Map<String, String> permissions) {
        return world.newApp("taskbound-" + owner, account(owner), permissions, world.newAppKeys());
    }

    /** An App that was made here, by its id. */
    public Optional<StandInApp> app(String id) {
        return world.app(id);
    }

    /** In all repositories of an account; returns the installation's id. */
    public long install(StandInApp app, String account) {
        return world.install(app, account(account), Optional.empty());
    }

    /** In these repositories of an account. */
    public long install(StandInApp app, String account, Set<String> repositories) {
        return world.install(app, account(account), Optional.of(repositories));
    }

    public void suspend(long installation, boolean suspended) {
        world.suspend(installation, suspended);
    }

    public void uninstall(long installation) {
        world.uninstall(installation);
    }

    /** The token of a job of a workflow in this repository, with the permissions that the job has. */
    public String jobToken(String owner, String name, Map<String, String> permissions) {
        var app = world.newApp("github-actions", account(owner), permissions, world.newAppKeys());
        long id = world.install(app, account(owner), Optional.of(Set.of(name)));
        var install = world.installsOf(app).stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow();
        var until = world.clock().instant().plus(JOB_TOKEN_LIFE);
        return world.keep(new LiveToken(install, List.of(existing(owner, name)), app.permissions(), until));
    }

    /** One that comments can be made on. */
    public void pullRequest(String owner, String name, long number) {
        comments.open(existing(owner, name), number);
    }

    /** The comments on a pull request, the oldest first. */
    public List<String> comments(String owner, String name, long number) {
        return comments.on(existing(owner, name), number);
    }

    private Repository existing(String owner, String name) {
        return world.repository(owner, name)
                .orElseThrow(() -> new IllegalArgumentException("no repository " + owner + "/" + name));
    }

    private Account account(String login) {
        return world.account(login).orElseThrow(() -> new IllegalArgumentException("no account " + login));
    }

    /** Whether new tokens have the form of several hundred letters with dots in them, or the short one. */
    public void longTokens(boolean form) {
        world.stateless(form);
    }

    /** From now on, until told otherwise. */
    public void trouble(GithubEndpoint where, GithubTrouble trouble) {
        synchronized (troubles) {
            troubles.put(where, trouble);
        }
    }

    /** Requests received so far. */
    public int requests(GithubEndpoint where) {
        return requests.getOrDefault(where, new AtomicInteger()).get();
    }

    /** The tokens that open something now. */
    public List<String> aliveTokens() {
        return world.alive();
    }

    /** What a file holds at the tip of {@code main}. */
    public Optional<String> file(String owner, String name, String path) {
        var repository = world.repository(owner, name);
        return repository
                .flatMap(there -> folder.file(there, GitFolder.BRANCH, path))
                .map(bytes -> new String(bytes, UTF_8));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = Asked.read(exchange);
            var where = endpoint(asked);
            requests.computeIfAbsent(where, any -> new AtomicInteger()).incrementAndGet();
            var trouble = trouble(where);
            if (trouble == GithubTrouble.DOWN) {
                return;
            }
            var answer = Misbehaviour.isBefore(trouble)
                    ? Misbehaviour.instead(trouble, world.clock())
                    : Misbehaviour.after(trouble, answer(asked, where, trouble));
            if (trouble == GithubTrouble.HANGS) {
                Thread.sleep(HANGING_MILLIS);
            }
            if (trouble != GithubTrouble.CUT_OFF) {
                send(exchange, answer);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private GithubTrouble trouble(GithubEndpoint where) {
        synchronized (troubles) {
            return troubles.getOrDefault(where, GithubTrouble.NONE);
        }
    }

    private static GithubEndpoint endpoint(Asked asked) {
        if (asked.is("GET", "app", "installations")) {
            return GithubEndpoint.INSTALLATIONS;
        }
        if (asked.is("POST", "app", "installations", "*", "access_tokens")) {
            return GithubEndpoint.ACCESS_TOKENS;
        }
        if (asked.is("DELETE", "installation", "token")) {
            return GithubEndpoint.REVOKE;
        }
        return asked.is("POST", "app-manifests", "*", "conversions")
                ? GithubEndpoint.CONVERSIONS
                : GithubEndpoint.OTHER;
    }

    private Answer answer(Asked asked, GithubEndpoint where, GithubTrouble trouble)
            throws IOException, InterruptedException {
        return switch (where) {
            case INSTALLATIONS -> apps.installations(asked, url());
            case ACCESS_TOKENS -> apps.newToken(asked, url(), trouble);
            case REVOKE -> tokens.revoke(asked);
            case CONVERSIONS -> manifests.convert(asked, url());
            case OTHER -> other(asked);
        };
    }

    private Answer other(Asked asked) throws IOException, InterruptedException {
        if (asked.is("GET", "app")) {
            return apps.app(asked, url());
        }
        if (asked.is("GET", "installation", "repositories")) {
            return tokens.repositories(asked, url());
        }
        var segments = asked.segments();
        if (segments.size() >= 3 && segments.get(0).equals("repos")) {
            return tokens.repository(asked, url());
        }
        if (asked.is("POST", "organizations", "*", "settings", "apps", "new")) {
            return manifests.propose(asked, segments.get(1));
        }
        if (asked.is("POST", "settings", "apps", "agree", "*")) {
            return manifests.agree(asked);
        }
        return git.answer(asked).orElseGet(Answer::notFound);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Content-Length")) {
                exchange.getResponseHeaders().set(name, value);
            }
        });
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        folder.close();
        world.close();
    }

    @Override
    public String toString() {
        return "StandInGithub[" + url() + "]";
    }
}
