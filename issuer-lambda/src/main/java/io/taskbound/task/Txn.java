// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import java.util.regex.Pattern;

/** The client's id of a task instance: a UUID in either case. */
public final class Txn {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Txn() {}

    public static boolean isValid(String text) {
        return UUID.matcher(text).matches();
    }
}
