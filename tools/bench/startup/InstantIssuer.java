// SPDX-License-Identifier: Apache-2.0
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Grants whatever is asked for, at once: so that what is measured is the caller alone. What begins with s3: stands for
 * AWS credentials. Prints its URL.
 */
final class InstantIssuer {
    private static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9." + claims() + "." + "y".repeat(86);

    private static final String CREDENTIAL = "{\"kind\":\"aws-role\",\"expires_at\":4102444800,\"refresh\":true,"
            + "\"credential\":{\"access_key_id\":\"ASIAABCDEFGHIJKLMNOP\",\"secret_access_key\":\"" + "s".repeat(40)
            + "\",\"session_token\":\"" + "t".repeat(900) + "\"},\"role_arn\":\"arn:aws:iam::111122223333:role/bench\"}";

    private InstantIssuer() {}

    public static void main(String[] args) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> answer(exchange, grant(form(exchange))));
        server.createContext("/credential", exchange -> answer(exchange, CREDENTIAL));
        server.createContext("/", exchange -> answer(exchange, "{}"));
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static String claims() {
        var claims = "{\"jti\":\"R.P\",\"pad\":\"" + "x".repeat(500) + "\"}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return Arrays.stream(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static String grant(Map<String, String> form) {
        var details = form.getOrDefault("authorization_details", "[]");
        return "{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"Bearer\","
                + "\"issued_token_type\":\"urn:ietf:params:oauth:token-type:access_token\",\"expires_in\":600,"
                + "\"lease_expires_in\":60,\"jti\":\"R.P\",\"txn\":\"" + form.get("txn")
                + "\",\"authorization_details\":" + details
                + (details.contains("s3:") ? ",\"credential_kind\":\"aws-role\"}" : "}");
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
