// SPDX-License-Identifier: Apache-2.0
package io.taskbound.zip;

import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A place where a class makes a function object of a lambda expression or method reference.
 *
 * @param simpleName of the class that takes its place, see {@link LambdaUses}
 * @param number distinguishes it from the other uses of that class
 * @param method the name of the interface's method
 * @param factory from the captured values to the interface, as the place has them on its stack
 * @param erased the method's descriptor in the interface
 * @param called what is to be called: the captured values go first, then the arguments
 * @param actual the method's types where this lambda is used, which are {@code erased} or more specific
 */
record LambdaUse(String simpleName, int number, String method, Type factory, Type erased, Called called, Type actual) {
    /**
     * The method that does the work.
     *
     * @param handle as the class file names it
     * @param bridge the name of a static method of the host that calls it, where only the host may; else empty
     * @param descriptor of it or the bridge as if it were static: the receiver first, and a constructor returns
     */
    record Called(Handle handle, String bridge, Type descriptor) {
        boolean isBridged() {
            return !bridge.isEmpty();
        }

        boolean isConstructor() {
            return handle.getTag() == Opcodes.H_NEWINVOKESPECIAL;
        }

        /** The receiver or new object and the arguments are on the stack. */
        void callBy(MethodVisitor code) {
            int instruction =
                    switch (handle.getTag()) {
                        case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
                        case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
                        case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
                        case Opcodes.H_INVOKESPECIAL, Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
                        default -> throw new IllegalArgumentException("not a method: " + handle);
                    };
            code.visitMethodInsn(
                    instruction, handle.getOwner(), handle.getName(), handle.getDesc(), handle.isInterface());
        }
    }

    /** The functional interface, by internal name. */
    String functional() {
        return factory.getReturnType().getInternalName();
    }

    /** The interface as the type of a value. */
    String type() {
        return factory.getReturnType().getDescriptor();
    }

    Type[] captured() {
        return factory.getArgumentTypes();
    }

    /** Then one object serves all, as it does where the JDK makes it. */
    boolean capturesNothing() {
        return captured().length == 0;
    }

    /** The static field or method of the generated class that gives the object. */
    String giver() {
        return (capturesNothing() ? "only" : "of") + number;
    }

    static Type asStatic(Handle handle, String host) {
        var arguments = Type.getArgumentTypes(handle.getDesc());
        return switch (handle.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Type.getMethodType(handle.getDesc());
            case Opcodes.H_NEWINVOKESPECIAL -> Type.getMethodType(Type.getObjectType(handle.getOwner()), arguments);
            default -> {
                // What a class calls by invokespecial, it may call on its own objects only.
                var receiver = handle.getTag() == Opcodes.H_INVOKESPECIAL ? host : handle.getOwner();
                var all = new Type[arguments.length + 1];
                all[0] = Type.getObjectType(receiver);
                System.arraycopy(arguments, 0, all, 1, arguments.length);
                yield Type.getMethodType(Type.getReturnType(handle.getDesc()), all);
            }
        };
    }
}
