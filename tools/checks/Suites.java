// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Says at the end of a build which suites ran against the AWS-compatible server, and which tests were NOT RUN and why: from
 * the reports of this build, since each test's own words go to a file. No listener inside the tests, since they run in many
 * JVMs, and the action's in none.
 *
 * <p>Arguments: the folder of the source tree, when the build began (ISO 8601), and the tag whose tests it left out.
 */
final class Suites {
    private record Suite(String name, int tests, int skipped, String why) {
        boolean isOnAwsServer() {
            return name.endsWith("OnAwsServerIT");
        }
    }

    private Suites() {}

    public static void main(String[] arguments) throws Exception {
        var suites = suites(Path.of(arguments[0]), Instant.parse(arguments[1]));
        System.out.println("\nAgainst the AWS-compatible server:");
        print(suites.stream()
                .filter(suite -> suite.isOnAwsServer() && suite.tests() > suite.skipped())
                .map(suite -> "  ran      " + suite.name() + " (" + (suite.tests() - suite.skipped()) + ")"));
        System.out.println("Left out on this machine:");
        print(Stream.concat(
                suites.stream()
                        .filter(suite -> suite.skipped() > 0)
                        .map(suite -> "  NOT RUN  " + suite.name() + " (" + suite.skipped() + "): " + suite.why()),
                Stream.of(arguments[2])
                        .filter("long"::equals)
                        .map(tag -> "  NOT RUN  tests that take long (tag " + tag
                                + "): .ci/run has them, and mvn verify -DexcludedGroups=none")));
    }

    private static void print(Stream<String> lines) {
        var all = lines.toList();
        (all.isEmpty() ? List.of("  none") : all).forEach(System.out::println);
    }

    private static List<Suite> suites(Path root, Instant since) throws Exception {
        var found = new ArrayList<Suite>();
        for (var report : reports(root)) {
            if (!Files.getLastModifiedTime(report).toInstant().isBefore(since)) {
                found.add(read(report));
            }
        }
        return found.stream().sorted(Comparator.comparing(Suite::name)).toList();
    }

    private static List<Path> reports(Path root) throws IOException {
        var reports = new ArrayList<Path>();
        for (var parent : List.of(root, root.resolve("tools"))) {
            try (var modules = Files.newDirectoryStream(parent, Files::isDirectory)) {
                for (var module : modules) {
                    for (var kind : List.of("surefire-reports", "failsafe-reports")) {
                        var folder = module.resolve("target").resolve(kind);
                        if (Files.isDirectory(folder)) {
                            try (var files = Files.newDirectoryStream(folder, "TEST-*.xml")) {
                                files.forEach(reports::add);
                            }
                        }
                    }
                }
            }
        }
        return reports;
    }

    private static Suite read(Path report) throws Exception {
        var suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getDocumentElement();
        var whys = new LinkedHashSet<String>();
        var skipped = suite.getElementsByTagName("skipped");
        for (int i = 0; i < skipped.getLength(); i++) {
            whys.add(why((Element) skipped.item(i)));
        }
        return new Suite(
                suite.getAttribute("name").replaceAll(".*\\.", ""),
                Integer.parseInt(suite.getAttribute("tests")),
                Integer.parseInt(suite.getAttribute("skipped")),
                String.join("; ", whys));
    }

    /** A condition's word is an attribute; that of an assumption is in the first line of its stack, behind the exception's name. */
    private static String why(Element skipped) {
        var text = skipped.hasAttribute("message")
                ? skipped.getAttribute("message")
                : skipped.getTextContent().strip().lines().findFirst().orElse("").replaceFirst("^[^:]*: ", "");
        return text.replaceFirst("^(Assumption failed: )?(NOT RUN: )?", "").replaceAll("\\s+", " ");
    }
}
