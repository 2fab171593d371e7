// SPDX-License-Identifier: Apache-2.0
package io.taskbound.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** infra/package, with a zip that is there already and an `aws` that writes down what it is asked. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for bash; on Windows it runs under WSL")
class PackageTest {
    private static final Pattern SAID = Pattern.compile("(?:wrong|failed) \"([^\"]+)\"");

    @TempDir
    private Path folder;

    private Path zip;
    private Path asked;

    @BeforeEach
    void lay() throws IOException {
        zip = zip("issuer.zip", "io/taskbound/lambda/IssuerLambda.class");
        asked = folder.resolve("asked");
        var bin = Files.createDirectory(folder.resolve("bin"));
        aws(bin, 0);
    }

    private void aws(Path bin, int code) throws IOException {
        var script =
                Files.writeString(bin.resolve("aws"), "#!/bin/sh\necho \"$@\" >>'" + asked + "'\nexit " + code + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private Path zip(String name, String entry) throws IOException {
        var file = folder.resolve(name);
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(1);
        }
        return file;
    }

    private record Ended(int code, String words) {}

    private Ended run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("bash", StackTemplate.ROOT.resolve("infra/package").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .put("PATH", folder.resolve("bin") + ":" + builder.environment().get("PATH"));
        var process = builder.start();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), words);
    }

    private Deployment packaged(String out, Map<String, String> parameters) {
        return StackTemplate.read(folder.resolve(out).resolve("template.yaml")).deployed(parameters);
    }

    private List<Path> zips(String out) throws IOException {
        try (var files = Files.list(folder.resolve(out))) {
            return files.filter(file -> file.toString().endsWith(".zip")).toList();
        }
    }

    @Test
    void withoutABucketItAsksNobodyAndTheTemplateAsksWhereTheZipIs() throws Exception {
        var ended = run("--zip", "issuer.zip", "--out", "made");
        assertThat(ended.code()).as(ended.words()).isZero();
        assertThat(asked).doesNotExist();
        assertThat(zips("made"))
                .singleElement()
                .satisfies(made -> assertThat(made).hasSameBinaryContentAs(zip));

        var name = zips("made").get(0).getFileName().toString();
        var given = Map.of("IssuerUrl", "auto", "Protect", "false", "CodeBucket", "acme-deployments");
        assertThat(packaged("made", given).refusals()).isEmpty();
        assertThat(StackTemplate.read(folder.resolve("made/template.yaml"))
                        .section("Globals")
                        .toString())
                .contains("CodeUri={Bucket={Ref=CodeBucket}, Key={Ref=CodeKey}}");
        assertThat(StackTemplate.read(folder.resolve("made/template.yaml"))
                        .section("Parameters")
                        .get("CodeKey")
                        .toString())
                .contains("Default=" + name);
    }

    /** What a run made is what the next one is given, or lies beside it under a name that looks like ours. */
    @Test
    void keepsTheZipThatItIsGivenWhereverItLies() throws Exception {
        run("--zip", "issuer.zip", "--out", "made");
        var made = zips("made").get(0);
        var again = run("--zip", made.toString(), "--out", "made");
        assertThat(again.code()).as(again.words()).isZero();
        assertThat(made).hasSameBinaryContentAs(zip);

        var ours = Files.copy(zip, folder.resolve("made/taskbound-issuer-v1.zip"));
        Files.copy(zip, folder.resolve("made/taskbound-issuer-older.zip"));
        var third = run("--zip", "made/taskbound-issuer-v1.zip", "--out", "made");
        assertThat(third.code()).as(third.words()).isZero();
        assertThat(ours).hasSameBinaryContentAs(zip);
        assertThat(zips("made")).containsExactlyInAnyOrder(ours, made);
    }

    /** A build takes minutes: it says how far it is, and in a log that nobody watches it draws nothing. */
    @Test
    void aBuildSaysThatItGoesOnAndDrawsNothingWhereNoTerminalIs() throws Exception {
        var maven = Files.writeString(
                folder.resolve("bin/mvn"),
                "#!/bin/sh\necho '[ERROR] \"no zip today\"'\nprintf '\\033[1mbold\\033[m'\nexit 1\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        var ended = run("--out", "made");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.words())
                .contains("Building the function's zip (log: target/package.log)", "no zip today", "the build failed")
                .doesNotContain("\u001b", "\r");
    }

    @Test
    void withABucketItPutsTheZipThereAndTheTemplateKnowsWhere() throws Exception {
        var ended = run("--zip", zip.toString(), "--out", "made", "--bucket", "acme-deployments", "--prefix", "ci/one");
        assertThat(ended.code()).as(ended.words()).isZero();
        var name = zips("made").get(0).getFileName().toString();
        assertThat(asked).content().contains("s3://acme-deployments/ci/one/" + name);
        assertThat(packaged("made", Map.of("IssuerUrl", "https://tokens.acme.example"))
                        .refusals())
                .isEmpty();
    }

    /** A new name for new code: else CloudFormation sees no change. */
    @Test
    void theZipsNameFollowsItsContentAndAnOldOneGoes() throws Exception {
        run("--zip", "issuer.zip", "--out", "made");
        var first = zips("made");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("io/taskbound/lambda/IssuerLambda.class"));
            out.write(2);
        }
        run("--zip", "issuer.zip", "--out", "made");
        assertThat(zips("made")).hasSize(1).doesNotContainAnyElementsOf(first);
    }

    @Test
    void theIssuersUrlStaysTheFirstQuestion() throws Exception {
        run("--zip", "issuer.zip", "--out", "made");
        var parameters =
                StackTemplate.read(folder.resolve("made/template.yaml")).section("Parameters");
        assertThat(parameters.keySet().iterator().next()).isEqualTo("IssuerUrl");
        assertThat(parameters)
                .hasSize(StackTemplate.ours().section("Parameters").size() + 2);
    }

    @Test
    void helps() throws Exception {
        var ended = run("--help");
        assertThat(ended.code()).isZero();
        assertThat(ended.words()).startsWith("usage: infra/package").contains("--bucket BUCKET");
    }

    @ParameterizedTest
    @CsvSource({
        "--bukket,unknown option: --bukket",
        "--bucket,--bucket needs a value",
        "--bucket UPPER,--bucket must be only the name of an S3 bucket",
        "--bucket s3://acme,--bucket must be only the name of an S3 bucket",
        "--prefix /x,--prefix must be letters",
        "--prefix ../x//y,--prefix must be letters",
    })
    void refusesWrongUsageInASentence(String line, String sentence) throws Exception {
        var ended = run(line.split(" "));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.words()).contains(sentence).contains("Try infra/package --help.");
        assertThat(folder.resolve("made")).doesNotExist();
    }

    @Test
    void refusesAZipThatIsAbsentOrNotTheIssuers() throws Exception {
        assertThat(run("--zip", "absent.zip", "--out", "made").words()).contains("there is no file");
        zip("other.zip", "index.js");
        var other = run("--zip", "other.zip", "--out", "made");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.words()).contains("is not the issuer's zip");
        Files.writeString(folder.resolve("text.zip"), "no zip");
        assertThat(run("--zip", "text.zip", "--out", "made").words()).contains("is not the issuer's zip");
        assertThat(folder.resolve("made")).doesNotExist();
    }

    @Test
    void saysWhatToDoWhenTheBucketRefuses() throws Exception {
        aws(folder.resolve("bin"), 1);
        var ended = run("--zip", "issuer.zip", "--out", "made", "--bucket", "acme-deployments");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.words()).contains("is the bucket yours").contains("aws sts get-caller-identity");
    }

    @Test
    void theReadmeExplainsWhatItSays() throws Exception {
        var script = Files.readString(StackTemplate.ROOT.resolve("infra/package"));
        var readme = Files.readString(StackTemplate.ROOT.resolve("infra/README.md"));
        var said = SAID.matcher(script).results().map(each -> each.group(1)).toList();
        assertThat(said).hasSizeGreaterThan(8);
        assertThat(said)
                .allMatch(message -> Stream.of(message.split("\\$\\w+|[:;,]"))
                        .map(String::strip)
                        .anyMatch(piece -> piece.length() > 6 && readme.contains(piece)));
    }
}
