// SPDX-License-Identifier: Apache-2.0
package io.taskbound.zip;

import java.util.Arrays;
import java.util.Optional;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a function object does to arguments and results, as the documentation of
 * {@code java.lang.invoke.LambdaMetafactory} has it: casts, boxes, unboxes and widens.
 */
final class Conversions {
    private static final String OBJECT = "java/lang/Object";

    /** A primitive type and its class. */
    private enum Box {
        BOOLEAN(Type.BOOLEAN_TYPE, "java/lang/Boolean"),
        CHARACTER(Type.CHAR_TYPE, "java/lang/Character"),
        BYTE(Type.BYTE_TYPE, "java/lang/Byte"),
        SHORT(Type.SHORT_TYPE, "java/lang/Short"),
        INTEGER(Type.INT_TYPE, "java/lang/Integer"),
        LONG(Type.LONG_TYPE, "java/lang/Long"),
        FLOAT(Type.FLOAT_TYPE, "java/lang/Float"),
        DOUBLE(Type.DOUBLE_TYPE, "java/lang/Double");

        private final Type primitive;
        private final String boxed;

        Box(Type primitive, String boxed) {
            this.primitive = primitive;
            this.boxed = boxed;
        }

        static Box of(Type primitive) {
            return Arrays.stream(values())
                    .filter(box -> box.primitive.equals(primitive))
                    .findFirst()
                    .orElseThrow();
        }

        static Optional<Box> ofClass(String name) {
            return Arrays.stream(values()).filter(box -> box.boxed.equals(name)).findFirst();
        }
    }

    private Conversions() {}

    static boolean isReference(Type type) {
        return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
    }

    static void cast(MethodVisitor code, Type type) {
        if (!type.getInternalName().equals(OBJECT)) {
            code.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
        }
    }

    static void convert(MethodVisitor code, Type from, Type to) {
        if (from.equals(to)) {
            return;
        }
        if (isReference(from)) {
            if (isReference(to)) {
                cast(code, to);
            } else {
                unbox(code, from, to);
            }
        } else if (isReference(to)) {
            box(code, Box.of(from));
        } else {
            widen(code, from, to);
        }
    }

    /**
     * Gives back what was called for.
     *
     * @param erased what the interface's method returns
     */
    static void returned(MethodVisitor code, Type from, Type actual, Type erased) {
        if (erased.equals(Type.VOID_TYPE)) {
            if (from.getSize() > 0) {
                code.visitInsn(from.getSize() == 1 ? Opcodes.POP : Opcodes.POP2);
            }
        } else {
            convert(code, from, actual);
            convert(code, actual, erased);
        }
        code.visitInsn(erased.getOpcode(Opcodes.IRETURN));
    }

    private static void box(MethodVisitor code, Box box) {
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                box.boxed,
                "valueOf",
                Type.getMethodDescriptor(Type.getObjectType(box.boxed), box.primitive),
                false);
    }

    /** Of a type that says less than a box, such as Object or Number, the value must be of the box that is wanted. */
    private static void unbox(MethodVisitor code, Type from, Type to) {
        var known = Box.ofClass(from.getInternalName());
        var box = known.orElseGet(() -> Box.of(to));
        if (known.isEmpty()) {
            code.visitTypeInsn(Opcodes.CHECKCAST, box.boxed);
        }
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                box.boxed,
                box.primitive.getClassName() + "Value",
                Type.getMethodDescriptor(box.primitive),
                false);
        widen(code, box.primitive, to);
    }

    private static void widen(MethodVisitor code, Type from, Type to) {
        if (kind(from) == kind(to)) {
            return;
        }
        code.visitInsn(
                switch (kind(from) + " " + kind(to)) {
                    case "I J" -> Opcodes.I2L;
                    case "I F" -> Opcodes.I2F;
                    case "I D" -> Opcodes.I2D;
                    case "J F" -> Opcodes.L2F;
                    case "J D" -> Opcodes.L2D;
                    case "F D" -> Opcodes.F2D;
                    default -> throw new IllegalArgumentException("no widening: " + from + " to " + to);
                });
    }

    /** As the JVM computes with it. */
    private static char kind(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> 'J';
            case Type.FLOAT -> 'F';
            case Type.DOUBLE -> 'D';
            default -> 'I';
        };
    }
}
