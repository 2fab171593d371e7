// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

/**
 * What DynamoDB charges for.
 *
 * @param reads read request units: a consistent read of up to 4 KB is one
 * @param writes write request units: a write of up to 1 KB is one, and one more for each index that it changes
 */
record Units(double reads, double writes) {
    static final Units NONE = new Units(0, 0);

    Units plus(Units other) {
        return new Units(reads + other.reads, writes + other.writes);
    }

    Units times(int count) {
        return new Units(reads * count, writes * count);
    }
}
