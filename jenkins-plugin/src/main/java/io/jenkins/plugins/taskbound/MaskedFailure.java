// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.AbortException;
import hudson.Functions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Pattern;

/** Stands for an exception whose text held a token: same place, same message but for the token. */
final class MaskedFailure extends Exception {
    private static final long serialVersionUID = 1;
    private static final String MASK = "****";

    private MaskedFailure(String message) {
        super(message);
    }

    /** The exception itself where nothing in it, its causes and its suppressed ones matches. */
    static Throwable of(Throwable failure, Pattern secret) {
        return of(failure, secret, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static Throwable of(Throwable failure, Pattern secret, Set<Throwable> seen) {
        if (!seen.add(failure)) {
            return new MaskedFailure("(an exception that is its own cause)");
        }
        if (!secret.matcher(Functions.printThrowable(failure)).find()) {
            return failure;
        }
        String message = secret.matcher(String.valueOf(failure.getMessage())).replaceAll(MASK);
        // An AbortException stays one: Jenkins prints those without a stack trace.
        Exception masked = failure instanceof AbortException
                ? new AbortException(message)
                : new MaskedFailure(failure.getClass().getName() + ": " + message);
        masked.setStackTrace(failure.getStackTrace());
        if (failure.getCause() != null) {
            masked.initCause(of(failure.getCause(), secret, seen));
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            masked.addSuppressed(of(suppressed, secret, seen));
        }
        return masked;
    }
}
