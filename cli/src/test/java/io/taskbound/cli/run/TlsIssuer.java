// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Grants and closes whatever is asked, over TLS, under a name that no name server knows: a proxy leads to it. */
final class TlsIssuer implements AutoCloseable {
    static final String HOST = "tokens.acme.example";
    static final String URL = "https://" + HOST;
    private static final String PASSWORD = "made-up";

    private final HttpsServer server;
    private final Path store;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> proxyHeaders = new CopyOnWriteArrayList<>();

    TlsIssuer(Path folder) throws Exception {
        store = folder.resolve("keys.p12");
        generate(store);
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", this::answer);
        server.start();
    }

    private static void generate(Path store) throws IOException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var line = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "issuer",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + HOST,
                "-ext",
                "san=dns:" + HOST,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        if (new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                != 0) {
            throw new IOException("keytool failed");
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** For {@code JAVA_TOOL_OPTIONS}: trusts this server alone. */
    String trusting() {
        return "-Djavax.net.ssl.trustStore=" + store + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
    }

    List<String> calls() {
        return calls;
    }

    /** What came that was meant for the proxy. */
    List<String> proxyHeaders() {
        return proxyHeaders;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            calls.add(exchange.getRequestURI().toString());
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (name.toLowerCase(Locale.ROOT).startsWith("proxy-")) {
                    proxyHeaders.add(name);
                }
            });
            var txn = form.replaceFirst("(?s).*\\btxn=([0-9a-f-]{36}).*", "$1");
            var body = (exchange.getRequestURI().toString().equals("/token") ? grant(txn) : "{}").getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String grant(String txn) {
        return """
            {"access_token":"%s","token_type":"Bearer","expires_in":600,"jti":"R.P","txn":"%s",
             "issued_token_type":"urn:ietf:params:oauth:token-type:access_token","authorization_details":[{"type":"task",
             "task":"deploy","actions":["deploy"],"locations":["https://d.example"],"identifier":"env:production"}]}
            """.formatted(UnsignedJwt.of("{\"jti\":\"R.P\"}"), txn);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
