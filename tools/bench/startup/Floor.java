// SPDX-License-Identifier: Apache-2.0
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** The least that Java can do around a step: say hello, and make the two calls of {@code taskbound run}. */
final class Floor {
    private Floor() {}

    public static void main(String[] args) throws Exception {
        System.out.println("hello");
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        post(client, args[0] + "/token", "grant_type=none&txn=none");
        post(client, args[0] + "/revoke", "token=none");
        System.exit(0);
    }

    private static void post(HttpClient client, String url, String form) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200 || answer.body().isEmpty()) {
            throw new IllegalStateException("answered " + answer.statusCode());
        }
    }
}
