// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.Arrays;

/** One state of the model; never changed. Equal worlds have equal futures. */
final class World {
    private static final Cell[] CELLS = Cell.values();
    private static final Register[] REGISTERS = Register.values();
    private static final byte ABSENT = Byte.MIN_VALUE;

    private final byte[] values;

    private World(byte[] values) {
        this.values = values;
    }

    /** Nothing is there but the actors, each with nothing in its registers. */
    static World empty(int actors) {
        var values = new byte[CELLS.length + actors * REGISTERS.length];
        Arrays.fill(values, ABSENT);
        return new World(values);
    }

    int actors() {
        return (values.length - CELLS.length) / REGISTERS.length;
    }

    boolean has(Cell cell) {
        return values[cell.ordinal()] != ABSENT;
    }

    int get(Cell cell) {
        return present(values[cell.ordinal()], cell);
    }

    int get(Cell cell, int otherwise) {
        return has(cell) ? values[cell.ordinal()] : otherwise;
    }

    boolean has(int actor, Register register) {
        return values[place(actor, register)] != ABSENT;
    }

    int get(int actor, Register register) {
        return present(values[place(actor, register)], register);
    }

    int get(int actor, Register register, int otherwise) {
        return has(actor, register) ? values[place(actor, register)] : otherwise;
    }

    World with(Cell cell, int value) {
        return with(cell.ordinal(), value);
    }

    World with(int actor, Register register, int value) {
        return with(place(actor, register), value);
    }

    World without(Cell cell) {
        return with(cell.ordinal(), ABSENT);
    }

    World without(int actor, Register register) {
        return with(place(actor, register), ABSENT);
    }

    /** One more than before; the first is 1. */
    World counting(Cell cell) {
        return with(cell, get(cell, 0) + 1);
    }

    private World with(int place, int value) {
        if (values[place] == value) {
            return this;
        }
        var changed = values.clone();
        changed[place] = (byte) value;
        return new World(changed);
    }

    private static int place(int actor, Register register) {
        return CELLS.length + actor * REGISTERS.length + register.ordinal();
    }

    private static int present(byte value, Enum<?> name) {
        if (value == ABSENT) {
            throw new IllegalStateException(name + " is absent");
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof World world && Arrays.equals(values, world.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
