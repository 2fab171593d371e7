// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

/** JSON pointers (RFC 6901): how a fault of the canonical form is found again in the YAML. */
public final class Pointer {
    public static final String ROOT = "";

    private Pointer() {}

    public static String member(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    public static String item(String parent, int index) {
        return parent + "/" + index;
    }

    /** The pointer to what this one is in. */
    public static String parent(String pointer) {
        return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
    }
}
