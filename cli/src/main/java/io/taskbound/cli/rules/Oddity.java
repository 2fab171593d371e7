// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

/** Why a request is refused before any rule is looked at: two programs could read it as two different requests. */
public enum Oddity {
    METHOD("method", "the method is not 1 to 16 capital letters"),
    ABSOLUTE_FORM("absolute_form", "the request target is not a path that begins with /"),
    TOO_LONG("too_long", "path and query are longer than 4096 characters"),
    ENCODED("encoded", "the path has a percent sign"),
    DOUBLE_SLASH("double_slash", "the path has //"),
    SEMICOLON("semicolon", "the path or the query has a semicolon"),
    BACKSLASH("backslash", "the path has a backslash"),
    DOTS("dots", "the path has a part that is only dots"),
    TRAILING_DOT("trailing_dot", "a segment of the path ends with a dot"),
    CHARACTER("character", "the path has a character other than letters, digits and ._~@+=,:-"),
    QUERY("query", "the query is not made of names and values that can be read in one way only"),
    REPEATED_PARAMETER("repeated_parameter", "the query has a parameter twice"),
    METHOD_OVERRIDE("method_override", "the request names another method or path than its own");

    private final String word;
    private final String sentence;

    Oddity(String word, String sentence) {
        this.word = word;
        this.sentence = sentence;
    }

    /** For logs and metrics. */
    public String word() {
        return word;
    }

    /** What is wrong, for people, without a full stop; repeats nothing of the request. */
    public String sentence() {
        return sentence;
    }
}
