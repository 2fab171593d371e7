// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.difference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainMarkdownTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a token may live longer: max_lifetime 10m -> 15m | a token may live longer: `max_lifetime` 10m `->` 15m
            whose ref is "a b", word is "c"     | whose ref is `"a b"`, word is `"c"`
            @acme/owners                        | `@acme/owners`
            see #12, acme/shop#12 or GH-12      | see `#12`, `acme/shop#12` or `GH-12`
            deadbeef and 1234567                | `deadbeef` and `1234567`
            www.evil.example https://x.example  | `www.evil.example` `https://x.example`
            is "<img src=x>"                    | is `"<img src=x>"`
            is "a`b" or "``"                    | is ``"a`b"`` or ```"``"```
            `x` *b* _i_ [l](x) ![i](x) <!-- -->  | `` `x` `` `*b*` `_i_` `[l](x)` `![i](x)` `<!--` `-->`
            :smile: ~~gone~~ \\                 | `:smile`: `~~gone~~` `\\`
            is "a\\" @b"                        | is `"a\\" @b"`
            </details>                          | `</details>`
            """)
    void showsTextAndDoesNothingElse(String text, String markdown) {
        assertThat(PlainMarkdown.of(text)).isEqualTo(markdown);
    }

    /** Whatever the text, what stands outside of code spans is letters, digits and signs of a sentence. */
    @Test
    void nothingButWordsStandsOutsideOfCode() {
        var random = new SplittableRandom(15);
        var signs = "ab1 \"\\`@#<>&_*[]()!:/.-\n";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            var outside = withoutCode(PlainMarkdown.of(text.toString()));
            assertThat(outside).as(text.toString()).matches("[A-Za-z0-9 ,.;:()]*");
        }
    }

    /** As CommonMark 0.31 reads code spans (section 6.1): a run of backticks up to the next run of the same length. */
    private static String withoutCode(String markdown) {
        var out = new StringBuilder();
        int at = 0;
        while (at < markdown.length()) {
            int length = run(markdown, at);
            if (length == 0) {
                out.append(markdown.charAt(at++));
                continue;
            }
            int end = at + length;
            while (end < markdown.length() && run(markdown, end) != length) {
                end += Math.max(1, run(markdown, end));
            }
            assertThat(end).as("a run of backticks that nothing closes").isLessThan(markdown.length());
            at = end + length;
        }
        return out.toString();
    }

    private static int run(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) == '`') {
            end++;
        }
        return end - at;
    }
}
