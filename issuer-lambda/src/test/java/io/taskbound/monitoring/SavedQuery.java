// SPDX-License-Identifier: Apache-2.0
package io.taskbound.monitoring;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A saved query of Logs Insights, as far as ours go: {@code filter}, {@code fields}, {@code stats … by}, {@code sort},
 * {@code limit}. What it cannot read is an error, so that no query is passed unread.
 */
record SavedQuery(String name, List<String> commands) {
    private static final Pattern PIPE = Pattern.compile("\\s*\\|\\s*");
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final Pattern ALIAS = Pattern.compile("\\bas\\s+([a-z_]+)");
    private static final Pattern WORD = Pattern.compile("[@A-Za-z_][A-Za-z0-9_.]*");
    private static final Set<String> OF_THE_LANGUAGE = Set.of("and", "or", "in", "as", "by", "asc", "desc");
    private static final Set<String> FUNCTIONS = Set.of("ispresent", "count", "count_distinct", "latest", "earliest");

    static SavedQuery of(String name, String text) {
        return new SavedQuery(name, Arrays.asList(PIPE.split(text.strip())));
    }

    /** The condition on single lines, before anything is counted. */
    LineFilter filter() {
        return LineFilter.of(arguments(commands.get(0), "filter"));
    }

    /** Every field of a log line that the query reads. */
    Set<String> fields() {
        var read = new TreeSet<String>();
        commands.forEach(command -> WORD.matcher(TEXT.matcher(command).replaceAll(""))
                .results()
                .map(word -> word.group())
                .forEach(read::add));
        read.removeAll(OF_THE_LANGUAGE);
        read.removeAll(FUNCTIONS);
        read.removeAll(Set.of("filter", "fields", "stats", "sort", "limit"));
        aliases().forEach(read::remove);
        return read;
    }

    private Stream<String> aliases() {
        return commands.stream()
                .flatMap(command -> ALIAS.matcher(command).results().map(alias -> alias.group(1)));
    }

    /** The texts that the query compares a field with. */
    Set<String> comparedWith(String field) {
        var found = new TreeSet<String>();
        commands.forEach(command -> Pattern.compile("(?<![\\w.])" + field + " (?:= (\"[^\"]*\")|in \\[([^]]*)])")
                .matcher(command)
                .results()
                .forEach(match -> TEXT.matcher(match.group())
                        .results()
                        .forEach(text -> found.add(text.group().replace("\"", "")))));
        return found;
    }

    private static String arguments(String command, String verb) {
        if (!command.startsWith(verb + " ")) {
            throw new AssertionError("not a " + verb + ": " + command);
        }
        return command.substring(verb.length()).strip();
    }
}
