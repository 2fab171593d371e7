// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.policy.Fault;
import io.taskbound.policy.FaultCode;
import java.nio.file.Path;

/** A place in a file; line and column count from 1. */
public record Position(Path file, int line, int column) {

    public static Position start(Path file) {
        return new Position(file, 1, 1);
    }

    public LocatedFault at(Fault fault) {
        return new LocatedFault(file, line, column, fault);
    }

    public LocatedFault error(FaultCode code, String pointer, String message, String remedy) {
        return at(new Fault(code, pointer, message, remedy));
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
