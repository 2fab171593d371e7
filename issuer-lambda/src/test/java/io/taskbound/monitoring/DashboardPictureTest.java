// SPDX-License-Identifier: Apache-2.0
package io.taskbound.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.stack.StackTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture of the dashboard is drawn from the definition in the template, and from lines that an issuer wrote. */
class DashboardPictureTest {
    private static final Pattern MARK = Pattern.compile("tEXttaskbound-dashboard\0([0-9a-f]{64})");
    private static final Pattern NUMBER = Pattern.compile("<b [^>]*>([0-9]+)</b>([^<]*)");

    @TempDir
    private static Path folder;

    private static List<JsonObject> lines = List.of();
    private static String page = "";

    @BeforeAll
    static void draw() throws IOException, InterruptedException {
        lines = LogLines.ofEverythingThatHappens();
        page = drawn();
    }

    @Test
    void thePictureInTheDocumentsIsOfThisVeryDefinition() throws Exception {
        var picture = new String(
                Files.readAllBytes(StackTemplate.ROOT.resolve("docs/images/dashboard.png")),
                StandardCharsets.ISO_8859_1);
        var mark = MARK.matcher(picture);

        assertThat(mark.find()).as("drawn by tools/dashboard/draw").isTrue();
        assertThat(mark.group(1))
                .as("the dashboard has changed: draw it again with tools/dashboard/draw, and look at it")
                .isEqualTo(digestOfTheDefinition());
    }

    @Test
    void everyWidgetIsDrawn() {
        for (var widget : Dashboard.widgets()) {
            Dashboard.properties(widget)
                    .string("title")
                    .ifPresent(title -> assertThat(page).contains("<h3>" + title + "</h3>"));
        }
        assertThat(page.split("<svg", -1)).hasSizeGreaterThan(10);
        Template.resources("AWS::CloudWatch::Alarm").forEach((name, alarm) -> {
            if (!alarm.has("Condition")) {
                assertThat(page).contains("</i>" + name + "</div>");
            }
        });
    }

    /** What is drawn is what the issuer counted. */
    @Test
    void theNumbersAreThoseOfTheLines() {
        var shown = NUMBER.matcher(page)
                .results()
                .collect(Collectors.toMap(found -> found.group(2), found -> Long.parseLong(found.group(1))));

        for (var number : List.of(
                List.of("minted", "Minted"),
                List.of("closed too late", "Outlived"),
                List.of("never closed", "MissingCloses"),
                List.of("refused", "Refused"),
                List.of("told inactive", "Inactive"),
                List.of("could not answer", "Unavailable"))) {
            assertThat(shown.get(number.get(0)))
                    .as(number.get(0))
                    .isEqualTo(lines.stream()
                            .mapToLong(line -> line.wholeNumber(number.get(1)).orElse(0))
                            .sum())
                    .isPositive();
        }
    }

    @Test
    void anAlarmThatHasJustGoneOffIsShownSo() {
        assertThat(page)
                .contains("<i>In alarm</i>SignedButUnknown")
                .contains("<i>OK</i>SignerUnavailable")
                .contains("<i>No data</i>RotationFailed")
                .contains("<i>In alarm</i>MissingClose");
    }

    private static String drawn() throws IOException, InterruptedException {
        var file = Files.write(
                folder.resolve("lines.jsonl"), lines.stream().map(JsonText::of).toList());
        var target = folder.resolve("page.html");
        var script = StackTemplate.ROOT.resolve("tools/dashboard/draw.mjs");
        try {
            var drawing = new ProcessBuilder("node", script.toString(), file.toString(), target.toString())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(drawing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(drawing.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(drawing.exitValue()).as(said).isZero();
        } catch (IOException noNode) {
            return abort("NOT RUN: the drawing needs node, which is not installed");
        }
        return Files.readString(target);
    }

    /** Over the block as it stands in the template, without its indent. */
    private static String digestOfTheDefinition() throws NoSuchAlgorithmException {
        var block = Template.properties("Dashboard")
                .object("DashboardBody")
                .orElseThrow()
                .string("Fn::Sub")
                .orElseThrow()
                .strip();
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(block.getBytes(StandardCharsets.UTF_8)));
    }
}
