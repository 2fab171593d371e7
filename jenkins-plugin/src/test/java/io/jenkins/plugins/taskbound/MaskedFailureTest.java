// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.Functions;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MaskedFailureTest {
    private static final Pattern SECRET = Pattern.compile("s3cret");

    @Test
    void leavesAnInnocentExceptionAlone() {
        var innocent = new IOException("no such file", new IllegalStateException("why"));
        assertThat(MaskedFailure.of(innocent, SECRET)).isSameAs(innocent);
    }

    @Test
    void hidesTheSecretInTheMessage() {
        assertThat(MaskedFailure.of(new IOException("got s3cret here"), SECRET))
                .hasMessage("java.io.IOException: got **** here");
    }

    @Test
    void hidesTheSecretInACauseAndInASuppressedOne() {
        var failure = new IOException("outer", new IOException("cause s3cret"));
        failure.addSuppressed(new IOException("suppressed s3cret"));
        assertThat(Functions.printThrowable(MaskedFailure.of(failure, SECRET)))
                .contains("outer", "cause ****", "suppressed ****")
                .doesNotContain("s3cret");
    }

    @Test
    void keepsAnAbortAnAbortThatPrintsNoStackTrace() {
        assertThat(MaskedFailure.of(new AbortException("exit s3cret"), SECRET))
                .isInstanceOf(AbortException.class)
                .hasMessage("exit ****");
    }

    @Test
    void keepsThePlace() {
        var failure = new IOException("s3cret");
        assertThat(MaskedFailure.of(failure, SECRET).getStackTrace()).isEqualTo(failure.getStackTrace());
    }

    @Test
    void endsOnACycle() {
        var one = new IOException("s3cret one");
        var two = new IOException("s3cret two", one);
        one.initCause(two);
        assertThat(Functions.printThrowable(MaskedFailure.of(one, SECRET))).doesNotContain("s3cret");
    }
}
