// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.terminal.CommandContext;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Two whole {@code run}s against an issuer in this process, the second one with AWS credentials; token and credentials
 * open nothing. The launcher has the JVM keep the classes that this loads (an AppCDS archive), so that later runs start
 * faster.
 */
final class ClassListRun {
    private static final boolean WINDOWS = File.separatorChar == '\\';
    private static final List<String> NOTHING = WINDOWS ? List.of("cmd", "/c", "exit", "0") : List.of("sh", "-c", ":");

    private static final String CREDENTIAL = "run:credential";

    private ClassListRun() {}

    public static void main(String[] args) throws IOException {
        var issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/", ClassListRun::answer);
        issuer.start();
        var url = "http://127.0.0.1:" + issuer.getAddress().getPort();
        rehearse(url, "run:rehearsal");
        rehearse(url, CREDENTIAL);
        issuer.stop(0);
    }

    private static void rehearse(String url, String identifier) {
        int code = Main.run(nobody(jwt("\"aud\":\"" + url + "\"")), line(url, identifier));
        if (code != 0) {
            throw new IllegalStateException("the rehearsed run ended with " + code);
        }
    }

    private static String[] line(String issuer, String identifier) {
        var line = new ArrayList<>(List.of("run", "--issuer", issuer, "--task", "rehearsal", "--action", "rehearse"));
        line.addAll(List.of("--identifier", identifier, "--"));
        line.addAll(NOTHING);
        return line.toArray(String[]::new);
    }

    /** As on GitHub, so that masks are rehearsed too; nobody hears what is said. */
    private static CommandContext nobody(String idToken) {
        var silence = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        var environment = Map.of("TASKBOUND_ID_TOKEN", idToken, "GITHUB_ACTIONS", "true");
        return new CommandContext(
                silence, silence, new ByteArrayInputStream(new byte[0]), environment, false, Clock.systemUTC());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var form = form(exchange);
            boolean fetched = exchange.getRequestURI().getPath().equals("/credential");
            var octets = (fetched ? credential() : grant(form)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, octets.length);
            exchange.getResponseBody().write(octets);
        }
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return Arrays.stream(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static String credential() {
        return "{\"kind\":\"aws-role\",\"expires_at\":1,\"refresh\":true,\"credential\":{\"access_key_id\":"
                + "\"REHEARSINGREHEARSING\",\"secret_access_key\":\"rehearsing\",\"session_token\":\"rehearsing\"},"
                + "\"role_arn\":\"rehearsing\",\"region\":\"rehearsing\"}";
    }

    private static String grant(Map<String, String> form) {
        boolean delivers = form.getOrDefault("authorization_details", "").contains(CREDENTIAL);
        return "{\"access_token\":\"" + jwt("\"jti\":\"R.P\"") + "\",\"token_type\":\"Bearer\",\"expires_in\":60,"
                + "\"lease_expires_in\":60,\"jti\":\"R.P\",\"txn\":\"" + form.get("txn")
                + "\",\"authorization_details\":" + form.get("authorization_details")
                + (delivers ? ",\"credential_kind\":\"aws-role\"}" : "}");
    }

    /** Nobody signed it. */
    private static String jwt(String claim) {
        return base64url("{\"alg\":\"none\"}") + "." + base64url("{" + claim + "}") + ".rehearsing";
    }

    private static String base64url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
