// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.foreign;

import io.taskbound.local.minio.S3Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The migration's program. It knows nothing of us: it has the credentials that the AWS SDK finds by itself. Says the
 * status of each request, leaves a copy for the thief, and waits.
 */
final class Mover {
    private Mover() {}

    /** @param args where S3 is, the file for the copy, and how many seconds to wait at the end */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (var provider = DefaultCredentialsProvider.builder().build()) {
            var credentials = provider.resolveCredentials();
            var store = new S3Store(URI.create(args[0]), MoveAct.REGION, credentials);
            var part = store.get(MoveAct.FROM, "datasets/orders/part-1");
            say("read", part.status());
            say(
                    "write",
                    store.put(MoveAct.TO, "imports/orders/part-1", part.text()).status());
            say("read-beside", store.get(MoveAct.FROM, "payroll/november").status());
            say(
                    "write-beside",
                    store.put(MoveAct.TO, "other/part-1", part.text()).status());
            leaveCopy(credentials, Path.of(args[1]));
            say("ready", 0);
            Thread.sleep(Duration.ofSeconds(Integer.parseInt(args[2])).toMillis());
        }
    }

    private static void leaveCopy(AwsCredentials credentials, Path file) throws IOException {
        if (credentials instanceof AwsSessionCredentials session) {
            Files.write(file, List.of(session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
        }
    }

    private static void say(String name, int value) {
        System.out.println(name + "=" + value);
    }
}
