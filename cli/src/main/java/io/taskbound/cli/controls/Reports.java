// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** What Surefire and Failsafe wrote of a build of the sources. */
final class Reports {
    /** The modules whose tests controls name. */
    static final List<String> MODULES = List.of("client", "issuer-lambda", "cli");

    private static final List<String> KINDS = List.of("surefire-reports", "failsafe-reports");

    /**
     * @param suite the class that ran; a nested class of a contract is reported by the contract's name, whoever
     *     inherits it
     */
    private record Case(String suite, String className, String name, TestCount count) {}

    private final List<Case> cases = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();
    private final List<String> modules = new ArrayList<>();

    private Reports() {}

    /**
     * Those that were written at {@code since} or later.
     *
     * @throws IOException if one cannot be read
     */
    static Reports read(Path root, Instant since) throws IOException {
        var reports = new Reports();
        for (var module : MODULES) {
            int before = reports.times.size();
            for (var kind : KINDS) {
                var folder = root.resolve(module).resolve("target").resolve(kind);
                if (Files.isDirectory(folder)) {
                    try (var files = Files.newDirectoryStream(folder, "TEST-*.xml")) {
                        for (var file : files) {
                            reports.add(file, since);
                        }
                    }
                }
            }
            if (reports.times.size() > before) {
                reports.modules.add(module);
            }
        }
        return reports;
    }

    private void add(Path file, Instant since) throws IOException {
        var time = Files.getLastModifiedTime(file).toInstant();
        if (time.isBefore(since)) {
            return;
        }
        times.add(time.truncatedTo(ChronoUnit.SECONDS));
        var suite = document(file);
        var ran = suite.getAttribute("name");
        var all = suite.getElementsByTagName("testcase");
        for (int i = 0; i < all.getLength(); i++) {
            var one = (Element) all.item(i);
            cases.add(new Case(ran, one.getAttribute("classname"), one.getAttribute("name"), count(one)));
        }
    }

    private static Element document(Path file) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        } catch (SAXException | ParserConfigurationException fault) {
            throw new IOException(file + " is not a report of tests", fault);
        }
    }

    private static TestCount count(Element one) {
        if (one.getElementsByTagName("failure").getLength()
                        + one.getElementsByTagName("error").getLength()
                > 0) {
            return new TestCount(0, 1, 0);
        }
        return one.getElementsByTagName("skipped").getLength() > 0 ? new TestCount(0, 0, 1) : new TestCount(1, 0, 0);
    }

    /** The modules of {@link #MODULES} that have none. */
    List<String> missingModules() {
        return MODULES.stream().filter(module -> !modules.contains(module)).toList();
    }

    /** Nothing if there are no reports. */
    Optional<Proof> proof(String version, Collection<Control> controls) {
        if (times.isEmpty()) {
            return Optional.empty();
        }
        var counts = new TreeMap<TestName, TestCount>();
        controls.forEach(control -> control.tests().forEach(test -> counts.put(test, count(test))));
        var sorted = times.stream().sorted().toList();
        return Optional.of(new Proof(version, sorted.get(0), sorted.get(sorted.size() - 1), counts));
    }

    private TestCount count(TestName test) {
        return cases.stream()
                .filter(one -> test.isCase(one.className(), one.name()) || test.isCase(one.suite(), one.name()))
                .map(Case::count)
                .reduce(TestCount.NONE, TestCount::plus);
    }
}
