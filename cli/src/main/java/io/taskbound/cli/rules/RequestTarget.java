// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Method, path and query of a request that every program reads in the same way: a gateway that normalises paths, one
 * that does not, and the service behind it. Made by {@link #read} alone.
 *
 * <p>The path has the letters, digits and signs of an identifier, so no percent sign: nothing in it is decoded, by
 * anybody. It has no empty segment but the last, no part that is only dots, and no segment that ends with a dot.
 */
public final class RequestTarget {
    /** The longest that is read, in characters. */
    public static final int MAX_LENGTH = 4096;

    private static final int MAX_METHOD = 16;
    /** What may stand in a path beside letters and digits. */
    private static final String SIGNS = "._~@+=,:-/";
    /** Where a service could take a part of a path to end, so that none climbs: neither /..@x nor /..= is let in. */
    private static final String ENDS_OF_PARTS = "/:@+=,";

    private final String method;
    private final String path;
    private final List<String> segments;
    private final Set<String> parameters;

    private RequestTarget(String method, String path, List<String> segments, Set<String> parameters) {
        this.method = method;
        this.path = path;
        this.segments = List.copyOf(segments);
        this.parameters = Set.copyOf(parameters);
    }

    /**
     * Reads a request line's first two parts.
     *
     * @param target as it was sent: path and query, nothing decoded or normalised
     */
    public static ReadTarget read(String method, String target) {
        if (!isMethod(method)) {
            return new ReadTarget.Odd(Oddity.METHOD);
        }
        if (target.isEmpty() || target.charAt(0) != '/') {
            return new ReadTarget.Odd(Oddity.ABSOLUTE_FORM);
        }
        if (target.length() > MAX_LENGTH) {
            return new ReadTarget.Odd(Oddity.TOO_LONG);
        }
        int mark = target.indexOf('?');
        var path = mark < 0 ? target : target.substring(0, mark);
        var query = QueryNames.read(mark < 0 ? "" : target.substring(mark + 1));
        return fault(path)
                .or(query::oddity)
                .<ReadTarget>map(ReadTarget.Odd::new)
                .orElseGet(() -> new ReadTarget.Plain(new RequestTarget(method, path, segments(path), query.names())));
    }

    private static boolean isMethod(String method) {
        return !method.isEmpty()
                && method.length() <= MAX_METHOD
                && method.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    }

    private static Optional<Oddity> fault(String path) {
        for (int i = 0; i < path.length(); i++) {
            var fault = fault(path, i);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return hasPartOfDots(path) ? Optional.of(Oddity.DOTS) : endsWithDot(path, path.length());
    }

    private static Optional<Oddity> fault(String path, int at) {
        char c = path.charAt(at);
        if (c == '/') {
            return at > 0 && path.charAt(at - 1) == '/' ? Optional.of(Oddity.DOUBLE_SLASH) : endsWithDot(path, at);
        }
        if (isLetterOrDigit(c) || SIGNS.indexOf(c) >= 0) {
            return Optional.empty();
        }
        return Optional.of(
                switch (c) {
                    case '%' -> Oddity.ENCODED;
                    case ';' -> Oddity.SEMICOLON;
                    case '\\' -> Oddity.BACKSLASH;
                    default -> Oddity.CHARACTER;
                });
    }

    /** Dots alone are the other fault. */
    private static Optional<Oddity> endsWithDot(String path, int end) {
        if (end == 0 || path.charAt(end - 1) != '.') {
            return Optional.empty();
        }
        return Optional.of(hasPartOfDots(path.substring(0, end)) ? Oddity.DOTS : Oddity.TRAILING_DOT);
    }

    private static boolean hasPartOfDots(String path) {
        int start = 0;
        boolean onlyDots = true;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (ENDS_OF_PARTS.indexOf(c) < 0) {
                onlyDots &= c == '.';
            } else if (onlyDots && i > start) {
                return true;
            } else {
                start = i + 1;
                onlyDots = true;
            }
        }
        return onlyDots && path.length() > start;
    }

    private static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        int start = 1;
        for (int slash = path.indexOf('/', start); slash >= 0; slash = path.indexOf('/', start)) {
            segments.add(path.substring(start, slash));
            start = slash + 1;
        }
        segments.add(path.substring(start));
        return segments;
    }

    static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    public String method() {
        return method;
    }

    /** Without the query. */
    public String path() {
        return path;
    }

    /** What stands between the slashes; the last one is empty where the path ends with a slash. */
    List<String> segments() {
        return segments;
    }

    /** The names of the query's parameters; each is there once. */
    public Set<String> parameters() {
        return parameters;
    }

    /** Method and path; a query may hold what does not belong into a log. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
