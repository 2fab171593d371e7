// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says at the end of a build which suites ran against the AWS-compatible server, and which tests were NOT RUN and why: from
 * the reports of this build, since each test's own words go to a file.
 *
 * <p>Arguments: the folder of the source tree, and when the build began (ISO 8601).
 */
final class Suites {
    private static final Pattern SUITE = Pattern.compile("<testsuite [^>]*>");
    /** A condition's word is an attribute; that of an assumption is the first line of its stack. */
    private static final Pattern SKIPPED = Pattern.compile("<skipped(?:[^>]* message=\"([^\"]*)\"|[^>]*><!\\[CDATA\\[[^:\n]*: ([^\n]*))");

    private record Suite(String name, int tests, int skipped, String why) {
        boolean isOnAwsServer() {
            return name.endsWith("OnAwsServerIT");
        }
    }

    private Suites() {}

    public static void main(String[] arguments) throws IOException {
        var suites = suites(Path.of(arguments[0]), Instant.parse(arguments[1]));
        System.out.println("\nAgainst the AWS-compatible server:");
        print(suites.stream()
                .filter(suite -> suite.isOnAwsServer() && suite.tests() > suite.skipped())
                .map(suite -> "  ran      " + suite.name() + " (" + (suite.tests() - suite.skipped()) + ")"));
        System.out.println("Left out on this machine:");
        print(suites.stream()
                .filter(suite -> suite.skipped() > 0)
                .map(suite -> "  NOT RUN  " + suite.name() + " (" + suite.skipped() + "): " + suite.why()));
    }

    private static void print(Stream<String> lines) {
        var all = lines.toList();
        (all.isEmpty() ? List.of("  none") : all).forEach(System.out::println);
    }

    private static List<Suite> suites(Path root, Instant since) throws IOException {
        var found = new ArrayList<Suite>();
        for (var report : reports(root)) {
            if (!Files.getLastModifiedTime(report).toInstant().isBefore(since)) {
                found.add(read(Files.readString(report)));
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

    private static Suite read(String report) {
        var head = SUITE.matcher(report);
        if (!head.find()) {
            throw new IllegalArgumentException("no test report");
        }
        var whys = new LinkedHashSet<String>();
        var skipped = SKIPPED.matcher(report);
        while (skipped.find()) {
            whys.add(plain(skipped.group(1) == null ? skipped.group(2) : skipped.group(1)));
        }
        return new Suite(
                attribute(head.group(), "name").replaceAll(".*\\.", ""),
                Integer.parseInt(attribute(head.group(), "tests")),
                Integer.parseInt(attribute(head.group(), "skipped")),
                String.join("; ", whys));
    }

    private static String attribute(String tag, String name) {
        var matcher = Pattern.compile(" " + name + "=\"([^\"]*)\"").matcher(tag);
        if (!matcher.find()) {
            throw new IllegalArgumentException("a test report without " + name);
        }
        return matcher.group(1);
    }

    private static String plain(String text) {
        return text.replaceAll("^(Assumption failed: )?(NOT RUN: )?", "")
                .replaceAll("&#10;|\\s+", " ")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
