// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A CloudFormation on 127.0.0.1 with one stack in whatever state a test needs, or with a refusal: states that an
 * AWS-compatible server never has. Its answers are in the form that AWS documents.
 */
final class StandInStack implements AutoCloseable {
    private static final String NAMESPACE = "xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"";

    private final HttpServer http;
    private final AtomicInteger lookups = new AtomicInteger();
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile String authorization = "";

    private StandInStack(HttpServer http) {
        this.http = http;
    }

    static StandInStack start() throws IOException {
        var stack = new StandInStack(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        stack.http.createContext("/", stack::handle);
        stack.http.start();
        return stack;
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** The signature of the last request, which says the region and the service that it is for. */
    String lastRequest() {
        return authorization;
    }

    int lookups() {
        return lookups.get();
    }

    /** The stack of an issuer with the table tokens, and what else is given. */
    void isOurs(String stackStatus, Map<String, String> more) {
        var outputs = new LinkedHashMap<>(Map.of(
                "TableName", "tokens", "IssuerUrl", "https://tokens.acme.example", "PolicyKeyArn", "arn:policy"));
        outputs.putAll(more);
        is(stackStatus, outputs);
    }

    void is(String stackStatus, Map<String, String> outputs) {
        status = 200;
        answer = "<DescribeStacksResponse " + NAMESPACE + "><DescribeStacksResult><Stacks><member>"
                + "<StackName>taskbound</StackName><Parameters><member><ParameterKey>TableName</ParameterKey>"
                + "<ParameterValue>a-parameter</ParameterValue></member></Parameters><StackStatus>" + stackStatus
                + "</StackStatus><Outputs>"
                + outputs.entrySet().stream()
                        .map(output -> "<member><Description>what it is</Description><OutputKey>" + output.getKey()
                                + "</OutputKey><OutputValue>" + output.getValue() + "</OutputValue></member>")
                        .collect(Collectors.joining())
                + "</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>";
    }

    void refuses(int code, String error, String message) {
        status = code;
        answer = "<ErrorResponse " + NAMESPACE + "><Error><Type>Sender</Type><Code>" + error + "</Code><Message>"
                + message + "</Message></Error><RequestId>r</RequestId></ErrorResponse>";
    }

    void says(String text) {
        status = 200;
        answer = text;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            if (asked.contains("Action=DescribeStacks")) {
                lookups.incrementAndGet();
            }
            exchange.sendResponseHeaders(status, answer.getBytes(UTF_8).length);
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
