// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.report;

import io.taskbound.cli.policy.LocatedFault;
import io.taskbound.digest.Sha256;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.Fault;
import io.taskbound.policy.FaultCode;
import io.taskbound.policy.Severity;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;

/**
 * The faults of a policy as a log in SARIF 2.1.0 (OASIS), the format of code scanning. It names places and holds no
 * line of the policy itself. Every code is a rule, in the order of {@link FaultCode}.
 */
public final class SarifLog {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String ROOT = "%SRCROOT%";

    private final SourceRoot root;
    private final String version;
    private final CodePage page = new CodePage();

    /** @param version of this program */
    public SarifLog(SourceRoot root, String version) {
        this.root = root;
        this.version = version;
    }

    public JsonObject of(List<LocatedFault> faults) {
        var driver = JsonObject.builder()
                .put("name", "taskbound")
                .put("version", version)
                .put(
                        "rules",
                        array(Arrays.stream(FaultCode.values()).map(this::rule).toList()))
                .build();
        var run = JsonObject.builder()
                .put("tool", JsonObject.builder().put("driver", driver).build())
                .put(
                        "automationDetails",
                        JsonObject.builder()
                                .put("id", "taskbound/policy-check/")
                                .build())
                .put(
                        "originalUriBaseIds",
                        JsonObject.builder()
                                .put(
                                        ROOT,
                                        JsonObject.builder()
                                                .put("description", text("The root of the checked-out sources."))
                                                .build())
                                .build())
                .put("columnKind", "unicodeCodePoints")
                .put("results", array(faults.stream().map(this::result).toList()))
                .build();
        return JsonObject.builder()
                .put("$schema", SCHEMA)
                .put("version", "2.1.0")
                .put("runs", array(List.of(run)))
                .build();
    }

    private JsonObject rule(FaultCode code) {
        var paragraph = page.paragraph(code.wire()).orElseThrow();
        return JsonObject.builder()
                .put("id", code.wire())
                .put("shortDescription", text(firstSentence(paragraph)))
                .put("fullDescription", text(paragraph))
                .put(
                        "help",
                        JsonObject.builder()
                                .put("text", paragraph)
                                .put("markdown", paragraph)
                                .build())
                .put(
                        "defaultConfiguration",
                        JsonObject.builder()
                                .put("level", level(code.severity()))
                                .build())
                .build();
    }

    private static String firstSentence(String paragraph) {
        int end = paragraph.indexOf(". ");
        return end < 0 ? paragraph : paragraph.substring(0, end + 1);
    }

    private JsonObject result(LocatedFault located) {
        var fault = located.fault();
        var message = fault.remedy().isEmpty() ? fault.message() : fault.message() + "; " + fault.remedy();
        return JsonObject.builder()
                .put("ruleId", fault.code().wire())
                .put("ruleIndex", fault.code().ordinal())
                .put("level", level(fault.severity()))
                .put("message", text(message))
                .put("locations", array(List.of(location(located))))
                .put(
                        "partialFingerprints",
                        JsonObject.builder()
                                .put("taskboundFault/v1", fingerprint(fault))
                                .build())
                .build();
    }

    /** The same fault of the same part of the policy keeps it when its line moves. */
    private static String fingerprint(Fault fault) {
        return Sha256.hex(fault.code().wire() + "\n" + fault.path() + "\n" + fault.message());
    }

    private JsonObject location(LocatedFault located) {
        var physical = JsonObject.builder()
                .put("artifactLocation", artifact(located))
                .put(
                        "region",
                        JsonObject.builder()
                                .put("startLine", located.line())
                                .put("startColumn", located.column())
                                .build())
                .build();
        return JsonObject.builder().put("physicalLocation", physical).build();
    }

    private JsonObject artifact(LocatedFault located) {
        return root.below(located.file())
                .map(path -> JsonObject.builder()
                        .put("uri", reference(path))
                        .put("uriBaseId", ROOT)
                        .build())
                .orElseGet(() -> JsonObject.builder()
                        .put(
                                "uri",
                                located.file()
                                        .toAbsolutePath()
                                        .normalize()
                                        .toUri()
                                        .toString())
                        .build());
    }

    /** A relative reference (RFC 3986): characters that a URI does not have are written with percent signs. */
    private static String reference(String path) {
        try {
            return new URI(null, null, "/" + path, null).toASCIIString().substring(1);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String level(Severity severity) {
        return severity == Severity.ERROR ? "error" : "warning";
    }

    private static JsonObject text(String text) {
        return JsonObject.builder().put("text", text).build();
    }

    private static JsonArray array(List<? extends JsonValue> items) {
        return new JsonArray(List.copyOf(items));
    }
}
