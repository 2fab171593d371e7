// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.foreign;

import io.taskbound.cli.demo.Observed;
import io.taskbound.cli.demo.StoryBroken;
import io.taskbound.cli.demo.WrappedStep;
import io.taskbound.local.minio.Minio;
import io.taskbound.local.minio.S3Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** A move of one dataset from one prefix of a bucket to one prefix of another, with the AWS SDK's own credentials. */
final class MoveAct {
    static final String REGION = "us-east-1";
    static final String FROM = "legacy-exports";
    static final String TO = "new-lake";

    private final ForeignStage stage;
    private final Minio minio;
    private final Act act;

    MoveAct(ForeignStage stage, Minio minio, Act act) {
        this.stage = stage;
        this.minio = minio;
        this.act = act;
    }

    void play() throws StoryBroken, InterruptedException {
        fill();
        act.transcript().tell("step", "Migrate runs: the dataset orders, and a look beside it");
        var loot = stage.folder().resolve("loot-3");
        try (var step = step(loot)) {
            var read = step.said("read");
            act.delivered("aws-role");
            happened("reads " + FROM + "/datasets/orders/", "READ", read);
            happened("writes " + TO + "/imports/orders/", "WRITTEN", step.said("write"));
            refused("reads " + FROM + "/payroll/", step.said("read-beside"));
            refused("writes " + TO + "/other/", step.said("write-beside"));
            step.said("ready");
            act.heartbeat();
            var stolen = stolen(loot);
            happened("its copy still works", "READ", Integer.toString(read(stolen)));
            step.kill();
            long killed = System.nanoTime();
            act.transcript().tell("runner", "kill -9 in the middle of Migrate; AWS can revoke no session");
            act.diesAfterTheKill("uses the dead runner's copy", killed, () -> read(stolen) == 200);
        }
    }

    private void fill() throws StoryBroken {
        var root = new S3Store(minio.endpoint(), REGION, minio.root().resolveCredentials());
        try {
            root.makeBucket(FROM);
            root.makeBucket(TO);
            root.put(FROM, "datasets/orders/part-1", "orders");
            root.put(FROM, "payroll/november", "salaries");
        } catch (IOException fault) {
            throw new StoryBroken("MinIO takes no objects");
        }
    }

    private WrappedStep step(Path loot) throws StoryBroken {
        return stage.step(
                "migrate-dataset",
                List.of(
                        "--target",
                        "read s3:" + FROM + "/datasets/orders/",
                        "--target",
                        "write s3:" + TO + "/imports/orders/"),
                Stream.concat(
                                WrappedStep.java(Mover.class.getName()).stream(),
                                Stream.of(minio.endpoint().toString(), loot.toString(), "60"))
                        .toList(),
                Map.of());
    }

    private int read(AwsSessionCredentials stolen) throws StoryBroken {
        try {
            return new S3Store(minio.endpoint(), REGION, stolen)
                    .get(FROM, "datasets/orders/part-1")
                    .status();
        } catch (IOException silent) {
            throw new StoryBroken("MinIO does not answer");
        }
    }

    private static AwsSessionCredentials stolen(Path loot) throws StoryBroken {
        try {
            var lines = Files.readAllLines(loot);
            return AwsSessionCredentials.create(lines.get(0), lines.get(1), lines.get(2));
        } catch (IOException | IndexOutOfBoundsException none) {
            throw new StoryBroken("the step left no copy");
        }
    }

    private void happened(String what, String verdict, String status) {
        var observed = status.equals("200") ? Observed.did(verdict) : Observed.did("STATUS " + status);
        act.transcript().act(what.startsWith("its") ? "thief" : "step", what, Observed.did(verdict), observed, "");
    }

    private void refused(String what, String status) {
        act.transcript()
                .act(
                        "step",
                        what,
                        Observed.refused("not in the session"),
                        status.equals("403")
                                ? Observed.refused("not in the session")
                                : Observed.did("STATUS " + status),
                        "");
    }
}
