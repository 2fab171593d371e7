// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * A company's identity provider on this machine, over real HTTP on loopback: discovery, keys, an authorization endpoint
 * on which anybody says who they are, and a token endpoint for one public client with PKCE (OpenID Connect Core, RFC
 * 6749, RFC 7636, RFC 9207). What a real one checks of a request, it checks too. For development, the demo and tests:
 * whoever can reach it can be anybody.
 */
public final class StandInPeople implements AutoCloseable {
    /** The one client that is registered. */
    public static final String CLIENT_ID = "taskbound";

    /** The parameter of the authorization endpoint that says who logs in: what a password is elsewhere. */
    public static final String CHOSEN = "stand_in_person";

    private static final Duration ID_TOKEN_LIFE = Duration.ofMinutes(5);
    private static final Pattern S256 = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final HttpServer http;
    private final ExecutorService threads;
    private final PeopleKey key = PeopleKey.generate();
    private final CodeStore codes = new CodeStore();
    private final Map<String, Person> people = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Set<String> redirects = ConcurrentHashMap.newKeySet();
    private final Clock clock;

    private StandInPeople(HttpServer http, ExecutorService threads, Collection<Person> people, Clock clock) {
        this.http = http;
        this.threads = threads;
        this.clock = clock;
        people.forEach(person -> this.people.put(person.id(), person));
    }

    /** On a free port. */
    public static StandInPeople start(Collection<Person> people, Clock clock) {
        return start(0, people, clock);
    }

    /** @param port 0 for a free one */
    public static StandInPeople start(int port, Collection<Person> people, Clock clock) {
        try {
            var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            var http = HttpServer.create(new InetSocketAddress(loopback, port), 0);
            var threads = Executors.newCachedThreadPool(task -> {
                var thread = new Thread(task, "stand-in-people");
                thread.setDaemon(true);
                return thread;
            });
            var provider = new StandInPeople(http, threads, people, clock);
            http.setExecutor(threads);
            http.createContext("/", provider::handle);
            http.start();
            return provider;
        } catch (IOException portTaken) {
            throw new UncheckedIOException("cannot listen on port " + port, portTaken);
        }
    }

    /** Where people may be sent back to: exactly these addresses, and no others. */
    public StandInPeople register(String redirectUri) {
        redirects.add(redirectUri);
        return this;
    }

    public String issuer() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** The key set, for a policy that pins it. */
    public String jwks() {
        return key.jwks();
    }

    /** @throws IllegalArgumentException when nobody has this id */
    public Person person(String id) {
        return Optional.ofNullable(people.get(id)).orElseThrow(() -> new IllegalArgumentException("nobody is " + id));
    }

    public List<Person> people() {
        synchronized (people) {
            return List.copyOf(people.values());
        }
    }

    /** An ID token as a login at a terminal gets it: without a nonce. */
    public String idToken(Person person) {
        return key.sign(claims(person, ""));
    }

    /** Signs any claims: for tokens that no real provider gives. */
    public String sign(Map<String, Object> claims) {
        return key.sign(claims);
    }

    /** The claims of an ID token for this person; empty nonce: none. */
    public Map<String, Object> claims(Person person, String nonce) {
        var now = clock.instant().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer());
        claims.put("sub", person.id());
        claims.put("aud", CLIENT_ID);
        claims.put("azp", CLIENT_ID);
        claims.put("iat", now);
        claims.put("auth_time", now);
        claims.put("exp", now + ID_TOKEN_LIFE.toSeconds());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("preferred_username", person.name());
        claims.putAll(person.claims());
        if (!nonce.isEmpty()) {
            claims.put("nonce", nonce);
        }
        return claims;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" -> json(exchange, 200, discovery());
                case "/jwks" -> send(exchange, 200, "application/json", jwks());
                case "/authorize" -> authorize(exchange);
                case "/token" -> token(exchange);
                default -> json(exchange, 404, Map.of("error", "not_found"));
            }
        }
    }

    private Map<String, Object> discovery() {
        var document = new LinkedHashMap<String, Object>();
        document.put("issuer", issuer());
        document.put("authorization_endpoint", issuer() + "/authorize");
        document.put("token_endpoint", issuer() + "/token");
        document.put("jwks_uri", issuer() + "/jwks");
        document.put("response_types_supported", List.of("code"));
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("token_endpoint_auth_methods_supported", List.of("none"));
        document.put("authorization_response_iss_parameter_supported", true);
        return document;
    }

    private void authorize(HttpExchange exchange) throws IOException {
        try {
            var request = Params.of(exchange.getRequestURI().getRawQuery());
            // Whom to send the answer to is not known before these two hold (RFC 6749 section 4.1.2.1).
            OauthFault.require(CLIENT_ID.equals(request.get("client_id")), "invalid_client", "unknown client");
            OauthFault.require(
                    redirects.contains(request.get("redirect_uri")),
                    "invalid_request",
                    "redirect_uri is not registered");
            answerClient(exchange, request);
        } catch (OauthFault fault) {
            send(exchange, 400, "text/plain; charset=utf-8", fault.error() + ": " + fault.description());
        }
    }

    private void answerClient(HttpExchange exchange, Params request) throws IOException {
        try {
            requireCodeFlow(request);
            var person = people.get(request.get(CHOSEN));
            if (person == null) {
                send(exchange, 200, "text/html; charset=utf-8", LoginForm.html(people(), request));
            } else {
                redirect(exchange, request, "code", codes.issue(person, request, clock.instant()));
            }
        } catch (OauthFault fault) {
            redirect(exchange, request, "error", fault.error());
        }
    }

    private static void requireCodeFlow(Params request) throws OauthFault {
        OauthFault.require("code".equals(request.get("response_type")), "unsupported_response_type", "not code");
        OauthFault.require(
                List.of(request.get("scope").split(" ")).contains("openid"), "invalid_scope", "scope lacks openid");
        OauthFault.require(
                "S256".equals(request.get("code_challenge_method"))
                        && S256.matcher(request.get("code_challenge")).matches(),
                "invalid_request",
                "PKCE with S256 is required");
    }

    private void redirect(HttpExchange exchange, Params request, String name, String value) throws IOException {
        var answer = Params.NONE
                .with(name, value)
                .with("state", request.get("state"))
                .with("iss", issuer());
        exchange.getResponseHeaders().set("Location", request.get("redirect_uri") + "?" + answer.encoded());
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        try {
            OauthFault.require("POST".equals(exchange.getRequestMethod()), "invalid_request", "use POST");
            var form = Params.of(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            OauthFault.require(CLIENT_ID.equals(form.get("client_id")), "invalid_client", "unknown client");
            OauthFault.require(
                    "authorization_code".equals(form.get("grant_type")), "unsupported_grant_type", "not a code");
            var grant = codes.redeem(form, clock.instant());
            var answer = new LinkedHashMap<String, Object>();
            answer.put("access_token", UUID.randomUUID().toString());
            answer.put("token_type", "Bearer");
            answer.put("expires_in", ID_TOKEN_LIFE.toSeconds());
            answer.put("id_token", key.sign(claims(grant.person(), grant.nonce())));
            json(exchange, 200, answer);
        } catch (OauthFault fault) {
            var answer = new LinkedHashMap<String, Object>();
            answer.put("error", fault.error());
            answer.put("error_description", fault.description());
            json(exchange, fault.error().equals("invalid_client") ? 401 : 400, answer);
        }
    }

    private static void json(HttpExchange exchange, int status, Map<String, Object> document) throws IOException {
        send(exchange, status, "application/json", JSONObjectUtils.toJSONString(document));
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return "StandInPeople[" + issuer() + "]";
    }
}
