// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/tickets/7",
                "/tickets/",
                "/.well-known/x",
                "/a.b/c..d",
                "/a/-_~@+=,:b",
                "/tickets?",
                "/tickets?page=2&sort=-date",
                "/tickets?flag",
                "/tickets?q=a%20b%2F%C3%A4",
                "/tickets?to=https://x.example/?a=b"
            })
    void readsWhatEverybodyReadsAlike(String target) {
        var read = plain("GET", target);
        assertThat(read.path()).isEqualTo(target.replaceFirst("\\?.*", ""));
        assertThat(read.method()).isEqualTo("GET");
    }

    @Test
    void takesAPathApartAtItsSlashes() {
        assertThat(plain("GET", "/").segments()).containsExactly("");
        assertThat(plain("GET", "/a/b").segments()).containsExactly("a", "b");
        assertThat(plain("GET", "/a/").segments()).containsExactly("a", "");
    }

    @Test
    void namesTheParameters() {
        assertThat(plain("GET", "/a?page=2&sort=x&flag").parameters())
                .containsExactlyInAnyOrder("page", "sort", "flag");
        assertThat(plain("GET", "/a?").parameters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/a/%2e%2e/b ENCODED",
                "/a%2fb ENCODED",
                "/a/%252e ENCODED",
                "/a%00 ENCODED",
                "/a% ENCODED",
                "//a DOUBLE_SLASH",
                "/a//b DOUBLE_SLASH",
                "/a// DOUBLE_SLASH",
                "/a;x=1/b SEMICOLON",
                "/..;/a SEMICOLON",
                "/a?b=1;c=2 SEMICOLON",
                "/a?b;c=2 SEMICOLON",
                "/a\\b BACKSLASH",
                "/./a DOTS",
                "/a/. DOTS",
                "/a/.. DOTS",
                "/a/../b DOTS",
                "/a/... DOTS",
                "/a/..@x DOTS",
                "/a/x:.. DOTS",
                "/a/..=/b DOTS",
                "/a./b TRAILING_DOT",
                "/a. TRAILING_DOT",
                "/a.?x=1 TRAILING_DOT",
                "/a#b CHARACTER",
                "/ä CHARACTER",
                "/a\u0001b CHARACTER",
                "/a\u007fb CHARACTER",
                "/a*b CHARACTER",
                "/a$b CHARACTER",
                "/a|b CHARACTER",
                "http://other.example/a ABSOLUTE_FORM",
                "other.example:443 ABSOLUTE_FORM",
                "* ABSOLUTE_FORM",
                "a ABSOLUTE_FORM",
                "?a=b ABSOLUTE_FORM",
                "/a?%5fmethod=DELETE QUERY",
                "/a?b=%0d%0aX QUERY",
                "/a?b=%0 QUERY",
                "/a?b=%zz QUERY",
                "/a?b=% QUERY",
                "/a?b=ä QUERY",
                "/a?b=[ QUERY",
                "/a?b[]=1 QUERY",
                "/a?=1 QUERY",
                "/a?&b=1 QUERY",
                "/a?b=1& QUERY",
                "/a?b=1#c QUERY",
                "/a?b=%7f QUERY",
                "/a?b=1&b=2 REPEATED_PARAMETER",
                "/a?_method=DELETE METHOD_OVERRIDE",
                "/a?x=1&_METHOD=DELETE METHOD_OVERRIDE",
                "/a?.method=DELETE METHOD_OVERRIDE",
                "/a?+method=DELETE METHOD_OVERRIDE",
                "/a?_method METHOD_OVERRIDE"
            })
    void refusesWhatTwoProgramsCouldReadAsTwoThings(String target, Oddity oddity) {
        assertThat(odd("GET", target)).isEqualTo(oddity);
    }

    @Test
    void refusesASpaceAndNothingAtAll() {
        assertThat(odd("GET", "/a b")).isEqualTo(Oddity.CHARACTER);
        assertThat(odd("GET", "")).isEqualTo(Oddity.ABSOLUTE_FORM);
    }

    /** Every character there is, so that none is forgotten. */
    @Test
    void takesNoCharacterButThoseOfAnIdentifier() {
        var taken = IntStream.rangeClosed(0, Character.MAX_VALUE)
                .filter(c -> c != '?')
                .filter(c -> RequestTarget.read("GET", "/a" + (char) c + "b") instanceof ReadTarget.Plain)
                .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append);
        assertThat(taken.toString())
                .isEqualTo("+,-./0123456789:=@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
    }

    @Test
    void readsNoMoreThanItsLimit() {
        assertThat(RequestTarget.read("GET", "/" + "a".repeat(RequestTarget.MAX_LENGTH - 1)))
                .isInstanceOf(ReadTarget.Plain.class);
        assertThat(odd("GET", "/" + "a".repeat(RequestTarget.MAX_LENGTH))).isEqualTo(Oddity.TOO_LONG);
        assertThat(odd("GET", "/" + "a".repeat(100_000))).isEqualTo(Oddity.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "Get", "GET ", "GET\r\nX: y", "GÉT", "G-T", "ABCDEFGHIJKLMNOPQ"})
    void refusesAMethodThatIsNone(String method) {
        assertThat(odd(method, "/a")).isEqualTo(Oddity.METHOD);
    }

    private static Stream<Oddity> oddities() {
        return Stream.of(Oddity.values());
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void everyOddityHasItsWord(Oddity oddity) {
        assertThat(oddity.word()).matches("[a-z_]{1,32}");
        assertThat(oddity.sentence()).isNotBlank().doesNotEndWith(".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-http-method-override",
                "x-http-method",
                "x-method-override",
                "x_http_method_override",
                "x-original-url",
                "x-rewrite-url"
            })
    void knowsTheHeadersThatTellAnotherMethodOrPath(String name) {
        assertThat(Overrides.isHeader(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-original-uri", "x-http-method-overrides", "host", "x-forwarded-method"})
    void takesNoOtherHeaderForOne(String name) {
        assertThat(Overrides.isHeader(name)).isFalse();
    }

    private static RequestTarget plain(String method, String target) {
        return RequestTarget.read(method, target).match(plain -> plain, odd -> fail(odd.sentence()));
    }

    private static Oddity odd(String method, String target) {
        return RequestTarget.read(method, target).match(plain -> fail("read " + plain), odd -> odd);
    }
}
