// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * What of AWS gives credentials, on 127.0.0.1: STS, SSO and its OIDC, sign-in; and a CloudWatch Logs that is empty. It
 * remembers by whose access key it was asked.
 */
final class StandInAws implements AutoCloseable {
    static final String GOOD_SSO_TOKEN = "good-sso-token";
    private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([^/]+)/");

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> accessKeys = new CopyOnWriteArrayList<>();

    private StandInAws(HttpServer http) {
        this.http = http;
    }

    static StandInAws start() throws IOException {
        var aws = new StandInAws(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        aws.http.setExecutor(aws.threads);
        aws.http.createContext("/", aws::handle);
        aws.http.start();
        return aws;
    }

    /** The SDK's own variables for each of the services. */
    Map<String, String> variables() {
        var url = "http://127.0.0.1:" + http.getAddress().getPort();
        return Map.of(
                "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", url,
                "AWS_ENDPOINT_URL_STS", url,
                "AWS_ENDPOINT_URL_SSO", url,
                "AWS_ENDPOINT_URL_SSO_OIDC", url,
                "AWS_ENDPOINT_URL_SIGNIN", url);
    }

    /** Of requests to CloudWatch Logs. */
    List<String> accessKeys() {
        return List.copyOf(accessKeys);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var path = exchange.getRequestURI().getPath();
            if (path.equals("/federation/credentials")) {
                sso(exchange);
            } else if (body.contains("Action=AssumeRoleWithWebIdentity")) {
                role(exchange, body, "AssumeRoleWithWebIdentity", "AKIAWEBIDENTITY");
            } else if (body.contains("Action=AssumeRole")) {
                role(exchange, body, "AssumeRole", "AKIAROLE");
            } else if (path.startsWith("/token") || path.startsWith("/v1/token")) {
                answer(exchange, 400, "application/json", "{\"error\":\"invalid_grant\"}");
            } else {
                logs(exchange);
            }
        }
    }

    private void sso(HttpExchange exchange) throws IOException {
        var token = exchange.getRequestHeaders().getFirst("x-amz-sso_bearer_token");
        if (!GOOD_SSO_TOKEN.equals(token)) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "UnauthorizedException");
            answer(exchange, 401, "application/json", "{\"message\":\"Session token not found or invalid\"}");
        } else if (exchange.getRequestURI().getQuery().contains("role_name=not-mine")) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "ForbiddenException");
            answer(exchange, 403, "application/json", "{\"message\":\"No access\"}");
        } else {
            long until = Instant.now().plusSeconds(3600).toEpochMilli();
            answer(
                    exchange,
                    200,
                    "application/json",
                    "{\"roleCredentials\":{\"accessKeyId\":\"AKIASSO\",\"secretAccessKey\":\"s\",\"sessionToken\":\"t\","
                            + "\"expiration\":" + until + "}}");
        }
    }

    private void role(HttpExchange exchange, String body, String action, String accessKey) throws IOException {
        if (body.contains("not-mine")) {
            answer(
                    exchange,
                    403,
                    "text/xml",
                    "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
                            + "<Code>AccessDenied</Code><Message>Not authorized to perform: sts:" + action
                            + "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
            return;
        }
        answer(
                exchange,
                200,
                "text/xml",
                "<%1$sResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><%1$sResult><Credentials><AccessKeyId>%2$s</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>%3$s</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/r/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser></%1$sResult></%1$sResponse>"
                        .formatted(action, accessKey, Instant.now().plusSeconds(3600)));
    }

    private void logs(HttpExchange exchange) throws IOException {
        var key = ACCESS_KEY.matcher(exchange.getRequestHeaders().getFirst("Authorization"));
        accessKeys.add(key.find() ? key.group(1) : "none");
        if (accessKeys.get(accessKeys.size() - 1).equals("AKIADEAD")) {
            answer(
                    exchange,
                    400,
                    "application/x-amz-json-1.1",
                    "{\"__type\":\"ExpiredTokenException\",\"message\":\"The security token included in the request is"
                            + " expired\"}");
            return;
        }
        answer(exchange, 200, "application/x-amz-json-1.1", "{\"events\":[]}");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, text.getBytes(UTF_8).length);
        exchange.getResponseBody().write(text.getBytes(UTF_8));
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
