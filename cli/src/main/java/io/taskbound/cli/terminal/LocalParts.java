// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

/**
 * The stand-in provider and DynamoDB Local: there in a checkout, absent from the released jar, which may not hold them.
 */
public final class LocalParts {
    private static final String ONE_OF_THEM = "io/taskbound/local/StandInProvider.class";

    private LocalParts() {}

    /**
     * Complains in place of a fault of the class loader; {@code what} is what was asked for, such as {@code `demo`}.
     */
    public static void require(String what) throws Complaint {
        if (LocalParts.class.getClassLoader().getResource(ONE_OF_THEM) == null) {
            throw Complaint.refused(
                    what + " needs DynamoDB Local and the stand-in provider, which no released file contains.",
                    "Run it from a checkout of the sources: ./taskbound builds it. For real use: `serve --table"
                            + " NAME`.");
        }
    }
}
